#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QRect>
#include <QSize>
#include <QString>

#include <vector>

namespace vitrine {

enum class Interpolation { Bicubic, Bilinear }; ///< Both antialiased, as Pillow does it.

/// What is resized to Preprocessing::resize.
enum class Fit {
    ShortSide, ///< The short side; the other one keeps the proportions.
    Stretch,   ///< Both sides, whatever the proportions were: as Hugging Face does it.
};

/// How an image becomes a model's input: resize, centre crop, scale to [0,1], normalize. The defaults are
/// those of DeiT at 224 pixels on ImageNet.
struct Preprocessing
{
    int size = 224;   ///< Side of the square that the model sees, pixels; 1 to 8192.
    int resize = 256; ///< Side after resizing (see `fit`), pixels; `size` to 16384.
    int channels = 3; ///< 3: RGB; 1: ITU-R 601 luma.
    std::vector<float> mean{0.485F, 0.456F, 0.406F};              ///< One a channel, in [0,1] units.
    std::vector<float> standardDeviation{0.229F, 0.224F, 0.225F}; ///< One a channel, > 0.
    Interpolation interpolation = Interpolation::Bicubic;
    Fit fit = Fit::ShortSide;

    bool operator==(const Preprocessing&) const = default;

    /// ImageNet normalization for an input of `size` pixels; the short side is int(size / 0.875).
    static Preprocessing imageNet(int size);
    /// The same for one channel, with the luma of that mean; no such standard exists.
    static Preprocessing imageNetGray(int size);

    /// Checks the ranges above; the error names the offending key.
    Status validate() const;

    /// "size=28,resize=28,channels=1,mean=0.1307,std=0.3081": changes the named keys of `base`.
    /// `mean` and `std` take one value or one a channel, joined by ':'; `interpolation` is bicubic or
    /// bilinear, `fit` is short or stretch.
    static Result<Preprocessing> parse(const QString& text, const Preprocessing& base);
    /// The same keys, always all of them: what parse() reads back.
    QString toText() const;

    /// An object with the same keys; `mean` and `std` are lists. A key that is absent keeps its default.
    static Result<Preprocessing> fromJson(const QJsonObject& object);
    QJsonObject toJson() const;
};

/// A model's input: one image, channel-major [1, channels, size, size].
struct InputTensor
{
    int channels = 0;
    int height = 0;
    int width = 0;
    std::vector<float> values; ///< channels * height * width, normalized.
};

/// The size an image of size `source` has after resizing.
QSize resizedSize(QSize source, const Preprocessing& preprocessing);

/// The square that the model sees, in pixels of the resized image. Its corner is rounded half to even, as
/// torchvision's centre crop does.
QRect cropInResized(QSize resized, const Preprocessing& preprocessing);

/// The part of the image that the model sees, in pixels of the original image.
QRectF visibleCrop(QSize source, const Preprocessing& preprocessing);

} // namespace vitrine
