#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/model/beside.h"

#include <QJsonArray>

#include <cmath>

namespace vitrine {

namespace {

using Numbers = std::vector<float>;

/// A list of numbers, or one for all channels, each times `factor`.
Numbers numbersIn(const QJsonValue& value, double usual, int channels, double factor)
{
    Numbers numbers;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& each : array)
        numbers.push_back(float(each.toDouble(NAN) * factor));
    if (!value.isArray())
        numbers.assign(std::size_t(channels), float(value.toDouble(usual) * factor));
    return numbers;
}

/// A number, or {"height": 224, "width": 224}; 0: neither, or no square.
int sideIn(const QJsonValue& value)
{
    const int height = value[u"height"_s].toInt();
    return value.isObject() ? (height == value[u"width"_s].toInt() ? height : 0) : value.toInt();
}

/// Hugging Face's preprocessor_config.json, step by step as transformers does it.
class HuggingFaceInput
{
public:
    explicit HuggingFaceInput(const QJsonObject& settings) : m_settings(settings)
    {
        for (const QString& key : {u"image_processor_type"_s, u"feature_extractor_type"_s})
            if (m_type.isEmpty())
                m_type = settings.value(key).toString(u""_s);
    }

    Preprocessing read(QStringList& notices)
    {
        readSize();
        readResampling(notices);
        readNumbers();
        return m_input;
    }

private:
    bool isTrue(const QString& key, bool usual) const { return m_settings.value(key).toBool(usual); }
    bool isDeit() const { return m_type.contains(u"DeiT"_s); }
    bool isViT() const { return m_type.isEmpty() || m_type.startsWith(u"ViT"_s) || isDeit(); }

    void readSize()
    {
        const QJsonValue size = m_settings.value(u"size"_s);
        const int shortest = size[u"shortest_edge"_s].toInt();
        const int usual = isDeit() ? 256 : 224;
        m_input.resize = shortest > 0 ? shortest : size.isUndefined() ? usual : sideIn(size);
        const bool keepsProportions = shortest > 0 || (size.isDouble() && !isViT());
        m_input.fit = keepsProportions ? Fit::ShortSide : Fit::Stretch;
        m_input.size = m_input.resize;
        const QJsonValue crop = m_settings.value(u"crop_size"_s);
        if (isTrue(u"do_center_crop"_s, isDeit()))
            m_input.size = crop.isUndefined() ? 224 : sideIn(crop);
    }

    void readResampling(QStringList& notices)
    {
        constexpr int bilinear = 2;
        constexpr int bicubic = 3;
        const bool isBilinear = isViT() && !isDeit();
        const int filter = m_settings.value(u"resample"_s).toInt(isBilinear ? bilinear : bicubic);
        m_input.interpolation = filter == bilinear ? Interpolation::Bilinear : Interpolation::Bicubic;
        if (filter != bilinear && filter != bicubic)
            notices.append(tr("preprocessor_config.json beside it asks for a way of resampling (%1) that "
                              "Vitrine does not do; pictures are resized bicubically")
                               .arg(filter));
    }

    /// Ours are of values in [0, 1], theirs of bytes times the factor.
    void readNumbers()
    {
        constexpr double usualFactor = 1.0 / 255;
        double factor =
            isTrue(u"do_rescale"_s, true) ? m_settings.value(u"rescale_factor"_s).toDouble(usualFactor) : 1;
        if (std::abs(factor * 255 - 1) < 1e-6)
            factor = usualFactor;
        const double scale = factor == usualFactor ? 1 : usualFactor / factor;
        const bool normalizes = isTrue(u"do_normalize"_s, true);
        const QJsonValue mean = normalizes ? m_settings.value(u"image_mean"_s) : QJsonValue(0.0);
        const QJsonValue deviation = normalizes ? m_settings.value(u"image_std"_s) : QJsonValue(1.0);
        m_input.channels = mean.isArray() ? int(mean.toArray().size()) : 3;
        m_input.mean = numbersIn(mean, 0.5, m_input.channels, scale);
        m_input.standardDeviation = numbersIn(deviation, 0.5, m_input.channels, scale);
    }

