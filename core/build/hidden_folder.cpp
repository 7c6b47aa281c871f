#include "core/build/hidden_folder.h"

#include "core/base/literals.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace vitrine {

namespace {

const QString hiddenPrefix = u".vitrine-build-"_s;
const QString oldFolder = u"old"_s;

enum class Lock { Wait = LOCK_EX, OnlyIfFree = LOCK_EX | LOCK_NB };

/// The lock ends with the process, however that ends. -1: it is gone, somebody else has it, or there are no
/// locks here.
int lockFolder(const QString& folder, Lock how)
{
    const int descriptor =
        open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int locked = -1;
    do
        locked = descriptor < 0 ? -1 : flock(descriptor, static_cast<int>(how));
    while (locked != 0 && descriptor >= 0 && errno == EINTR);
    if (locked == 0)
        return descriptor;
    if (descriptor >= 0)
        close(descriptor);
    return -1;
}

/// False: one of them has no place yet, and cannot be moved there.
bool returnOldFolders(const QString& hidden, const QString& parent)
{
    const QDir old(QDir(hidden).filePath(oldFolder));
    bool areSafe = true;
    for (const QString& name : old.entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot))
        if (const QString place = QDir(parent).filePath(name); !QFileInfo::exists(place))
            areSafe = QDir().rename(old.filePath(name), place) && areSafe;
    return areSafe;
}

} // namespace

/// Until it is locked, somebody who clears up may take the new folder for a leftover: they lock it before
/// they remove it, so that whoever has waited for the lock knows.
HiddenFolder::HiddenFolder(const QString& parent)
{
    do {
        if (m_lock >= 0)
            close(std::exchange(m_lock, -1));
        m_folder = std::make_unique<QTemporaryDir>(QDir(parent).filePath(hiddenPrefix + u"XXXXXX"_s));
        if (!m_folder->isValid())
            return;
        m_lock = lockFolder(m_folder->path(), Lock::Wait);
    } while (!QFileInfo::exists(m_folder->path()) && QFileInfo::exists(parent));
}

HiddenFolder::~HiddenFolder()
{
    m_folder.reset();
    if (m_lock >= 0)
        close(m_lock);
}

HiddenFolder::HiddenFolder(HiddenFolder&& other) noexcept
    : m_folder(std::move(other.m_folder)), m_lock(std::exchange(other.m_lock, -1))
{
}

HiddenFolder& HiddenFolder::operator=(HiddenFolder&& other) noexcept
{
    std::swap(m_folder, other.m_folder);
    std::swap(m_lock, other.m_lock);
    return *this;
}

QString HiddenFolder::placeForOld(const QString& name) const
{
    const QString place = filePath(oldFolder);
    return QDir().mkpath(place) ? QDir(place).filePath(name) : QString();
}

void HiddenFolder::clearAbandoned(const QString& parent)
{
    const auto folders = QDir::Dirs | QDir::Hidden | QDir::NoSymLinks | QDir::NoDotAndDotDot;
    for (const QString& name : QDir(parent).entryList({hiddenPrefix + u'*'}, folders)) {
        const QString hidden = QDir(parent).filePath(name);
        const int lock = lockFolder(hidden, Lock::OnlyIfFree);
        if (lock < 0)
            continue;
        if (returnOldFolders(hidden, parent))
            QDir(hidden).removeRecursively();
        close(lock);
    }
}

} // namespace vitrine
