#pragma once

#include <QByteArray>
#include <QString>

namespace vitrine {

/// A picture in a format that is not read, or only where Qt has another plugin for it.
struct ForeignPicture
{
    QString name; ///< "a drawing (SVG)"; empty: the beginning is of no picture that is known here.
    /// "kimageformat6-plugins": Debian's package of a plugin; empty where no picture of that format is read.
    QString package;
    QString converter; ///< A command that makes PNG or JPEG of it, and its package; or empty.
};

/// What a file is whose first bytes (a kilobyte will do) are these.
ForeignPicture foreignPicture(const QByteArray& beginning);

} // namespace vitrine
