#include "resources/trainer/recipe.h"

#include "core/base/literals.h"

namespace vitrine::trainer {

QString Recipe::teacherText() const
{
    return u"seed %1, batch %2; teacher: %3 steps, rate %4"_s.arg(seed)
        .arg(batch)
        .arg(teacherSteps)
        .arg(teacherRate);
}

QString Recipe::smallText() const
{
    return teacherText() + u"; width %1, depth %2; half side: %3 steps, rate %4"_s.arg(width)
                               .arg(depth)
                               .arg(smallSteps)
                               .arg(smallRate);
}

QString Recipe::text() const
{
    return fullText() + u"; again: %1 steps, rate %2"_s.arg(lastSteps).arg(lastRate);
}

QString Recipe::fullText() const
{
    return smallText() + u"; full side: %1 steps, rate %2"_s.arg(fullSteps).arg(fullRate);
}

} // namespace vitrine::trainer
