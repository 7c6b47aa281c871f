// Whether a session that lives long keeps what it should have given back: bench_soak CYCLES IMAGE MODEL...
#include "core/base/literals.h"
#include "core/base/process_memory.h"
#include "core/engine/engine_registry.h"
#include "core/session/comparison_session.h"
#include "tests/benchmarks/bench_support.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>

#include <algorithm>

using namespace vitrine;
using namespace vitrine::bench;

namespace {

/// What a process could leak.
struct Holdings
{
    qint64 memory = 0; ///< Resident, in bytes.
    qsizetype handles = 0;
    qsizetype threads = 0;

    static Holdings now()
    {
        const auto all = QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot;
        return {residentMemory().now, QDir(u"/proc/self/fd"_s).entryList(all).size(),
                QDir(u"/proc/self/task"_s).entryList(all).size()};
    }
};

void wait(const ComparisonSession& session)
{
    QEventLoop loop;
    QObject::connect(&session, &ComparisonSession::busyChanged, &loop, [&loop](bool isBusy) {
        if (!isBusy)
            loop.quit();
    });
    if (session.isBusy())
        loop.exec();
}

BenchmarkPlan oneRound()
{
    BenchmarkPlan plan;
    plan.warmUps = 1;
    plan.warmUpTime = {};
    plan.extraWarmUps = 0;
    plan.minRounds = plan.maxRounds = 1;
    plan.minTime = {};
    plan.probe = false;
    return plan;
}

/// Load, toggle, run, unload.
Status cycle(ComparisonSession& session, const QString& image, const QStringList& models)
{
    session.addImages({image});
    session.addModels(models);
    wait(session);
    const auto loaded = session.snapshot();
    if (loaded->variants.empty() || loaded->images.empty())
        return Error{ErrorKind::Usage, u"The image or the models could not be read."_s, {}};
    const QString first = loaded->variants.front().id;
    session.setVariantEnabled(first, false);
    session.setVariantEnabled(first, true);
    session.benchmark(oneRound());
    wait(session);
    const auto measured = session.snapshot();
    for (const VariantResult& result : measured->variants)
        if (result.error)
            return *result.error;
    session.removeVariant(first);
    session.clear();
    wait(session);
    return Done{};
}

Status soak(int cycles, const QString& image, const QStringList& models)
{
    ComparisonSession session(EngineRegistry::installed());
    constexpr int parts = 10;
    std::vector<Row> rows;
    Holdings first;
    for (int part = 0; part < parts; ++part) {
        for (int i = 0; i < std::max(1, cycles / parts); ++i)
            if (const Status done = cycle(session, image, models); !done)
                return done;
        const Holdings now = Holdings::now();
        if (part == 0)
            first = now;
        rows.push_back({u"%1 handles, %2 threads"_s.arg(now.handles).arg(now.threads), megabytes(now.memory),
                        double(now.memory) / double(first.memory)});
    }
    printTable(u"Resident memory after each tenth of %1 cycles, and its ratio to the first"_s.arg(cycles),
               rows);
    return Done{};
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    return exitStatus([&]() -> Status {
        const int cycles = arguments.value(0).toInt();
        if (cycles < 1 || arguments.size() < 3)
            return Error{ErrorKind::Usage, u"bench_soak CYCLES IMAGE MODEL..."_s, {}};
        return soak(cycles, arguments[1], arguments.mid(2));
    });
}
