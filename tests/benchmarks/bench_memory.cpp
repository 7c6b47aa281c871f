#include "core/base/literals.h"
#include "core/base/process_memory.h"
#include "tests/benchmarks/bench_support.h"

#include <QCoreApplication>

using namespace vitrine;
using namespace vitrine::bench;

namespace {

Status measure(const ModelCase& subject)
{
    const qint64 before = residentMemory().now;
    qint64 files = 0;
    std::vector<std::unique_ptr<LoadedModel>> models;
    std::vector<Row> rows;
    for (const Variant& variant : subject.set.variants) {
        const qint64 start = residentMemory().now;
        auto model = subject.engine->load(variant, {});
        if (!model)
            return model.failure();
        models.push_back(std::move(*model));
        if (const auto logits = models.back()->forward(subject.input); !logits)
            return logits.failure();
        const qint64 taken = residentMemory().now - start;
        files += variant.bytes;
        rows.push_back({variant.name, megabytes(taken), double(taken) / double(variant.bytes)});
    }
    const qint64 all = residentMemory().now - before;
    rows.push_back({u"all"_s, megabytes(all), double(all) / double(files)});
    printTable(u"Resident memory that each model adds, loaded and run once, and its ratio to the "
               "size of the file"_s,
               rows);
    return Done{};
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return exitStatus(QCoreApplication::arguments(), measure);
}
