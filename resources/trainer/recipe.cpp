#include "resources/trainer/recipe.h"

namespace vitrine::trainer {

QString Recipe::text() const
{
    return QStringLiteral("seed=%1 width=%2 depth=%3 batch=%4 steps=%5,%6,%7 rates=%8,%9")
               .arg(seed)
               .arg(width)
               .arg(depth)
               .arg(batch)
               .arg(teacherSteps)
               .arg(smallSteps)
               .arg(fullSteps)
               .arg(teacherRate)
               .arg(smallRate) +
           QStringLiteral(",%1").arg(fullRate);
}

} // namespace vitrine::trainer
