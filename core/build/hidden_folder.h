#pragma once

#include <QString>
#include <QTemporaryDir>

#include <memory>

namespace vitrine {

/// A folder ".vitrine-build-XXXXXX" that one process works in, and that is removed with this object. While it
/// lives it is locked, so that others can tell it from what a killed process left.
class HiddenFolder
{
public:
    HiddenFolder() = default;
    explicit HiddenFolder(const QString& parent);
    ~HiddenFolder();
    HiddenFolder(HiddenFolder&& other) noexcept;
    HiddenFolder& operator=(HiddenFolder&& other) noexcept;

    bool isValid() const { return m_folder && m_folder->isValid(); }
    QString errorString() const { return m_folder ? m_folder->errorString() : QString(); }
    QString filePath(const QString& name) const { return m_folder->filePath(name); }
    /// It stays when this object goes.
    void keep() { m_folder->setAutoRemove(false); }

    /// Where the folder of this name is to be moved while it is replaced: clearAbandoned() moves it back if
    /// nothing took its place. Empty: that cannot be made.
    QString placeForOld(const QString& name) const;

    /// Removes what killed processes left in `parent`, whole sets that were about to be replaced excepted:
    /// those return to their place. Where the file system has no locks, nothing is touched.
    static void clearAbandoned(const QString& parent);

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    int m_lock = -1;
};

} // namespace vitrine
