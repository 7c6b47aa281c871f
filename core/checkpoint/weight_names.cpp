#include "core/checkpoint/weight_names.h"

#include "core/base/literals.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <optional>

namespace vitrine {

namespace {

/// What stands before the patch embedding of timm, torchvision or Hugging Face; the latter's own prefix
/// ("vit.") belongs to the model. None when the name is another.
std::optional<QString> beforePatchEmbedding(const QString& name)
{
    for (const QString& ending : {u"patch_embed.proj.weight"_s, u"conv_proj.weight"_s,
                                  u"vit.embeddings.patch_embeddings.projection.weight"_s,
                                  u"deit.embeddings.patch_embeddings.projection.weight"_s,
                                  u"embeddings.patch_embeddings.projection.weight"_s}) {
        if (!name.endsWith(ending))
            continue;
        QString before = name.chopped(ending.size());
        if (before.isEmpty() || before.endsWith(QLatin1Char('.')))
            return before;
    }
    return std::nullopt;
}

} // namespace

QStringList transformerPrefixes(const QStringList& names)
{
    QStringList prefixes;
    QSet<QString> known;
    for (const QString& name : names) {
        const std::optional<QString> prefix = beforePatchEmbedding(name);
        if (!prefix || known.contains(*prefix))
            continue;
        prefixes.append(*prefix);
        known.insert(*prefix);
    }
    return prefixes;
}

QString wrapperPrefix(const QStringList& names)
{
    static const QSet<QString> wrappers{u"module"_s,  u"model"_s,     u"_orig_mod"_s, u"net"_s,
                                        u"network"_s, u"backbone"_s,  u"encoder"_s,   u"_model"_s,
                                        u"student"_s, u"base_model"_s};
    QString prefix;
    while (!names.isEmpty()) {
        const QString word = names.front().mid(prefix.size()).section(QLatin1Char('.'), 0, 0);
        const QString longer = prefix + word + QLatin1Char('.');
        const auto begins = [&](const QString& name) { return name.startsWith(longer); };
        if (!wrappers.contains(word) || !std::ranges::all_of(names, begins))
            break;
        prefix = longer;
    }
    return prefix;
}

bool isFollower(const QString& path)
{
    static const QRegularExpression word(
        u"(^|[^a-z])(ema|swa|teacher|momentum|averaged?|shadow|target|sma)([^a-z]|$)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return word.match(path).hasMatch();
}

bool isHeadWeight(const QString& name)
{
    static const QRegularExpression head(
        u"^(head|heads|heads\\.head|classifier|cls_classifier|fc|linear)(\\.\\d+)?\\.weight$"_s);
    return head.match(name).hasMatch();
}

} // namespace vitrine
