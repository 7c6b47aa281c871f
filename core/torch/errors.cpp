#include "core/torch/errors.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/torch/error_reasons.h"

#include <c10/util/Exception.h>
#include <torch/csrc/jit/runtime/jit_exception.h>

#include <new>
#include <optional>
#include <string_view>

namespace vitrine::torch_engine {

namespace {

/// A script may raise as much as it likes.
QString bounded(std::string_view text)
{
    constexpr std::size_t most = 4'000; // at either end
    const auto toText = [](std::string_view part) {
        return QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size()));
    };
    if (text.size() <= 2 * most)
        return toText(text);
    return toText(text.substr(0, most)) + u"\n[...]\n"_s + toText(text.substr(text.size() - most));
}

QString textOf(const std::exception& exception)
{
    if (const auto* torchError = dynamic_cast<const c10::Error*>(&exception))
        return bounded(torchError->what_without_backtrace());
    return bounded(exception.what());
}

bool isOutOfMemory(const std::exception& exception, const QString& text)
{
    return dynamic_cast<const std::bad_alloc*>(&exception) || causeIn(text) == u"std::bad_alloc"_s ||
           text.contains(u"DefaultCPUAllocator: can't allocate memory"_s);
}

/// The words of an exception that the model's own code raised; none: it is LibTorch's. The mobile interpreter
/// makes an error of its own of such an exception.
std::optional<QString> wordsOfScript(const std::exception& exception, const QString& text)
{
    if (const auto* raised = dynamic_cast<const torch::jit::JITException*>(&exception)) {
        const auto original = raised->getOriginalMsg();
        return original ? bounded(*original) : causeIn(text);
    }
    const auto* torchError = dynamic_cast<const c10::Error*>(&exception);
    const bool isRaisedByMobile = torchError &&
                                  QByteArrayView(torchError->what()).contains("jit/mobile/module.cpp") &&
                                  !isOutOfMemory(exception, text) && !isOfLibTorch(text.trimmed());
    return isRaisedByMobile ? std::optional(text) : std::nullopt;
}

} // namespace

Error errorFrom(const std::exception& exception, const QString& what)
{
    const QString text = textOf(exception);
    const auto ofScript = wordsOfScript(exception, text);
    if (!ofScript && isOutOfMemory(exception, text))
        return {ErrorKind::TooLarge, tr("%1: there is not enough memory.").arg(what), text};
    const QString reason = ofScript ? reasonOfScript(*ofScript) : reasonFor(text);
    return {ErrorKind::Engine, u"%1: %2."_s.arg(what, reason), text};
}

} // namespace vitrine::torch_engine
