#include "core/torch/outputs.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <torch/script.h>

#include <QStringList>

#include <algorithm>
#include <optional>
#include <sstream>

namespace vitrine::torch_engine {

namespace {

/// More than any classifier has; what claims more would only take memory.
constexpr std::int64_t mostClasses = 1'000'000;

QString shapeOf(const at::Tensor& tensor)
{
    std::ostringstream text;
    text << tensor.sizes();
    return QString::fromStdString(text.str());
}

Error unusable(const QString& model, const QString& what)
{
    return {ErrorKind::Incompatible,
            tr("%1 gave %2 instead of one row of class scores, so it is no image classifier that Vitrine can "
               "show; wrap it so that forward returns one tensor of shape [1, classes].")
                .arg(model, what)};
}

bool isOneRow(const at::Tensor& tensor, std::int64_t batch)
{
    if (tensor.dim() == 0 || tensor.is_complex() || tensor.numel() < batch ||
        tensor.numel() / batch > mostClasses)
        return false;
    const auto isLong = [](std::int64_t size) { return size > 1; };
    const auto sizes = tensor.sizes();
    if (tensor.dim() == 1)
        return batch == 1;
    return sizes.front() == batch && std::count_if(sizes.begin() + 1, sizes.end(), isLong) <= 1;
}

bool holdsNumbers(const at::Tensor& tensor)
{
    return tensor.is_floating_point() || tensor.is_quantized();
}

QString wholeNumbers(const at::Tensor& tensor)
{
    if (tensor.numel() != 1)
        return tr("whole numbers of shape %1").arg(shapeOf(tensor));
    return tr("one whole number, %1 (the number of its class?),")
        .arg(tensor.reshape({1}).to(at::kLong).item<std::int64_t>());
}

Result<ScoreRow> rowOf(const at::Tensor& tensor, std::int64_t batch, const QString& model)
{
    if (tensor.is_complex())
        return unusable(model, tr("complex numbers of shape %1").arg(shapeOf(tensor)));
    if (!holdsNumbers(tensor) && tensor.defined())
        return unusable(model, wholeNumbers(tensor));
    if (tensor.numel() / batch > mostClasses)
        return unusable(model, tr("a tensor of shape %1, of more numbers than any classifier has classes,")
                                   .arg(shapeOf(tensor)));
    if (!isOneRow(tensor, batch))
        return unusable(model, tr("a tensor of shape %1").arg(shapeOf(tensor)));
    const at::Tensor plain =
        (tensor.is_quantized() ? tensor.dequantize() : tensor).to(at::kFloat).contiguous();
    const float* first = plain.data_ptr<float>();
    ScoreRow row{{first, first + plain.numel() / batch}};
    if (tensor.dim() > 2)
        row.notice = tr("its scores are taken from an output of shape %1").arg(shapeOf(tensor));
    return row;
}

QString kindOf(const c10::IValue& value)
{
    if (value.isTuple())
        return tr("tuple");
    if (value.isGenericDict())
        return tr("dictionary");
    if (value.isList())
        return tr("list");
    return QString::fromStdString(value.tagKind());
}

struct Part
{
    QString name; ///< "logits", or its position.
    c10::IValue value;
};

std::vector<Part> partsOf(const c10::IValue& output)
{
    std::vector<Part> parts;
    const auto add = [&](const c10::IValue& value) {
        parts.push_back({QString::number(parts.size() + 1), value});
    };
    if (output.isTuple()) {
        for (const c10::IValue& element : output.toTupleRef().elements())
            add(element);
        if (const auto type = output.type()->cast<c10::TupleType>(); type && type->schema())
            for (std::size_t i = 0; i < parts.size() && i < type->schema()->arguments().size(); ++i)
                parts[i].name = QString::fromStdString(type->schema()->arguments()[i].name());
    } else if (output.isGenericDict()) {
        for (const auto& entry : output.toGenericDict())
            parts.push_back(
                {entry.key().isString() ? QString::fromStdString(entry.key().toStringRef()) : u"?"_s,
                 entry.value()});
    } else if (output.isTensorList()) {
        for (const at::Tensor& element : output.toTensorVector())
            add(element);
    } else if (output.isList()) {
        for (const c10::IValue& element : output.toListRef())
            add(element);
    }
    return parts;
}

QString describe(const c10::IValue& output, const std::vector<Part>& parts)
{
    QStringList texts;
    for (const auto& [name, value] : parts)
        texts << (value.isTensor() && value.toTensor().defined() ? shapeOf(value.toTensor()) : kindOf(value));
    return parts.empty() ? tr("a %1").arg(kindOf(output))
                         : tr("a %1 of %2").arg(kindOf(output), texts.join(u", "_s));
}

/// The part of a collection that is meant; none: it cannot be told.
std::optional<Part> meantOf(const std::vector<Part>& parts, std::int64_t batch)
{
    if (parts.size() == 1)
        return parts.front();
    std::optional<Part> fitting;
    for (const Part& part : parts) {
        const bool fits = part.value.isTensor() && part.value.toTensor().defined() &&
                          holdsNumbers(part.value.toTensor()) && isOneRow(part.value.toTensor(), batch) &&
                          part.value.toTensor().numel() > batch;
        if (!fits)
            continue;
        if (part.name == u"logits"_s)
            return part;
        if (fitting)
            fitting->name.clear();
        else
            fitting = part;
    }
    return fitting && fitting->name.isEmpty() ? std::nullopt : fitting;
}

} // namespace

Result<ScoreRow> scoresFrom(const c10::IValue& output, std::int64_t batch, const QString& model)
{
    if (output.isTensor())
        return rowOf(output.toTensor(), batch, model);
    if (output.isInt())
        return unusable(model, tr("one whole number, %1 (the number of its class?),").arg(output.toInt()));
    const std::vector<Part> parts = partsOf(output);
    const auto meant = meantOf(parts, batch);
    if (!meant)
        return unusable(model, describe(output, parts));
    auto row = scoresFrom(meant->value, batch, model);
    if (row)
        row->notice =
            tr("its scores are the part \"%1\" of the %2 that it gives").arg(meant->name, kindOf(output));
    return row;
}

bool areSeveralRows(const c10::IValue& output, std::int64_t batch)
{
    return output.isTensor() && output.toTensor().dim() == 2 && output.toTensor().size(0) > batch &&
           output.toTensor().is_floating_point();
}

} // namespace vitrine::torch_engine
