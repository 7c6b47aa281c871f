#include "tests/support/plugins/fake_plugin.h"

namespace vitrine::test {

/// Runs lite files only, slowly, and builds nothing.
class SecondPlugin : public QObject, public EnginePlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID VITRINE_ENGINE_PLUGIN_IID FILE "second_engine.json")
    Q_INTERFACES(vitrine::EnginePlugin)

public:
    std::unique_ptr<Engine> create(EngineInfo info) override
    {
        return fakeEngineOf(std::move(info), u"2.5"_s, std::chrono::milliseconds(2));
    }
};

} // namespace vitrine::test

#include "second_engine.moc"
