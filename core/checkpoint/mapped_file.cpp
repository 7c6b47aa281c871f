#include "core/checkpoint/mapped_file.h"

#include "core/base/file_error.h"
#include "core/base/tr.h"

#include <QFileInfo>

namespace vitrine {

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const QString& path)
{
    if (const std::optional<Error> problem = whyNotReadable(path))
        return *problem;

    std::shared_ptr<MappedFile> mapped(new MappedFile(path));
    QFile& file = mapped->m_file;
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, file.errorString());
    const qint64 size = file.size();
    if (size > 0) {
        const uchar* data = file.map(0, size);
        if (!data)
            return unreadable(path, file.errorString());
        mapped->m_bytes = {reinterpret_cast<const std::byte*>(data), static_cast<std::size_t>(size)};
    }
    file.close();
    return std::shared_ptr<const MappedFile>(mapped);
}

} // namespace vitrine
