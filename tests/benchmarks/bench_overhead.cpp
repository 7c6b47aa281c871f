#include "core/base/literals.h"
#include "core/base/process_memory.h"
#include "core/host/host_process.h"
#include "core/host/hosted_engine.h"
#include "core/measure/benchmark_runner.h"
#include "core/measure/paired_bootstrap.h"
#include "core/measure/statistics.h"
#include "tests/benchmarks/bench_support.h"

#include <ATen/Parallel.h>
#include <torch/script.h>

#include <QCoreApplication>

#include <cstdio>

using namespace vitrine;
using namespace vitrine::bench;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int rounds = 300;
constexpr Interval promised{0.99, 1.01};

/// What anyone would write in C++: a loaded module and a tensor, and a clock around forward() alone.
class BareLoop
{
public:
    BareLoop(const QString& path, const InputTensor& input)
        : m_module(torch::jit::load(path.toStdString())),
          m_inputs{torch::tensor(input.values).view({1, input.channels, input.height, input.width})}
    {
        m_module.eval();
    }

    Result<std::vector<float>> pass()
    {
        const c10::InferenceMode inference;
        const auto begin = Clock::now();
        const auto output = m_module.forward(m_inputs);
        m_durations.emplace_back(Clock::now() - begin);
        return std::vector<float>{output.toTensor()[0][0].item<float>()};
    }

    /// The last `count`: what was no warm-up.
    std::vector<std::chrono::nanoseconds> durations(int count) const
    {
        return {m_durations.end() - count, m_durations.end()};
    }

private:
    torch::jit::Module m_module;
    std::vector<c10::IValue> m_inputs;
    std::vector<std::chrono::nanoseconds> m_durations;
};

/// For the bare loop: the one that Vitrine takes.
void useEngine(const QString& name)
{
    for (const at::QEngine engine : at::globalContext().supportedQEngines())
        if (QString::fromStdString(c10::toString(engine)).compare(name, Qt::CaseInsensitive) == 0)
            at::globalContext().setQEngine(engine);
}

std::vector<std::chrono::nanoseconds> durationsOf(const BenchmarkRun& run, int subject)
{
    std::vector<std::chrono::nanoseconds> durations;
    for (const SubjectSample& sample : run.samples)
        if (sample.subject == subject && !sample.sample.isWarmUp())
            durations.push_back(sample.sample.duration);
    return durations;
}

std::vector<double> inMilliseconds(const std::vector<std::chrono::nanoseconds>& durations)
{
    std::vector<double> values;
    for (const auto duration : durations)
        values.push_back(std::chrono::duration<double, std::milli>(duration).count());
    return values;
}

struct Findings
{
    std::vector<Row> rows;
    QStringList outside;
    QStringList vague;
};

/// What the 95 % interval of the ratio says of the promise: that it is broken, or, if it reaches beyond,
/// nothing.
void judge(const QString& name, const Interval& ci95, Findings& findings)
{
    const auto text = u"%1 (%2 to %3)"_s.arg(name).arg(ci95.low, 0, 'f', 3).arg(ci95.high, 0, 'f', 3);
    if (ci95.low > promised.high || ci95.high < promised.low)
        findings.outside << text;
    else if (ci95.low < promised.low || ci95.high > promised.high)
        findings.vague << text;
}

/// The same engine in the hosting process, which runs foreign files.
struct Hosting
{
    HostProcess process{{QCoreApplication::applicationDirPath() + u"/vitrine"_s}};
    std::unique_ptr<HostedEngine> engine;
};

Status start(Hosting& hosting, const EngineInfo& info)
{
    auto engine = HostedEngine::make(info, hosting.process, {});
    if (!engine)
        return engine.failure();
    hosting.engine = *std::move(engine);
    hosting.engine->setThreads(1);
    return Done{};
}

BenchmarkSubject contestant(LoadedModel& model, const InputTensor& input)
{
    return {[&] { return model.forward(input); }, {}, [&] { return model.overhead(); }};
}

Status compare(const Variant& variant, const ModelCase& subject, Engine& hosting, Findings& findings)
{
    const QString engine = subject.engine->quantizedEngines().value(0);
    const auto own = subject.engine->load(variant, engine);
    if (!own)
        return own.failure();
    const auto hosted = hosting.load(variant, engine);
    if (!hosted)
        return hosted.failure();
    useEngine(engine);
    BareLoop bare(variant.path, subject.input);
    BenchmarkPlan plan;
    plan.setExactRounds(rounds);
    const auto run = runBenchmark({{[&] { return bare.pass(); }, {}},
                                   contestant(**own, subject.input),
                                   contestant(**hosted, subject.input)},
                                  plan, 0, {});
    if (!run.failures.empty())
        return run.failures.front().error;
    const auto theirs = bare.durations(run.completedRounds);
    findings.rows.push_back(
        {u"%1, bare loop"_s.arg(variant.name), milliseconds(summarize(theirs).median), 1});
    for (const int number : {1, 2}) {
        const QString name = u"%1, Vitrine%2"_s.arg(variant.name, number == 1 ? QString() : u", hosted"_s);
        const auto ours = durationsOf(run, number);
        const RatioEstimate estimate = estimateRatio(inMilliseconds(theirs), inMilliseconds(ours), plan.seed);
        findings.rows.push_back({name, milliseconds(summarize(ours).median), estimate.ratio});
        judge(name, estimate.ci95, findings);
    }
    return Done{};
}

Status measure(const ModelCase& subject)
{
    at::set_num_threads(1);
    keepFreedMemory(); // for all
    Hosting hosting;
    if (Status started = start(hosting, subject.engine->info()); !started)
        return started;
    Findings findings;
    for (const Variant& variant : subject.set.variants) {
        if (variant.kind == VariantKind::Original || variant.kind == VariantKind::Lite)
            continue; // torch::jit::load() opens neither.
        if (Status compared = compare(variant, subject, *hosting.engine, findings); !compared)
            return compared;
    }
    printTable(u"Median latency, %1 rounds, and its ratio to a bare LibTorch loop on the same "
               "file"_s.arg(rounds),
               findings.rows);
    if (!findings.vague.isEmpty())
        std::printf("Too noisy to tell: %s\n", qPrintable(findings.vague.join(u", "_s)));
    return requireNone(findings.outside, promised.low, promised.high);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return exitStatus(QCoreApplication::arguments(), measure);
}
