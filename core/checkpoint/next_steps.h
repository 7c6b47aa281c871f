#pragma once

#include <QCoreApplication>

namespace vitrine {

// What to do with a file that Vitrine cannot open, to be translated. Each ends a sentence.

inline constexpr const char* openSource = QT_TRANSLATE_NOOP(
    "vitrine", "open the PyTorch model that it was made from, or export that as TorchScript: "
               "torch.jit.trace(model.eval(), picture).save(path)");
inline constexpr const char* wrongFramework =
    QT_TRANSLATE_NOOP("vitrine", "Vitrine runs PyTorch models; look for the same one as TorchScript, .pth or "
                                 ".safetensors");
inline constexpr const char* unpack =
    QT_TRANSLATE_NOOP("vitrine", "unpack it first, and open the model that is in it");
inline constexpr const char* noClassifier =
    QT_TRANSLATE_NOOP("vitrine", "Vitrine compares image classifiers made with PyTorch");
inline constexpr const char* saveStateDict =
    QT_TRANSLATE_NOOP("vitrine", "save the model's weights with torch.save(model.state_dict(), path)");

} // namespace vitrine
