// What it takes to know all that a session knows: bench_snapshot
#include "core/base/literals.h"
#include "core/session/comparison_session.h"
#include "tests/benchmarks/bench_support.h"
#include "tests/support/fake_engine.h"
#include "tests/support/session_probe.h"
#include "tests/support/variant_set_files.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QImage>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

using namespace vitrine;
using namespace vitrine::bench;

namespace {

std::atomic<qint64> g_allocations = 0;

constexpr int variants = 8;
constexpr int samples = 10'000;
constexpr int images = 1'000;
constexpr int repetitions = 101;

} // namespace

void* operator new(std::size_t size)
{
    ++g_allocations;
    if (void* memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept
{
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace {

/// Different from each other, and quick to decode.
QStringList writeImages(const test::SessionProbe& probe)
{
    QStringList paths;
    for (int i = 0; i < images; ++i) {
        QImage image(8, 8, QImage::Format_RGB32);
        image.fill(QColor(i % 256, i / 256, 0));
        paths << probe.path(u"%1.png"_s.arg(i));
        if (!image.save(paths.back()))
            return {};
    }
    return paths;
}

Status fill(test::SessionProbe& probe)
{
    const QStringList paths = writeImages(probe);
    for (const int count : {5, variants - 5}) { // a set holds each kind once
        QStringList names;
        for (int i = 0; i < count; ++i)
            names << u"variant %1"_s.arg(i);
        const QString set = probe.path(u"set %1"_s.arg(count));
        if (paths.isEmpty() || !test::writeVariantSet(set, names))
            return Error{ErrorKind::Unreadable, u"The files cannot be written."_s, {}};
        probe.session->addVariantSet(set);
    }
    probe.session->addImages(paths);
    probe.session->benchmark(test::quickPlan(samples));
    if (!probe.finish())
        return Error{ErrorKind::Engine, u"The session does not end."_s, {}};
    const auto now = probe.session->snapshot();
    if (test::sampleCount(*now) < variants * samples || now->predictionCount() < variants * images)
        return Error{ErrorKind::Engine,
                     u"Only %1 samples and %2 predictions are there."_s.arg(test::sampleCount(*now))
                         .arg(now->predictionCount()),
                     {}};
    return Done{};
}

Status measure()
{
    test::SessionProbe probe;
    if (const Status filled = fill(probe); !filled)
        return filled;
    ComparisonSession& session = *probe.session;
    const auto imagesKnown = session.snapshot()->images;
    std::vector<std::chrono::nanoseconds> times;
    qint64 allocations = 0;
    for (int i = 0; i < repetitions; ++i) {
        session.setCurrentImage(imagesKnown[static_cast<std::size_t>(i % 2)].id); // so that it is taken anew
        const qint64 before = g_allocations;
        QElapsedTimer timer;
        timer.start();
        const auto now = session.snapshot();
        times.emplace_back(timer.nsecsElapsed());
        allocations = g_allocations - before;
    }
    std::ranges::sort(times);
    const auto median = times[times.size() / 2];
    const double limit = 2e6; // 2 ms
    printTable(
        u"A snapshot of %1 variants with %2 samples each and %3 images; the ratio is to 2 ms"_s.arg(variants)
            .arg(samples)
            .arg(images),
        {{u"median of %1"_s.arg(repetitions), milliseconds(median),
          static_cast<double>(median.count()) / limit}});
    printTable(u"Allocations of one; the ratio is to the number of samples"_s,
               {{u"allocations"_s, QString::number(allocations),
                 static_cast<double>(allocations) / (double{variants} * samples)}});
    return Done{};
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return exitStatus(measure);
}
