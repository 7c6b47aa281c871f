#include "tests/benchmarks/bench_support.h"

#include "core/base/literals.h"
#include "core/engine/engine_registry.h"
#include "core/image/image_reader.h"
#include "core/image/preprocessor.h"

#include <algorithm>
#include <cstdio>

namespace vitrine::bench {

void printTable(const QString& heading, const std::vector<Row>& rows)
{
    qsizetype widest = 0;
    for (const Row& row : rows)
        widest = std::max(widest, row.what.size());
    std::printf("%s\n", qUtf8Printable(heading));
    for (const Row& row : rows)
        std::printf("  %s  %s  %7.3f\n", qUtf8Printable(row.what.leftJustified(widest)),
                    qUtf8Printable(row.amount.rightJustified(11)), row.ratio);
}

Status requireRatios(const std::vector<Row>& rows, double low, double high)
{
    QStringList outside;
    for (const Row& row : rows)
        if (row.ratio < low || row.ratio > high)
            outside << u"%1 (%2)"_s.arg(row.what).arg(row.ratio, 0, 'f', 3);
    return requireNone(outside, low, high);
}

Status requireNone(const QStringList& outside, double low, double high)
{
    if (outside.isEmpty())
        return Done{};
    return Error{ErrorKind::Unsupported,
                 u"Not within %1 to %2: %3."_s.arg(low).arg(high).arg(outside.join(u", "_s)),
                 {}};
}

QString milliseconds(std::chrono::nanoseconds duration)
{
    return QString::number(double(duration.count()) / 1e6, 'f', 2) + u" ms"_s;
}

QString megabytes(qint64 bytes)
{
    return QString::number(double(bytes) / 1e6, 'f', 1) + u" MB"_s;
}

double ratio(std::chrono::nanoseconds a, std::chrono::nanoseconds b)
{
    return double(a.count()) / double(b.count());
}

namespace {

Result<ModelCase> modelCase(const QStringList& arguments)
{
    if (arguments.size() != 3)
        return Error{ErrorKind::Unreadable, u"Usage: %1 SET IMAGE"_s.arg(arguments.value(0)), {}};
    auto set = readVariantSet(arguments.at(1));
    if (!set)
        return set.failure();
    const auto image = readImage(arguments.at(2));
    if (!image)
        return image.failure();
    const InputTensor input = preprocess(image->rgb, set->preprocessing);
    auto engine = EngineRegistry::installed().make(u"libtorch"_s);
    if (!engine)
        return engine.failure();
    (*engine)->setThreads(1);
    return ModelCase{std::move(*set), input, std::move(*engine)};
}

} // namespace

int exitStatus(const std::function<Status()>& work)
{
    const Status status = work();
    if (status)
        return 0;
    std::fprintf(stderr, "%s\n", qUtf8Printable(status.error().message));
    return 1;
}

int exitStatus(const QStringList& arguments, const std::function<Status(const ModelCase&)>& work)
{
    return exitStatus([&]() -> Status {
        const auto subject = modelCase(arguments);
        return subject ? work(*subject) : subject.failure();
    });
}

} // namespace vitrine::bench
