#include "core/base/literals.h"
#include "core/fetch/catalogue.h"

namespace vitrine {

namespace {

/// The suffix of the official names is the beginning of the file's SHA-256.
CatalogueEntry deit(const char* name, const char* title, const char* file, qint64 parameters, double top1,
                    double top5)
{
    const QString fileName = QString::fromLatin1(file);
    const QString suffix = fileName.section(QLatin1Char('-'), -1).section(QLatin1Char('.'), 0, 0);
    return {QString::fromLatin1(name),
            QString::fromLatin1(title),
            fileName,
            suffix,
            parameters,
            top1,
            top5,
            {},
            {},
            {}};
}

CatalogueEntry googleVit()
{
    CatalogueEntry entry;
    entry.name = u"vit-base"_s;
    entry.title = u"Google's ViT-B/16"_s;
    entry.file = u"model.safetensors"_s;
    entry.parameters = 86'567'656;
    entry.address = u"https://huggingface.co/google/vit-base-patch16-224/resolve/main/"_s;
    entry.folder = u"vit-base-patch16-224"_s;
    entry.beside = QStringList{u"config.json"_s, u"preprocessor_config.json"_s};
    return entry;
}

} // namespace

const Catalogue& officialCheckpoints()
{
    static const Catalogue list{
        deit("deit-tiny", "DeiT-Tiny", "deit_tiny_patch16_224-a1311bcf.pth", 5'717'416, 72.202, 91.124),
        deit("deit-tiny-distilled", "DeiT-Tiny, distilled", "deit_tiny_distilled_patch16_224-b40b3cf7.pth",
             5'910'800, 74.476, 91.920),
        deit("deit-small", "DeiT-Small", "deit_small_patch16_224-cd65a155.pth", 22'050'664, 79.854, 94.968),
        deit("deit-small-distilled", "DeiT-Small, distilled", "deit_small_distilled_patch16_224-649709d9.pth",
             22'436'432, 81.164, 95.376),
        deit("deit-base", "DeiT-Base", "deit_base_patch16_224-b5f2ef4d.pth", 86'567'656, 81.846, 95.594),
        deit("deit-base-distilled", "DeiT-Base, distilled", "deit_base_distilled_patch16_224-df68dfff.pth",
             87'338'192, 83.372, 96.482),
        deit("deit-base-384", "DeiT-Base, 384 pixels", "deit_base_patch16_384-8de9b5d1.pth", 86'859'496,
             82.890, 96.222),
        deit("deit-base-distilled-384", "DeiT-Base, distilled, 384 pixels",
             "deit_base_distilled_patch16_384-d0272ac0.pth", 87'630'032, 85.224, 97.186),
        googleVit(),
    };
    return list;
}

} // namespace vitrine
