#pragma once

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

    QStringList all() const;
};

} // namespace vitrine::test
