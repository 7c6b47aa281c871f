#include "core/torch/error_reasons.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QRegularExpression>
#include <QStringList>

namespace vitrine::torch_engine {

namespace {

/// A pattern of LibTorch's, and what is said instead; %1 to %3 are what the pattern has in brackets.
struct KnownReason
{
    QRegularExpression pattern;
    const char* reason;
};

#define REASON(text) QT_TRANSLATE_NOOP("vitrine", text)

const std::vector<KnownReason>& knownReasons()
{
    static const std::vector<KnownReason> known{
        {QRegularExpression(u"PytorchStreamReader failed locating file ([^:\\s]+): file not found"_s),
         REASON("its part %1 is missing; copy, download or save it again")},
        {QRegularExpression(u"Unknown type name '__torch__\\.torch\\.classes\\.([\\w.]+)'"_s),
         REASON("it needs the class %1, which this LibTorch does not have; export the model without it")},
        {QRegularExpression(u"Expected tensor for argument #\\d+ 'indices'"_s),
         REASON("it looks up whole numbers in a table (an embedding), as models of texts do, and is given a "
                "picture")},
        {QRegularExpression(
             u"(?:Unknown builtin op: |unknown builtin operator |Could not find any similar ops to )"
             "([\\w:]+(?:\\.\\w+)*)"_s),
         REASON("it needs the operator %1 (unknown builtin op), which this LibTorch does not have; export "
                "the model "
                "without it")},
        {QRegularExpression(u"Arguments for call are not valid"_s),
         REASON("it was saved by a version of PyTorch whose operators differ (Arguments for call are not "
                "valid); save "
                "it again with a newer one")},
        {QRegularExpression(u"NoQEngine"_s),
         REASON(
             "it is quantized, and no quantized engine is set; choose one of the engines of this LibTorch")},
        {QRegularExpression(
             u"with version (\\d+), but the maximum supported version for reading is (\\d+)"_s),
         REASON("it was made by a newer PyTorch (file version %1; this LibTorch reads up to %2); save it "
                "with an "
                "older one")},
        {QRegularExpression(u"must be between (\\d+) and (\\d+) but the model version is (\\d+)"_s),
         REASON("it was made by a newer PyTorch (lite format %3; this LibTorch reads %1 to %2); save it with "
                "an older "
                "one")},
        {QRegularExpression(u"required keyword attribute '\\w+' is undefined"_s),
         REASON("it was saved after torch.jit.optimize_for_inference, and what that makes cannot be loaded "
                "anywhere; "
                "save the model before that step")},
        {QRegularExpression(
             u"from the '(?:CUDA|HIP|MPS|XPU)\\w*' backend|without ATen_cuda|not compiled with CUDA|"
             "not linked with support for (?:cuda|hip)"_s),
         REASON("it was traced on a GPU, and that device is baked into it; trace it again on the CPU")},
        {QRegularExpression(u"Could not run '([^']+)' with arguments from the '([^']+)' backend"_s),
         REASON(
             "its operator %1 does not work on tensors of the kind %2; a model quantized in part needs its "
             "QuantStub and DeQuantStub")},
        {QRegularExpression(u"\"(\\w+)\" not implemented for '(Half|BFloat16)'"_s),
         REASON("it computes in %2, for which the CPU has no %1; save it as float32: model.float()")},
        {QRegularExpression(
             u"[Ii]nput type \\(([\\w:]+)\\) and (?:weight|bias) type \\(([\\w:]+)\\) should be"_s),
         REASON("it mixes numbers of the types %1 and %2; save it as float32: model.float()")},
        {QRegularExpression(u"expected scalar type (?:Byte but found Float|Float but found Byte)|expected "
                            u"Byte but got Float|"
                            "\"(?:bitwise_\\w+|[lr]shift)_cpu\" not implemented for 'Float'|"
                            "same dtype, but got: (?:float != unsigned char|unsigned char != float)|"
                            "tensors used as indices must be long, (?:int, )?byte"_s),
         REASON("it wants pixels as whole numbers (uint8), and Vitrine gives it normalized ones; wrap it so "
                "that its input is float32")},
        {QRegularExpression(u"expected input\\[[\\d, ]+\\] to have 1 channels, but got (\\d+) channels"_s),
         REASON("it wants 1 channel (gray) and is given %1; state that with its mean and std (Input settings "
                "in its menu, or --preprocess channels=1)")},
        {QRegularExpression(u"expected input\\[[\\d, ]+\\] to have 3 channels, but got 1 channels"_s),
         REASON("it wants 3 channels and is given 1; state that with its mean and std (Input settings in its "
                "menu, or --preprocess channels=3)")},
        {QRegularExpression(
             u"expected input\\[[\\d, ]+\\] to have (\\d+) channels, but got (\\d+) channels"_s),
         REASON("it wants %1 channels and is given %2; Vitrine gives 3 (RGB) or 1 (gray), so wrap it so that "
                "it takes "
                "one of these")},
    };
    return known;
}

#undef REASON

/// What an operator says of the tensors that it is given, which those who know the model understand.
bool isAboutTensors(const QString& line)
{
    static const QRegularExpression topic(
        u"\\b(?:[Ss]izes?|[Ss]hapes?|[Dd]imensions?|[Cc]hannels?|\\d[Dd]|dimensional|dtypes?)\\b"_s);
    return topic.match(line).hasMatch() && !isOfLibTorch(line);
}

/// The rest is in the detail.
QString shortened(QString text)
{
    constexpr qsizetype longest = 300;
    while (text.endsWith(u'.') || text.endsWith(u':'))
        text.chop(1);
    return text.size() <= longest ? text : text.left(longest) + QChar(0x2026);
}

QString withoutSourceLocation(QString line)
{
    static const QRegularExpression location(u" \\(.* at [^()]*:\\d+\\)$"_s);
    return line.remove(location).trimmed();
}

} // namespace

/// The interpreter puts the cause behind a traceback, the compiler puts it first.
QString causeIn(const QString& text)
{
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    static const QRegularExpression cause(u"^[\\w.]*(?:Error|Exception): (.+)$"_s);
    for (auto line = lines.crbegin(); line != lines.crend(); ++line)
        if (const auto match = cause.match(*line); match.hasMatch())
            return withoutSourceLocation(match.captured(1));
    for (const QString& line : lines)
        if (!line.trimmed().isEmpty())
            return withoutSourceLocation(line);
    return {};
}

bool isOfLibTorch(const QString& line)
{
    static const QRegularExpression words(
        u"::|__\\w+__|\\b0x[0-9a-f]|\\.(?:cpp|h|py)\\b|INTERNAL|[Ee]nforce|[Cc]affe2|bug|schema|pickle|_M_|"
        "^_Map_base|^map::at|^vector|^basic_string|^bad |^sto[a-z]+$|^Unknown exception|^Method '"_s);
    return words.match(line).hasMatch();
}

QString reasonFor(const QString& text)
{
    for (const auto& [pattern, reason] : knownReasons())
        if (const auto match = pattern.match(text); match.hasMatch()) {
            QString said = tr(reason);
            for (int i = 1; i <= match.lastCapturedIndex(); ++i)
                said.replace(u"%%1"_s.arg(i), match.captured(i));
            return said;
        }
    if (const QString line = causeIn(text); isAboutTensors(line))
        return shortened(line);
    return tr(
        "LibTorch refuses it, in words of its own (see the details): the file may be damaged or made for "
        "another version; copy, download or save it again");
}

QString reasonOfScript(const QString& words)
{
    static const QRegularExpression kind(u"^[\\w.]*(?:Error|Exception)(?:: *|$)"_s);
    const QString said = shortened(words.simplified().remove(kind));
    return said.isEmpty() ? tr("its own code gave up, and does not say why")
                          : tr("its own code says \"%1\"").arg(said);
}

} // namespace vitrine::torch_engine
