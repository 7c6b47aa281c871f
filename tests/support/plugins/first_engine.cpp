#include "tests/support/plugins/fake_plugin.h"

namespace vitrine::test {

/// Runs everything but lite files, at once.
class FirstPlugin : public QObject, public EnginePlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID VITRINE_ENGINE_PLUGIN_IID FILE "first_engine.json")
    Q_INTERFACES(vitrine::EnginePlugin)

public:
    std::unique_ptr<Engine> create(EngineInfo info) override
    {
        return fakeEngineOf(std::move(info), u"1.0"_s, std::chrono::microseconds(200));
    }
};

} // namespace vitrine::test

#include "first_engine.moc"
