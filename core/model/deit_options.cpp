#include "core/model/deit_options.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <cmath>

namespace vitrine {

namespace {

constexpr qint64 largestConfig = 1 << 20;
constexpr int usualHeadWidth = 64;

/// Hugging Face's config.json beside the checkpoint; empty when there is none for a model of this width.
QJsonObject configBeside(const QString& path, int width)
{
    QFile file(QFileInfo(path).dir().filePath(u"config.json"_s));
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject object = QJsonDocument::fromJson(file.read(largestConfig)).object();
    const bool same = object.value(u"hidden_size"_s).toInteger(width) == width;
    return same ? object : QJsonObject{};
}

Status checkActivation(const QJsonObject& config)
{
    const QString activation = config.value(u"hidden_act"_s).toString(u"gelu"_s);
    if (activation != u"gelu"_s)
        return Error{
            ErrorKind::Unsupported,
            tr("not a DeiT: config.json beside it says that its activation is %1, not gelu").arg(activation),
            {}};
    return Done{};
}

std::optional<qint64> statedHeads(const Checkpoint& checkpoint, const DeitOptions& options,
                                  const QJsonObject& config)
{
    if (options.heads)
        return *options.heads;
    if (const auto text = checkpoint.metadata.constFind(u"num_heads"_s);
        text != checkpoint.metadata.constEnd())
        return text->toLongLong(); // 0 when it is not a number, which is then refused
    if (const QJsonValue value = config.value(u"num_attention_heads"_s); !value.isUndefined())
        return value.toInteger(0);
    return std::nullopt;
}

std::optional<double> statedEpsilon(const Checkpoint& checkpoint, const DeitOptions& options,
                                    const QJsonObject& config)
{
    if (options.layerNormEpsilon)
        return *options.layerNormEpsilon;
    if (const auto text = checkpoint.metadata.constFind(u"layer_norm_eps"_s);
        text != checkpoint.metadata.constEnd()) {
        bool ok = false;
        const double value = text->toDouble(&ok);
        return ok ? value : -1;
    }
    if (const QJsonValue value = config.value(u"layer_norm_eps"_s); !value.isUndefined())
        return value.toDouble(-1);
    return std::nullopt;
}

} // namespace

Status settleHeads(DeitConfig& config, const Checkpoint& checkpoint, const DeitOptions& options)
{
    const QJsonObject beside = configBeside(checkpoint.path, config.width);
    if (Status activation = checkActivation(beside); !activation)
        return activation.failure();

    const std::optional<qint64> heads = statedHeads(checkpoint, options, beside);
    if (!heads && config.width % usualHeadWidth != 0)
        return Error{
            ErrorKind::Usage,
            tr("its width %1 is not a multiple of 64, so the number of attention heads cannot be told; "
               "state it (option heads, or num_attention_heads in a config.json beside the file)")
                .arg(config.width),
            {}};
    const qint64 number = heads.value_or(config.width / usualHeadWidth);
    if (number < 1 || number > config.width || config.width % number != 0)
        return Error{ErrorKind::Usage,
                     tr("%1 attention heads do not fit its width %2, which must be a multiple of them")
                         .arg(number)
                         .arg(config.width),
                     {}};
    const double epsilon = statedEpsilon(checkpoint, options, beside).value_or(DeitConfig{}.layerNormEpsilon);
    if (!(epsilon >= 0) || epsilon > 1)
        return Error{ErrorKind::Usage, tr("the LayerNorm epsilon must lie between 0 and 1"), {}};
    config.heads = int(number);
    config.layerNormEpsilon = epsilon;
    return Done{};
}

} // namespace vitrine
