#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/model/beside.h"
#include "core/model/deit.h"

#include <map>

namespace vitrine {

namespace {

constexpr int usualHeadWidth = 64;

/// Of the models that everybody uses; none for another width.
std::optional<qint64> knownHeads(int width)
{
    static const std::map<int, qint64> known{{192, 3},   {384, 6},   {768, 12},  {1024, 16}, {1152, 16},
                                             {1280, 16}, {1408, 16}, {1536, 24}, {1664, 16}};
    const auto found = known.find(width);
    return found == known.end() ? std::nullopt : std::optional(found->second);
}

std::optional<qint64> statedHeads(DeitWeights& weights, const DeitOptions& options,
                                  const ModelSurroundings& beside)
{
    const QHash<QString, QString>& metadata = weights.checkpoint.metadata;
    if (options.heads)
        return *options.heads;
    if (metadata.contains(u"num_heads"_s))
        return metadata[u"num_heads"_s].toLongLong(); // 0 if not a number, which is then refused
    if (beside.heads())
        weights.origins.insert(u"heads"_s, u"config.json"_s);
    return beside.heads();
}

std::optional<double> statedEpsilon(DeitWeights& weights, const DeitOptions& options,
                                    const ModelSurroundings& beside)
{
    const QHash<QString, QString>& metadata = weights.checkpoint.metadata;
    if (options.layerNormEpsilon)
        return *options.layerNormEpsilon;
    if (metadata.contains(u"layer_norm_eps"_s)) {
        bool ok = false;
        const double value = metadata[u"layer_norm_eps"_s].toDouble(&ok);
        return ok ? value : -1;
    }
    if (beside.layerNormEpsilon())
        weights.origins.insert(u"layerNormEpsilon"_s, u"config.json"_s);
    return beside.layerNormEpsilon();
}

/// What the settings beside it ask for that is not done.
Status checkSettings(const ModelSurroundings& beside, Pooling pooling)
{
    const auto refused = [](const QString& what) {
        return Error{ErrorKind::Unsupported, tr("not a DeiT: config.json beside it says that %1").arg(what)};
    };
    const QString activation = beside.config[u"hidden_act"_s].toString(u"gelu"_s);
    if (activation != u"gelu"_s)
        return refused(tr("its activation is %1, not gelu").arg(activation));
    const QString pool = beside.config[u"global_pool"_s].toString(u"token"_s);
    if (beside.isTimm() && pool != u"token"_s && pooling == Pooling::ClassToken)
        return refused(
            tr("its head looks at \"%1\" of all normalized tokens, not at the class token").arg(pool));
    return Done{};
}

/// What is usual for the width; a guess is noted.
Result<qint64> guessedHeads(DeitWeights& weights)
{
    const int width = weights.config.width;
    if (const auto known = knownHeads(width))
        return *known;
    if (width % usualHeadWidth != 0)
        return Error{
            ErrorKind::Usage,
            tr("its width %1 is not a multiple of 64, so the number of attention heads cannot be told; "
               "state it (Input settings in its menu, or --heads), or as num_attention_heads in a "
               "config.json beside the file")
                .arg(width)};
    weights.notices.append(
        tr("nothing states its number of attention heads; %1 is a guess (its width %2 / 64). "
           "Another can be stated (Input settings in its menu, or --heads)")
            .arg(width / usualHeadWidth)
            .arg(width));
    return width / usualHeadWidth;
}

} // namespace

QString DeitOptions::toText() const
{
    QStringList texts;
    if (heads)
        texts << u"heads=%1"_s.arg(*heads);
    if (layerNormEpsilon)
        texts << u"eps=%1"_s.arg(*layerNormEpsilon, 0, 'g', 17);
    if (!weights.isEmpty())
        texts << u"weights="_s + weights;
    return texts.join(QLatin1Char(','));
}

Status settleHeads(DeitWeights& weights, const DeitOptions& options)
{
    DeitConfig& config = weights.config;
    const ModelSurroundings beside = readSurroundings(weights.checkpoint.path, config.width);
    if (Status usable = checkSettings(beside, config.pooling); !usable)
        return usable;
    const std::optional<qint64> stated = statedHeads(weights, options, beside);
    const Result<qint64> heads = stated ? Result<qint64>(*stated) : guessedHeads(weights);
    if (!heads)
        return heads.failure();
    if (*heads < 1 || *heads > config.width || config.width % *heads != 0)
        return Error{ErrorKind::Usage,
                     tr("%1 attention heads do not fit its width %2, which must be a multiple of them")
                         .arg(*heads)
                         .arg(config.width)};
    const double epsilon = statedEpsilon(weights, options, beside).value_or(DeitConfig{}.layerNormEpsilon);
    if (!(epsilon >= 0) || epsilon > 1)
        return Error{ErrorKind::Usage, tr("the LayerNorm epsilon must lie between 0 and 1")};
    config.heads = int(*heads);
    config.layerNormEpsilon = epsilon;
    return Done{};
}

} // namespace vitrine