    const QJsonObject& m_settings;
    QString m_type;
    Preprocessing m_input;
};

Preprocessing timmInput(const QJsonObject& settings, QStringList& notices)
{
    Preprocessing input;
    const QJsonArray size = settings.value(u"input_size"_s).toArray();
    const double share = settings.value(u"crop_pct"_s).toDouble(0.875);
    const QString mode = settings.value(u"crop_mode"_s).toString(u"center"_s);
    const QString interpolation = settings.value(u"interpolation"_s).toString(u"bicubic"_s);
    if (size.size() == 3) {
        input.channels = size.at(0).toInt();
        input.size = size.at(1) == size.at(2) ? size.at(1).toInt() : 0;
    }
    input.resize = share > 0 && share <= 1 ? int(std::floor(input.size / share)) : 0;
    input.fit = mode == u"squash"_s ? Fit::Stretch : Fit::ShortSide;
    input.interpolation = interpolation == u"bilinear"_s ? Interpolation::Bilinear : Interpolation::Bicubic;
    const Preprocessing usual;
    const auto read = [&](const QString& key, const Numbers& fallback) {
        return settings.contains(key) ? numbersIn(settings.value(key), 0.5, input.channels, 1) : fallback;
    };
    input.mean = read(u"mean"_s, usual.mean);
    input.standardDeviation = read(u"std"_s, usual.standardDeviation);
    if (mode == u"border"_s || (interpolation != u"bilinear"_s && interpolation != u"bicubic"_s))
        notices.append(
            tr("config.json beside it asks for resizing (%1, %2) that Vitrine does not do; pictures "
               "are resized bicubically and cropped")
                .arg(interpolation.left(20), mode.left(20)));
    return input;
}

/// The same way of feeding, at another size.
Preprocessing atSize(Preprocessing input, int size)
{
    input.resize = int(std::floor(double(input.resize) * size / input.size));
    input.size = size;
    return input;
}

} // namespace

std::optional<Preprocessing> statedPreprocessing(const ModelSurroundings& surroundings,
                                                 const ModelShape& shape, ModelInput& into)
{
    const bool isTimm = surroundings.config[u"pretrained_cfg"_s].isObject();
    const QString file = isTimm ? u"config.json"_s : u"preprocessor_config.json"_s;
    if (!isTimm && surroundings.preprocessor.isEmpty()) {
        if (!surroundings.config.isEmpty() && !surroundings.isTimm())
            into.notices.append(
                tr("no preprocessor_config.json lies beside it, so ImageNet's mean and deviation "
                   "are assumed; others can be stated (Input settings in its menu, or --preprocess)"));
        return std::nullopt;
    }
    Preprocessing input = isTimm
                              ? timmInput(surroundings.config[u"pretrained_cfg"_s].toObject(), into.notices)
                              : HuggingFaceInput(surroundings.preprocessor).read(into.notices);
    QString problem;
    if (const Status valid = input.validate(); !valid)
        problem = valid.error().message;
    else if (shape.channels > 0 && input.channels != shape.channels)
        problem = tr("it makes %1 channels, and the model sees %2").arg(input.channels).arg(shape.channels);
    if (!problem.isEmpty()) {
        into.notices.append(tr("the input in %1 beside it is not used: %2").arg(file, problem));
        return std::nullopt;
    }
    if (shape.imageSize > 0 && input.size != shape.imageSize) {
        into.notices.append(
            tr("%1 beside it makes pictures of %2 pixels, and the model sees %3; they are made in "
               "its size")
                .arg(file)
                .arg(input.size)
                .arg(shape.imageSize));
        input = atSize(input, shape.imageSize);
    }
    into.origins.insert(u"preprocessing"_s, file);
    return input;
}

} // namespace vitrine
