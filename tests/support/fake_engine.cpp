#include "tests/support/fake_engine.h"

#include "core/base/literals.h"

#include <QFile>

#include <thread>

namespace vitrine::test {

namespace {

class FakeModel : public LoadedModel
{
public:
    FakeModel(std::shared_ptr<FakeScript> script, QString name)
        : m_script(std::move(script)), m_name(std::move(name))
    {
        ++m_script->models;
    }

    ~FakeModel() override
    {
        --m_script->models;
        checkThread();
    }

    Result<std::vector<float>> forward(const InputTensor& input) override
    {
        checkThread();
        m_script->onForward(m_name);
        ++m_script->forwards;
        std::this_thread::sleep_for(m_script->delays.value(m_name));
        if (const auto error = m_script->forwardErrors.constFind(m_name);
            error != m_script->forwardErrors.constEnd())
            return *error;
        if (m_script->spoilers.contains(m_name))
            return spoil(input);
        return m_script->logits.value(m_name, {0.0F, 2.0F, 1.0F});
    }

    QStringList notices() const override { return m_script->notices.value(m_name); }

    Result<OperatorProfile> profile(const InputTensor& input) override
    {
        if (const auto logits = forward(input); !logits)
            return logits.failure();
        ++m_script->profiles;
        return m_script->operators.value(m_name);
    }

private:
    static std::vector<float> spoil(const InputTensor& input)
    {
        std::vector<float> answer(input.values.begin(), input.values.begin() + 3);
        for (float& value : const_cast<std::vector<float>&>(input.values))
            value /= 2;
        return answer;
    }

    void checkThread()
    {
        if (std::this_thread::get_id() != m_thread)
            m_script->threadRuleBroken = true;
    }

    std::shared_ptr<FakeScript> m_script;
    QString m_name;
    std::thread::id m_thread = std::this_thread::get_id();
};

class FakeBuilder : public VariantBuilder
{
public:
    explicit FakeBuilder(std::shared_ptr<FakeScript> script) : m_script(std::move(script)) {}

    Result<QString> write(VariantKind kind, QIODevice& target) override
    {
        m_script->onBuildStep(kind);
        if (m_script->failingBuildStep == kind)
            return Error{ErrorKind::Engine, u"scripted failure of "_s + kindName(kind), {}};
        target.write("fake " + kindName(kind).toUtf8());
        ++m_script->builds;
        return u"by the fake engine"_s;
    }

private:
    std::shared_ptr<FakeScript> m_script;
};

class FakeFactory : public VariantFactory
{
public:
    explicit FakeFactory(std::shared_ptr<FakeScript> script) : m_script(std::move(script)) {}

    Result<std::unique_ptr<VariantBuilder>> fromDeit(DeitWeights, const QString&) override
    {
        return std::unique_ptr<VariantBuilder>(std::make_unique<FakeBuilder>(m_script));
    }

    Result<std::unique_ptr<VariantBuilder>> fromScript(const QString&, const QString&) override
    {
        return std::unique_ptr<VariantBuilder>(std::make_unique<FakeBuilder>(m_script));
    }

private:
    std::shared_ptr<FakeScript> m_script;
};

class FakeEngine : public Engine
{
public:
    explicit FakeEngine(const std::shared_ptr<FakeScript>& script)
        : Engine(script->info), m_script(script), m_factory(script)
    {
        ++m_script->enginesMade;
    }

    QString version() const override { return m_script->version; }
    QString blas() const override { return m_script->blas; }
    QStringList quantizedEngines() const override { return m_script->engines; }
    void setThreads(int threads) override { m_script->threads = threads; }

    Result<std::unique_ptr<LoadedModel>> load(const Variant& variant, const QString& quantizedEngine) override
    {
        m_script->onLoad(variant, quantizedEngine);
        ++m_script->loads;
        if (const auto error = m_script->loadErrors.constFind(variant.name);
            error != m_script->loadErrors.constEnd())
            return *error;
        return std::unique_ptr<LoadedModel>(std::make_unique<FakeModel>(m_script, variant.name));
    }

    VariantFactory* factory() override { return info().builds.empty() ? nullptr : &m_factory; }

private:
    std::shared_ptr<FakeScript> m_script;
    FakeFactory m_factory;
};

AvailableEngine available(const std::shared_ptr<FakeScript>& script)
{
    return {script->info, [script]() -> Result<std::unique_ptr<Engine>> {
                if (script->engineError)
                    return *script->engineError;
                return std::unique_ptr<Engine>(std::make_unique<FakeEngine>(script));
            }};
}

} // namespace

EngineInfo fakeInfo()
{
    const auto every = allKinds();
    return {u"fake"_s,
            u"Fake"_s,
            {FileFormat::TorchScript, FileFormat::LiteArchive, FileFormat::ZipCheckpoint,
             FileFormat::LegacyCheckpoint, FileFormat::Safetensors},
            {every.begin(), every.end()}};
}

EngineRegistry fakeEngines(const FakeScripts& scripts)
{
    std::vector<AvailableEngine> engines;
    for (const auto& script : scripts)
        engines.push_back(available(script));
    return EngineRegistry(std::move(engines));
}

EngineRegistry fakeEngine(const std::shared_ptr<FakeScript>& script)
{
    return fakeEngines({script});
}

FakeScripts twoFakeScripts()
{
    auto first = std::make_shared<FakeScript>();
    std::erase(first->info.opens, FileFormat::LiteArchive);
    auto second = std::make_shared<FakeScript>();
    second->info = {u"second"_s, u"Second"_s, {FileFormat::LiteArchive}, {}};
    second->version = u"2.5"_s;
    second->engines = {u"second-int8"_s};
    return {first, second};
}

} // namespace vitrine::test
