#include "core/torch/errors.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/torch/error_reasons.h"

#include <c10/util/Exception.h>

#include <new>

namespace vitrine::torch_engine {

namespace {

QString textOf(const std::exception& exception)
{
    if (const auto* torchError = dynamic_cast<const c10::Error*>(&exception))
        return QString::fromUtf8(torchError->what_without_backtrace());
    return QString::fromUtf8(exception.what());
}

/// The rest is in the detail.
QString shortened(const QString& reason)
{
    constexpr qsizetype longest = 300;
    return reason.size() <= longest ? reason : reason.left(longest) + QChar(0x2026);
}

} // namespace

Error errorFrom(const std::exception& exception, const QString& what)
{
    const QString text = textOf(exception);
    if (dynamic_cast<const std::bad_alloc*>(&exception) || text.contains(u"std::bad_alloc"_s) ||
        text.contains(u"can't allocate memory"_s))
        return {ErrorKind::TooLarge, tr("%1: there is not enough memory.").arg(what), text};
    QString message = u"%1: %2"_s.arg(what, shortened(reasonFor(text)));
    if (!message.endsWith(u'.'))
        message += u'.';
    return {ErrorKind::Engine, message, text};
}

} // namespace vitrine::torch_engine
