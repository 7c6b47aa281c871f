#pragma once

#include "core/engine/engine.h"
#include "core/host/hosted_builder.h"

#include <functional>

namespace vitrine {

/// What an engine is told of a model that ended the hosting process.
using Fatal = std::function<void(const Variant&, const Error&)>;

/// An engine that loads and runs models in the hosting process, and looks like any other. Models are loaded
/// again by themselves when the process had to be started anew; what ended it is the error of one call. The
/// thread of `process`, which must outlive it.
class HostedEngine : public Engine
{
public:
    /// Asks the process for the engine of this id. `fatal` is called when a model has ended the process.
    static Result<std::unique_ptr<HostedEngine>> make(const EngineInfo& info, HostProcess& process,
                                                      Fatal fatal);

    QString version() const override { return m_facts.version; }
    QString blas() const override { return m_facts.blas; }
    QStringList quantizedEngines() const override { return m_facts.quantizedEngines; }
    /// Told to the process before the next request.
    void setThreads(int threads) override { m_threads = threads; }
    void stopLoadingWith(const std::stop_token& withdrawn) override { m_withdrawn = withdrawn; }
    Result<std::unique_ptr<LoadedModel>> load(const Variant& variant,
                                              const QString& quantizedEngine) override;

    VariantFactory* factory() override { return info().builds.empty() ? nullptr : &m_factory; }

    /// What the process could not be fenced in by, for the user; mostly nothing.
    const QStringList& gaps() const { return m_facts.gaps; }

private:
    class Model;
    struct Facts
    {
        QString version;
        QString blas;
        QStringList quantizedEngines;
        QStringList gaps;
    };

    HostedEngine(EngineInfo info, HostProcess& process, Fatal fatal)
        : Engine(info), m_process(process), m_factory(std::move(info), process), m_fatal(std::move(fatal))
    {
    }

    /// The process runs, has this engine, and knows the number of threads.
    Status prepare(const HostedFile& file);
    Status askForEngine(const HostedFile& file);

    HostProcess& m_process;
    HostedFactory m_factory;
    Fatal m_fatal;
    Facts m_facts;
    std::stop_token m_withdrawn; ///< The load.
    int m_threads = 1;
    int m_generation = 0;  ///< Of the process that was told of the engine,
    int m_toldThreads = 0; ///< and of so many threads.
    qint64 m_lastId = 0;   ///< Of models and inputs.
};

} // namespace vitrine
