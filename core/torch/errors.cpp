#include "core/torch/errors.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QRegularExpression>
#include <QStringList>

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

QString withoutSourceLocation(QString line)
{
    static const QRegularExpression location(u" \\(.* at [^()]*:\\d+\\)$"_s);
    return line.remove(location).trimmed();
}

/// The interpreter puts the cause behind a traceback, the compiler puts it first.
QString reasonLine(const QString& text)
{
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    static const QRegularExpression cause(u"^\\w*(?:Error|Exception): (.+)$"_s);
    for (auto line = lines.crbegin(); line != lines.crend(); ++line)
        if (const auto match = cause.match(*line); match.hasMatch())
            return withoutSourceLocation(match.captured(1));
    for (const QString& line : lines)
        if (!line.trimmed().isEmpty())
            return withoutSourceLocation(line);
    return tr("no reason was given");
}

QString explained(const QString& text)
{
    static const QRegularExpression unknownOperator(
        u"(?:Unknown builtin op: |unknown builtin operator |Could not find (?:any similar ops to ))"
        "([\\w:.]+)"_s);
    if (const auto match = unknownOperator.match(text); match.hasMatch())
        return tr("it needs the operator %1 (unknown builtin op), which this LibTorch does not have; "
                  "export the model without it")
            .arg(match.captured(1).remove(QRegularExpression(u"\\.$"_s)));
    if (text.contains(u"Arguments for call are not valid"_s))
        return tr("it was saved by a version of PyTorch whose operators differ "
                  "(Arguments for call are not valid); save it again with a newer one");
    if (text.contains(u"NoQEngine"_s))
        return tr(
            "it is quantized, and no quantized engine is set; choose one of the engines of this LibTorch");
    return reasonLine(text);
}

} // namespace

Error errorFrom(const std::exception& exception, const QString& what)
{
    const QString text = textOf(exception);
    if (dynamic_cast<const std::bad_alloc*>(&exception) || text.contains(u"can't allocate memory"_s))
        return {ErrorKind::TooLarge, tr("%1: there is not enough memory.").arg(what), text};
    QString message = u"%1: %2"_s.arg(what, explained(text));
    if (!message.endsWith(u'.'))
        message += u'.';
    return {ErrorKind::Engine, message, text};
}

} // namespace vitrine::torch_engine
