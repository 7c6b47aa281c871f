#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/model/deit.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <cmath>

namespace vitrine {

namespace {

constexpr qint64 largestConfig = 1 << 20;
constexpr int usualHeadWidth = 64;

/// The huge ones have 16, whatever their width.
int usualHeads(int width)
{
    return width == 1280 || width == 1408 || width == 1664 ? 16 : width / usualHeadWidth;
}

/// Hugging Face's config.json beside the checkpoint; empty when there is none for a model of this width.
Result<QJsonObject> configBeside(const QString& path, int width)
{
    QFile file(QFileInfo(path).dir().filePath(u"config.json"_s));
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return QJsonObject();
    const QJsonObject config = QJsonDocument::fromJson(file.read(largestConfig)).object();
    if (config[u"hidden_size"_s].toInteger(width) != width)
        return QJsonObject();
    const QString activation = config[u"hidden_act"_s].toString(u"gelu"_s);
    if (activation != u"gelu"_s)
        return Error{
            ErrorKind::Unsupported,
            tr("not a DeiT: config.json beside it says that its activation is %1, not gelu").arg(activation)};
    return config;
}

std::optional<qint64> statedHeads(const Checkpoint& checkpoint, const DeitOptions& options,
                                  const QJsonObject& config)
{
    if (options.heads)
        return *options.heads;
    if (checkpoint.metadata.contains(u"num_heads"_s))
        return checkpoint.metadata[u"num_heads"_s].toLongLong(); // 0 if not a number, which is then refused
    if (const QJsonValue value = config.value(u"num_attention_heads"_s); !value.isUndefined())
        return value.toInteger(0);
    return std::nullopt;
}

std::optional<double> statedEpsilon(const Checkpoint& checkpoint, const DeitOptions& options,
                                    const QJsonObject& config)
{
    if (options.layerNormEpsilon)
        return *options.layerNormEpsilon;
    if (checkpoint.metadata.contains(u"layer_norm_eps"_s)) {
        bool ok = false;
        const double value = checkpoint.metadata[u"layer_norm_eps"_s].toDouble(&ok);
        return ok ? value : -1;
    }
    if (const QJsonValue value = config.value(u"layer_norm_eps"_s); !value.isUndefined())
        return value.toDouble(-1);
    return std::nullopt;
}

} // namespace

Status settleHeads(DeitConfig& config, const Checkpoint& checkpoint, const DeitOptions& options)
{
    const Result<QJsonObject> beside = configBeside(checkpoint.path, config.width);
    if (!beside)
        return beside.failure();
    const std::optional<qint64> heads = statedHeads(checkpoint, options, *beside);
    if (!heads && config.width % usualHeadWidth != 0)
        return Error{
            ErrorKind::Usage,
            tr("its width %1 is not a multiple of 64, so the number of attention heads cannot be told; "
               "state it (--heads of vitrine build, or num_attention_heads in a config.json beside the file)")
                .arg(config.width)};
    const qint64 number = heads.value_or(usualHeads(config.width));
    if (number < 1 || number > config.width || config.width % number != 0)
        return Error{ErrorKind::Usage,
                     tr("%1 attention heads do not fit its width %2, which must be a multiple of them")
                         .arg(number)
                         .arg(config.width)};
    const double epsilon =
        statedEpsilon(checkpoint, options, *beside).value_or(DeitConfig{}.layerNormEpsilon);
    if (!(epsilon >= 0) || epsilon > 1)
        return Error{ErrorKind::Usage, tr("the LayerNorm epsilon must lie between 0 and 1")};
    config.heads = int(number);
    config.layerNormEpsilon = epsilon;
    return Done{};
}

} // namespace vitrine
