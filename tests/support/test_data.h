#pragma once

#include <QString>

namespace vitrine::test {

/// A checked-in fixture in tests/data.
QString fixture(const QString& name);
/// The fixture of a whole DeiT of 32 pixels, and that of a photograph.
QString tinyCheckpoint();
QString photograph();

/// A file of the real data that is not part of the repository (VITRINE_REAL_DATA). Use after
/// VITRINE_REQUIRE_REAL_DATA().
QString realData(const QString& name);
bool haveRealData();

} // namespace vitrine::test

/// In initTestCase() or a test function: skips, saying why, where the real data is absent.
#define VITRINE_REQUIRE_REAL_DATA()                                                                          \
    if (!vitrine::test::haveRealData())                                                                      \
    QSKIP("needs the real models and images: set VITRINE_REAL_DATA")
