#include "core/checkpoint/mapped_file.h"

#include "core/base/file_error.h"
#include "core/base/tr.h"

#include <QFileInfo>

#include <sys/stat.h>

namespace vitrine {

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const QString& path)
{
    if (const std::optional<Error> problem = whyNotReadable(path))
        return *problem;

    std::shared_ptr<MappedFile> mapped(new MappedFile(path));
    QFile& file = mapped->m_file;
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(file);
    mapped->m_state = mapped->stateNow();
    const qint64 size = mapped->m_state ? mapped->m_state->size : 0;
    if (size > 0) {
        const uchar* data = file.map(0, size);
        if (!data)
            return unreadable(file);
        mapped->m_guard.emplace(data, std::size_t(size));
        if (!mapped->m_guard->isActive())
            return fileError(ErrorKind::TooLarge, path, tr("too many files are open; close some of them"));
        mapped->m_bytes = {reinterpret_cast<const std::byte*>(data), static_cast<std::size_t>(size)};
    }
    return std::shared_ptr<const MappedFile>(mapped);
}

std::optional<MappedFile::State> MappedFile::stateNow() const
{
    struct stat status = {};
    if (fstat(m_file.handle(), &status) != 0)
        return std::nullopt;
    return State{status.st_size, status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec};
}

std::optional<Error> MappedFile::whyNotWhole() const
{
    const auto now = stateNow();
    if (now && now == m_state && m_guard && m_guard->wasHit())
        return fileError(
            ErrorKind::Unreadable, m_file.fileName(),
            tr("a part of it cannot be read: the disk may be failing; copy or download it again"));
    if (now && now == m_state)
        return std::nullopt;
    return fileError(ErrorKind::Unreadable, m_file.fileName(),
                     tr("it was changed or cut short while it was read; try again when it is whole"));
}

} // namespace vitrine
