#include "ui/charts/stacked_chart.h"

#include "core/base/literals.h"
#include "core/base/units.h"
#include "ui/format.h"
#include "ui/shown_variants.h"

#include <array>

namespace vitrine {

namespace {

struct Phase
{
    const char* name;
    PhaseTimes::Time PhaseTimes::*time;
    bool onlyFirst;   ///< Part of the first answer alone.
    bool onlyFurther; ///< Part of every answer but the first.
};

constexpr std::array phases{
    Phase{QT_TRANSLATE_NOOP("vitrine::PhasesChart", "decode"), &PhaseTimes::decode, false, false},
    Phase{QT_TRANSLATE_NOOP("vitrine::PhasesChart", "resize, crop"), &PhaseTimes::resize, false, false},
    Phase{QT_TRANSLATE_NOOP("vitrine::PhasesChart", "normalize"), &PhaseTimes::normalize, false, false},
    Phase{QT_TRANSLATE_NOOP("vitrine::PhasesChart", "load"), &PhaseTimes::load, true, false},
    Phase{QT_TRANSLATE_NOOP("vitrine::PhasesChart", "first forward"), &PhaseTimes::firstForward, true, false},
    Phase{QT_TRANSLATE_NOOP("vitrine::PhasesChart", "steady forward"), &PhaseTimes::steadyForward, false,
          true},
    Phase{QT_TRANSLATE_NOOP("vitrine::PhasesChart", "softmax"), &PhaseTimes::softmax, false, false},
};

std::vector<double> partsOf(const PhaseTimes& times, bool isFirst)
{
    std::vector<double> parts;
    for (const Phase& phase : phases) {
        const bool counts = isFirst ? !phase.onlyFurther : !phase.onlyFirst;
        const PhaseTimes::Time& time = times.*phase.time;
        parts.push_back(counts && time ? milliseconds(*time) : 0);
    }
    return parts;
}

} // namespace

PhasesChart::PhasesChart() : StackedChart(tr("Phases"), tr("Time from file to answer (ms)")) {}

ComparisonChart::Content PhasesChart::showComparison(const Comparison& comparison)
{
    QStringList parts;
    for (const Phase& phase : phases)
        parts << tr(phase.name);
    std::vector<Stack> stacks;
    for (const VariantResult* variant : enabledVariants(comparison)) {
        const QString& name = variant->variant.name;
        if (variant->phases.load && variant->phases.firstForward)
            stacks.push_back({variant->id + "-first"_L1, tr("%1, first answer").arg(name),
                              partsOf(variant->phases, true)});
        if (variant->phases.steadyForward && variant->phases.resize)
            stacks.push_back(
                {variant->id, tr("%1, every further one").arg(name), partsOf(variant->phases, false)});
    }
    return stacked(
        parts, stacks,
        tr("Not measured yet. Run with the preset careful or paper also measures what each phase takes."));
}

} // namespace vitrine
