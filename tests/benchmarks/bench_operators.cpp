#include "core/base/literals.h"
#include "core/base/process_memory.h"
#include "core/measure/statistics.h"
#include "tests/benchmarks/bench_support.h"

#include <QCoreApplication>

using namespace vitrine;
using namespace vitrine::bench;

namespace {

constexpr int forwards = 50;

/// The median of what operators' self times come to, of each forward's wall time.
Result<Row> shareOf(const Variant& variant, LoadedModel& model, const InputTensor& input)
{
    std::vector<double> shares;
    std::vector<double> selfTimes;
    for (int i = -3; i < forwards; ++i) {
        const auto profile = model.profile(input);
        if (!profile)
            return profile.failure();
        if (i < 0)
            continue;
        shares.push_back(double(profile->selfTotal().count()) / double(profile->wallTime.count()));
        selfTimes.push_back(double(profile->selfTotal().count()));
    }
    const auto selfTime = std::chrono::nanoseconds(static_cast<qint64>(median(selfTimes)));
    return Row{variant.name, milliseconds(selfTime), median(shares)};
}

Status measure(const ModelCase& subject)
{
    keepFreedMemory();
    std::vector<Row> rows;
    for (const Variant& variant : subject.set.variants) {
        auto model = subject.engine->load(variant, {});
        if (!model)
            return model.failure();
        auto row = shareOf(variant, **model, subject.input);
        if (!row)
            return row.failure();
        rows.push_back(*std::move(row));
    }
    printTable(u"Self CPU time of all operators of a forward, median of 50, and its ratio to the "
               "forward's wall time"_s,
               rows);
    return requireRatios(rows, 0.95, 1.05);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return exitStatus(QCoreApplication::arguments(), measure);
}
