#pragma once

#include <QString>

namespace vitrine::test {

/// Vitrine's data as it is installed, small: `folder`/demo with demo.json, a checkpoint of 32 pixels and
/// three classes (all zero), labels (circle, square, star) and three images. Returns `folder`.
QString writeDemoData(const QString& folder);

/// While it lives, VITRINE_DATA_DIR and XDG_CACHE_HOME name these folders.
class DemoEnvironment
{
public:
    DemoEnvironment(const QString& dataFolder, const QString& cacheFolder);
    ~DemoEnvironment();
    DemoEnvironment(const DemoEnvironment&) = delete;
    DemoEnvironment& operator=(const DemoEnvironment&) = delete;
};

} // namespace vitrine::test
