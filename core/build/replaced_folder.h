#pragma once

#include "core/base/result.h"
#include "core/build/hidden_folder.h"

#include <QString>

namespace vitrine {

/// A variant set's folder that is written out of sight and takes its place in one step. Until commit(),
/// and if that is never called, what was there before is untouched; the destructor cleans up. What a process
/// that was killed left beside it is put right first.
class ReplacedFolder
{
public:
    /// `folder` must not exist, be empty, or be a variant set with nothing else in it.
    static Status check(const QString& folder);
    /// The same, and its parent must exist.
    static Result<ReplacedFolder> prepare(const QString& folder);

    QString folder() const { return m_folder; } ///< Absolute.
    QString workFolder() const;                 ///< Empty, on the same file system.
    Status commit();

private:
    Status moveInTwoSteps();

    QString m_folder;
    HiddenFolder m_hidden;
};

} // namespace vitrine
