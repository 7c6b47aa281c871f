#include "core/base/literals.h"
#include "core/base/process_memory.h"
#include "core/measure/statistics.h"
#include "tests/benchmarks/bench_support.h"

#include <sys/resource.h>

#include <QCoreApplication>

#include <thread>

using namespace vitrine;
using namespace vitrine::bench;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int warmUps = 20;
constexpr int passes = 200;

qint64 pageFaults()
{
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_minflt;
}

struct Passes
{
    LatencySummary latency;
    double faults = 0; ///< Of each.
};

Passes runPasses(LoadedModel& model, const InputTensor& input)
{
    for (int i = 0; i < warmUps; ++i)
        (void)model.forward(input);
    std::vector<LatencySample> samples;
    const qint64 before = pageFaults();
    for (int i = 0; i < passes; ++i) {
        const auto begin = Clock::now();
        (void)model.forward(input);
        samples.push_back({i, {}, Clock::now() - begin});
    }
    return {summarize(samples), double(pageFaults() - before) / passes};
}

Row rowOf(const QString& what, const Passes& measured, const Passes& before)
{
    const QString amount =
        u"%1, IQR %2, %3 page faults"_s
            .arg(milliseconds(measured.latency.median), milliseconds(measured.latency.interquartileRange()))
            .arg(measured.faults, 0, 'f', 0);
    return {what, amount, ratio(measured.latency.median, before.latency.median)};
}

Status measure(const ModelCase& subject)
{
    std::vector<std::unique_ptr<LoadedModel>> models;
    for (const Variant& variant : subject.set.variants) {
        auto model = subject.engine->load(variant, {});
        if (!model)
            return model.failure();
        models.push_back(std::move(*model));
    }
    std::vector<Passes> before;
    std::vector<Row> rows;
    for (const auto& model : models)
        before.push_back(runPasses(*model, subject.input));
    keepFreedMemory(); // cannot be undone
    for (std::size_t i = 0; i < models.size(); ++i) {
        const QString name = subject.set.variants[i].name;
        rows.push_back(rowOf(name + u", given back"_s, before[i], before[i]));
        rows.push_back(rowOf(name + u", kept"_s, runPasses(*models[i], subject.input), before[i]));
    }
    printTable(u"Median of 200 passes with freed memory given back to the system and kept, and its "
               "ratio to the former"_s,
               rows);
    return Done{};
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    int status = 0;
    // As in Vitrine, models run on a thread of their own: glibc has other memory for it than for the first.
    std::thread([&] { status = exitStatus(QCoreApplication::arguments(), measure); }).join();
    return status;
}
