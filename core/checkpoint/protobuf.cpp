#include "core/checkpoint/protobuf.h"

#include "core/checkpoint/excerpt.h"

#include <algorithm>
#include <vector>

namespace vitrine {

namespace {

enum class Wire { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

struct ProtoField
{
    quint64 number = 0;
    Wire wire = Wire::Varint;
    quint64 value = 0; ///< Of a varint.
    Bytes content;     ///< Of Wire::Bytes; shorter than stated where the file ends.
};

std::optional<quint64> varint(ByteReader& reader)
{
    quint64 value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const auto byte = reader.number<quint8>();
        if (!byte)
            return std::nullopt;
        value |= quint64(*byte & 0x7F) << shift;
        if (*byte < 0x80)
            return value;
    }
    return std::nullopt;
}

std::optional<ProtoField> nextField(ByteReader& reader)
{
    const auto tag = varint(reader);
    if (!tag || *tag >> 3 == 0 || *tag >> 3 >= 1 << 29)
        return std::nullopt;
    ProtoField field{*tag >> 3, Wire(*tag & 7), 0, {}};
    std::optional<quint64> value;
    switch (field.wire) {
    case Wire::Varint:
        value = varint(reader);
        break;
    case Wire::Fixed64:
        value = reader.number<quint64>();
        break;
    case Wire::Fixed32:
        value = reader.number<quint32>();
        break;
    case Wire::Bytes:
        value = varint(reader);
        if (value)
            field.content = *reader.take(std::size_t(std::min<quint64>(*value, reader.remaining())));
        break;
    }
    if (!value)
        return std::nullopt;
    field.value = *value;
    return field;
}

/// The first fields of a message, up to what is none.
std::vector<ProtoField> fields(Bytes message)
{
    constexpr std::size_t enough = 64;
    std::vector<ProtoField> found;
    ByteReader reader(message);
    while (reader.remaining() > 0 && found.size() < enough) {
        const std::optional<ProtoField> field = nextField(reader);
        if (!field)
            break;
        found.push_back(*field);
    }
    return found;
}

const ProtoField* find(const std::vector<ProtoField>& fields, quint64 number, Wire wire = Wire::Bytes)
{
    const auto found = std::ranges::find_if(
        fields, [&](const ProtoField& field) { return field.number == number && field.wire == wire; });
    return found == fields.end() ? nullptr : &*found;
}

/// The content of a message's field, empty when there is none.
Bytes contentOf(Bytes message, quint64 number)
{
    const std::vector<ProtoField> all = fields(message);
    const ProtoField* field = find(all, number);
    return field ? field->content : Bytes();
}

bool holdsText(Bytes bytes)
{
    return !bytes.empty() && looksLikeText(bytes.first(std::min<std::size_t>(bytes.size(), 256)));
}

/// {1: name, 2: operator}
bool looksLikeGraphNode(Bytes node)
{
    return holdsText(contentOf(node, 1)) && holdsText(contentOf(node, 2));
}

/// Of onnx.proto's ModelProto.
bool isOnnxField(const ProtoField& field)
{
    switch (field.number) {
    case 1: // ir_version
        return field.wire == Wire::Varint && field.value < 1000;
    case 5: // model_version
        return field.wire == Wire::Varint;
    case 2: // producer_name, producer_version, domain, doc_string
    case 3:
    case 4:
    case 6:
        return field.wire == Wire::Bytes && (field.content.empty() || holdsText(field.content));
    case 7:  // graph
    case 8:  // opset_import
    case 14: // metadata_props
    case 20: // training_info
    case 25: // functions
    case 26: // configuration
        return field.wire == Wire::Bytes;
    default:
        return false;
    }
}

} // namespace

bool looksLikeOnnx(Bytes bytes)
{
    const std::vector<ProtoField> all = fields(bytes);
    return all.size() >= 2 && std::ranges::all_of(all, isOnnxField) &&
           (find(all, 1, Wire::Varint) || find(all, 8)) && (find(all, 7) || find(all, 8));
}

bool looksLikeCoreMl(Bytes bytes)
{
    // {1: version, 2: {1: {1: name of an input}}} and the kind of model, numbered from 200 on.
    const std::vector<ProtoField> all = fields(bytes);
    const ProtoField* version = find(all, 1, Wire::Varint);
    const ProtoField* description = find(all, 2);
    return version && version->value < 1000 && description && !looksLikeSavedModel(bytes) &&
           (holdsText(contentOf(contentOf(description->content, 1), 1)) ||
            std::ranges::any_of(all, [](const ProtoField& field) {
                return field.number >= 200 && field.number < 4000 && field.wire == Wire::Bytes;
            }));
}

bool looksLikeTensorFlowGraph(Bytes bytes)
{
    // A GraphDef, {1: node}, or a MetaGraphDef around it, {2: graph}.
    return looksLikeGraphNode(contentOf(bytes, 1)) || looksLikeGraphNode(contentOf(contentOf(bytes, 2), 1));
}

bool looksLikeSavedModel(Bytes bytes)
{
    // {1: version, 2: {2: {1: node}}}, and {1: {4: "serve"}} in the latter.
    const std::vector<ProtoField> all = fields(bytes);
    const ProtoField* version = find(all, 1, Wire::Varint);
    const ProtoField* graph = version && version->value == 1 ? find(all, 2) : nullptr;
    return graph && (holdsText(contentOf(contentOf(graph->content, 1), 4)) ||
                     looksLikeGraphNode(contentOf(contentOf(graph->content, 2), 1)));
}

bool looksLikeCaffe(Bytes bytes)
{
    // {1: name, 100: layer}, or 2 for layers of the first version.
    const std::vector<ProtoField> all = fields(bytes);
    const ProtoField* name = find(all, 1);
    return name && holdsText(name->content) && find(all, 100);
}

} // namespace vitrine
