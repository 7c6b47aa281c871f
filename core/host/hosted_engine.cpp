#include "core/host/hosted_engine.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/host/host_messages.h"

#include <QCborArray>

namespace vitrine {

namespace {

using Clock = std::chrono::steady_clock;

/// After the process was started anew: TorchScript specializes itself in the first two.
constexpr int forwardsToWarmUp = 3;

Error unreadableReply(const HostedFile& file)
{
    return {
        ErrorKind::Engine,
        tr("The process that runs %1 gave an answer that makes no sense. Is Vitrine installed completely?")
            .arg(file.name)};
}

QStringList textsIn(const QCborValue& value)
{
    QStringList texts;
    const QCborArray array = value.toArray();
    for (const QCborValue& text : array)
        texts << text.toString();
    return texts;
}

} // namespace

/// A model in the hosting process.
class HostedEngine::Model : public LoadedModel
{
public:
    Model(HostedEngine& engine, const Variant& variant, QString quantizedEngine)
        : m_engine(engine), m_variant(variant),
          m_quantizedEngine(std::move(quantizedEngine)), m_file{variant.name, engine.info().name,
                                                                engine.m_withdrawn},
          m_id(++engine.m_lastId)
    {
    }
    ~Model() override
    {
        if (m_engine.m_process.isRunning() && m_generation == m_engine.m_process.generation())
            (void)m_engine.m_process.call({{u"do"_s, u"unload"_s}, {u"model"_s, m_id}}, m_file);
    }

    Status load()
    {
        if (Status ready = m_engine.prepare(m_file); !ready)
            return ready;
        if (m_generation == m_engine.m_generation)
            return Done{};
        m_input = {};
        const auto reply = call({{u"do"_s, u"load"_s},
                                 {u"model"_s, m_id},
                                 {u"engine"_s, m_engine.info().id},
                                 {u"variant"_s, variantMessage(m_variant)},
                                 {u"quantizedEngine"_s, m_quantizedEngine}});
        if (!reply)
            return reply.failure();
        m_isCold = std::exchange(m_generation, m_engine.m_generation) != 0;
        return Done{};
    }

    Result<std::vector<float>> forward(const InputTensor& input) override
    {
        const auto begin = Clock::now();
        if (const Status ready = prepare(input); !ready)
            return ready.failure();
        auto scores = forward();
        m_overhead = Clock::now() - begin - m_took;
        return scores;
    }

    Result<OperatorProfile> profile(const InputTensor& input) override
    {
        if (const Status ready = prepare(input); !ready)
            return ready.failure();
        const auto reply = call({{u"do"_s, u"profile"_s}, {u"model"_s, m_id}, {u"input"_s, m_inputId}});
        if (!reply)
            return reply.failure();
        auto profile = profileIn(*reply);
        return profile ? Result<OperatorProfile>(*std::move(profile)) : unreadableReply(m_file);
    }

    QStringList notices() const override { return m_notices + m_engine.m_facts.gaps; }
    std::chrono::nanoseconds overhead() const override { return m_overhead; }
    void stopWith(const std::stop_token& withdrawn) override { m_file.withdrawn = withdrawn; }

private:
    Result<QCborMap> call(const QCborMap& request)
    {
        auto reply = m_engine.m_process.call(request, m_file);
        if (!reply && m_engine.m_process.wasFatal())
            m_engine.m_fatal(m_variant, reply.error());
        return reply;
    }

    /// The model is loaded, and the process has this input.
    Status prepare(const InputTensor& input)
    {
        if (Status loaded = load(); !loaded)
            return loaded;
        if (m_input.channels == 0 || !isSame(input)) {
            QCborMap request = tensorMessage(input);
            m_inputId = ++m_engine.m_lastId;
            request.insert(u"do"_s, u"input"_s);
            request.insert(u"input"_s, m_inputId);
            request.insert(u"model"_s, m_id);
            if (const auto reply = call(request); !reply)
                return reply.failure();
            m_input = input;
        }
        return std::exchange(m_isCold, false) ? warmUp() : Done{};
    }

    Status warmUp()
    {
        for (int i = 0; i < forwardsToWarmUp; ++i)
            if (const auto scores = forward(); !scores)
                return scores.failure();
        return Done{};
    }

    bool isSame(const InputTensor& input) const
    {
        return input.channels == m_input.channels && input.height == m_input.height &&
               input.width == m_input.width && input.values == m_input.values;
    }

    Result<std::vector<float>> forward()
    {
        const auto reply = call({{u"do"_s, u"forward"_s}, {u"model"_s, m_id}, {u"input"_s, m_inputId}});
        if (!reply)
            return reply.failure();
        auto scores = floatsIn((*reply)[u"scores"_s].toByteArray());
        const QCborValue took = (*reply)[u"took"_s];
        if (!scores || !took.isInteger() || took.toInteger() < 0)
            return unreadableReply(m_file);
        m_took = std::chrono::nanoseconds(took.toInteger());
        m_notices = textsIn((*reply)[u"notices"_s]);
        return *std::move(scores);
    }

    HostedEngine& m_engine;
    Variant m_variant;
    QString m_quantizedEngine;
    HostedFile m_file;
    qint64 m_id = 0;
    int m_generation = 0; ///< Of the process that has loaded it; 0: none yet.
    bool m_isCold = false;
    InputTensor m_input; ///< What the process has; without channels: nothing.
    qint64 m_inputId = 0;
    std::chrono::nanoseconds m_took{}; ///< The last forward, by the process' clock.
    std::chrono::nanoseconds m_overhead{};
    QStringList m_notices;
};

Result<std::unique_ptr<HostedEngine>> HostedEngine::make(const EngineInfo& info, HostProcess& process,
                                                         Fatal fatal)
{
    std::unique_ptr<HostedEngine> engine(new HostedEngine(info, process, std::move(fatal)));
    if (const Status ready = engine->prepare({{}, info.name, {}}); !ready)
        return ready.failure();
    return engine;
}

Result<std::unique_ptr<LoadedModel>> HostedEngine::load(const Variant& variant,
                                                        const QString& quantizedEngine)
{
    auto model = std::make_unique<Model>(*this, variant, quantizedEngine);
    if (const Status loaded = model->load(); !loaded)
        return loaded.failure();
    return std::unique_ptr<LoadedModel>(std::move(model));
}

Status HostedEngine::prepare(const HostedFile& file)
{
    if (Status started = m_process.start(file); !started)
        return started;
    if (m_generation != m_process.generation())
        if (Status asked = askForEngine({{}, info().name, file.withdrawn}); !asked)
            return asked;
    if (m_toldThreads == m_threads)
        return Done{};
    const auto reply =
        m_process.call({{u"do"_s, u"threads"_s}, {u"engine"_s, info().id}, {u"threads"_s, m_threads}}, file);
    if (!reply)
        return reply.failure();
    m_toldThreads = m_threads;
    return Done{};
}

Status HostedEngine::askForEngine(const HostedFile& file)
{
    const auto reply = m_process.call({{u"do"_s, u"engine"_s}, {u"engine"_s, info().id}}, file);
    if (!reply)
        return reply.failure();
    m_facts = {(*reply)[u"version"_s].toString(), (*reply)[u"blas"_s].toString(),
               textsIn((*reply)[u"quantizedEngines"_s]), textsIn((*reply)[u"gaps"_s])};
    m_generation = m_process.generation();
    m_toldThreads = 0;
    return Done{};
}

} // namespace vitrine
