#include "core/fetch/part_file.h"

#include "core/base/file_error.h"
#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QStorageInfo>
#include <QSysInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace vitrine {

namespace {

constexpr qint64 leastRoom = 4096; ///< A lock's file.

QString versionPath(const QString& target)
{
    return PartFile::pathFor(target) + u".version"_s;
}

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

Error folderNotWritable(const QString& target)
{
    return {ErrorKind::Unreadable,
            tr("Nothing can be written into the folder %1: check its permissions, or choose another folder.")
                .arg(QFileInfo(target).absolutePath())};
}

Error lockedByAnother(const QLockFile& lock, const QString& target)
{
    qint64 process = 0;
    QString host;
    QString application;
    lock.getLockInfo(&process, &host, &application);
    const bool isElsewhere = host != QSysInfo::machineHostName();
    const QString remedy =
        process == 0 || isElsewhere
            ? tr("wait until it is there; if nothing downloads it any more, remove %1.").arg(lock.fileName())
            : tr("wait until it is there, or stop that one.");
    return {ErrorKind::Usage,
            tr("%1 is being downloaded already, by process %2 on %3: %4")
                .arg(QFileInfo(target).fileName())
                .arg(process)
                .arg(host.isEmpty() ? tr("an unknown computer") : host, remedy),
            target};
}

Error lockNotMade(const QString& target)
{
    const QStorageInfo disk(QFileInfo(target).absolutePath());
    if (disk.isValid() && disk.bytesAvailable() < leastRoom)
        return {
            ErrorKind::TooLarge,
            tr("The disk is too full for %1: nothing more fits into %2. Make room, or choose another folder.")
                .arg(QFileInfo(target).fileName(), QFileInfo(target).absolutePath()),
            disk.rootPath()};
    return folderNotWritable(target);
}

} // namespace

QString PartFile::pathFor(const QString& target)
{
    return target + u".part"_s;
}

PartFile::PartFile(const QString& target)
    : m_target(target), m_lock(target + u".lock"_s), m_file(pathFor(target))
{
    m_lock.setStaleLockTime(0); // a download may take hours; the lock of a process that died is still broken
}

PartFile::~PartFile()
{
    if (!m_file.isOpen() || m_file.size() > 0)
        return;
    m_file.remove();
    QFile::remove(versionPath(m_target));
}

Result<std::unique_ptr<PartFile>> PartFile::open(const QString& target)
{
    if (!QDir().mkpath(QFileInfo(target).absolutePath()))
        return folderNotWritable(target);
    std::unique_ptr<PartFile> part(new PartFile(target));
    if (!part->m_lock.tryLock(0))
        return part->m_lock.error() == QLockFile::LockFailedError ? lockedByAnother(part->m_lock, target)
                                                                  : lockNotMade(target);
    if (!part->m_file.open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        return notWritable(part->m_file);
    return part;
}

Result<bool> PartFile::hashMore()
{
    const SteppedHash::Step step = m_hash.addPieceOf(m_file);
    if (step == SteppedHash::Step::Failed)
        return unreadable(m_file);
    return step == SteppedHash::Step::AtEnd;
}

Result<QString> PartFile::hash(FileHash::Kind kind)
{
    if (kind == FileHash::Kind::Sha256)
        return m_hash.hex();
    SteppedHash git;
    git.reset(kind, size());
    SteppedHash::Step step = SteppedHash::Step::More;
    while (step == SteppedHash::Step::More)
        step = git.addPieceOf(m_file);
    return step == SteppedHash::Step::AtEnd ? Result<QString>(git.hex()) : unreadable(m_file);
}

QByteArray PartFile::version() const
{
    QFile file(versionPath(m_target));
    return file.open(QIODevice::ReadOnly) ? file.read(1000).trimmed() : QByteArray();
}

Status PartFile::restart(const QByteArray& version)
{
    QFile file(versionPath(m_target));
    file.remove();
    if (!m_file.resize(0) || !m_file.seek(0))
        return notWritable(m_file);
    m_hash.reset();
    // Without it the download can still be continued: the SHA-256 tells whether the parts fit.
    if (!version.isEmpty() && file.open(QIODevice::WriteOnly) &&
        (file.write(version) != version.size() || !file.flush()))
        file.remove();
    return Done{};
}

Status PartFile::append(const QByteArray& bytes)
{
    const qint64 before = size();
    if (!m_file.seek(before) || !writeAll(m_file, bytes.constData(), bytes.size())) {
        const Error error = notWritable(m_file);
        m_file.resize(before); // what was hashed and what is there must stay the same
        return error;
    }
    m_hash.add(bytes);
    return Done{};
}

Status PartFile::checkRoom(qint64 moreBytes) const
{
    const QStorageInfo disk(QFileInfo(m_target).absolutePath());
    if (!disk.isValid() || disk.bytesAvailable() >= moreBytes)
        return Done{};
    return Error{ErrorKind::TooLarge,
                 tr("The disk is too full for %1: another %2 are needed in %3, but only %4 are free. Make "
                    "room, or choose another folder.")
                     .arg(QFileInfo(m_target).fileName(), sizeText(moreBytes),
                          QFileInfo(m_target).absolutePath(), sizeText(disk.bytesAvailable())),
                 disk.rootPath()};
}

void PartFile::discard()
{
    m_file.resize(0); // removed by the destructor
}

Status PartFile::commit()
{
    m_file.close();
    const QByteArray from = QFile::encodeName(m_file.fileName());
    // Unlike QFile::rename() it replaces what is there, in one step.
    if (std::rename(from.constData(), QFile::encodeName(m_target).constData()) != 0)
        return fileError(ErrorKind::Unreadable, m_target,
                         tr("the download is complete, but cannot be moved here: %1")
                             .arg(QString::fromLocal8Bit(std::strerror(errno))));
    QFile::remove(versionPath(m_target));
    return Done{};
}

} // namespace vitrine
