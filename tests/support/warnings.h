#pragma once

#include "core/base/literals.h"

#include <QStringList>

namespace vitrine::test {

/// While it lives, Qt's warnings are collected instead of printed. Make one in init(), and check in
/// cleanup() that all() is empty.
class Warnings
{
public:
    Warnings();
    ~Warnings();
    Warnings(const Warnings&) = delete;
    Warnings& operator=(const Warnings&) = delete;

    /// Without those that only say what the offscreen platform cannot do.
    QStringList all() const;
    void ignore(const QString& beginning); ///< Of the warnings that a test provokes on purpose.

private:
    QStringList m_ignored{u"This plugin does not support"_s};
};

} // namespace vitrine::test
