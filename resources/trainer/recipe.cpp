#include "resources/trainer/recipe.h"

namespace vitrine::trainer {

QString Recipe::teacherText() const
{
    return QStringLiteral("seed %1, batch %2; teacher: %3 steps, rate %4")
        .arg(seed)
        .arg(batch)
        .arg(teacherSteps)
        .arg(teacherRate);
}

QString Recipe::smallText() const
{
    return teacherText() + QStringLiteral("; width %1, depth %2; half side: %3 steps, rate %4")
                               .arg(width)
                               .arg(depth)
                               .arg(smallSteps)
                               .arg(smallRate);
}

QString Recipe::text() const
{
    return fullText() + QStringLiteral("; again: %1 steps, rate %2").arg(lastSteps).arg(lastRate);
}

QString Recipe::fullText() const
{
    return smallText() + QStringLiteral("; full side: %1 steps, rate %2").arg(fullSteps).arg(fullRate);
}

} // namespace vitrine::trainer
