#include "tests/support/files.h"

#include "core/base/literals.h"
#include "core/checkpoint/zip_archive.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <zip.h>

#include <cstring>

namespace vitrine::test {

QByteArray readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

QString writeFile(const QString& path, const QByteArray& content)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

std::vector<float> readFloats(const QString& path)
{
    const QByteArray bytes = readFile(path);
    std::vector<float> values(std::size_t(bytes.size()) / sizeof(float));
    std::memcpy(values.data(), bytes.constData(), values.size() * sizeof(float));
    return values;
}

QString writeZip(const QString& path, const QList<std::pair<QString, QByteArray>>& entries, ZipMethod method)
{
    zipFile zip = zipOpen64(QFile::encodeName(path).constData(), APPEND_STATUS_CREATE);
    const int code = method == ZipMethod::Deflated ? Z_DEFLATED : 0;
    bool ok = zip != nullptr;
    for (const auto& [name, content] : entries) {
        const zip_fileinfo info{};
        ok = ok &&
             zipOpenNewFileInZip(zip, name.toUtf8().constData(), &info, nullptr, 0, nullptr, 0, nullptr, code,
                                 Z_DEFAULT_COMPRESSION) == ZIP_OK &&
             zipWriteInFileInZip(zip, content.constData(), unsigned(content.size())) == ZIP_OK &&
             zipCloseFileInZip(zip) == ZIP_OK;
    }
    if (!ok || zipClose(zip, nullptr) != ZIP_OK)
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

QString editZip(const QString& source, const QString& target, const ZipEdit& edit)
{
    constexpr qint64 small = 1 << 24;
    Result<ZipArchive> archive = ZipArchive::open(source);
    if (!archive)
        qFatal("cannot read %s", qPrintable(source));
    QList<std::pair<QString, QByteArray>> entries;
    for (const ZipEntry& entry : archive->entries()) {
        const auto content = archive->content(entry, small, ChecksumCheck::Verify);
        if (!content)
            qFatal("cannot read %s of %s", qPrintable(entry.name), qPrintable(source));
        const auto* bytes = reinterpret_cast<const char*>(content->bytes.data());
        if (const auto edited = edit(entry.name, QByteArray(bytes, qsizetype(content->bytes.size()))))
            entries.append({u"model/"_s + entry.name, *edited});
    }
    return writeZip(target, entries);
}

} // namespace vitrine::test
