#include "core/checkpoint/torch_pickle.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"

#include <QHash>
#include <QSet>

namespace vitrine {

namespace {

using Names = std::initializer_list<const char*>;

QHash<QString, TorchElement> torchElements()
{
    QHash<QString, TorchElement> known;
    const auto add = [&](Names names, TorchElement element, const QString& module = u"torch."_s) {
        for (const char* name : names)
            known.insert(module + QLatin1String(name), element);
    };
    add({"FloatStorage", "float32"}, {TensorType::Float32, 4});
    add({"DoubleStorage", "float64"}, {TensorType::Float64, 8});
    add({"HalfStorage", "float16"}, {TensorType::Float16, 2});
    add({"BFloat16Storage", "bfloat16"}, {TensorType::BFloat16, 2});
    add({"ComplexDoubleStorage", "complex128"}, {TensorType::Other, 16});
    add({"LongStorage", "ComplexFloatStorage", "int64", "uint64", "complex64"}, {TensorType::Other, 8});
    add({"IntStorage", "QInt32Storage", "int32", "uint32", "qint32"}, {TensorType::Other, 4});
    add({"ShortStorage", "int16", "uint16"}, {TensorType::Other, 2});
    add({"ByteStorage", "CharStorage", "BoolStorage", "QInt8Storage", "QUInt8Storage", "QUInt4x2Storage",
         "QUInt2x4Storage", "uint8", "int8", "bool", "qint8", "quint8", "float8_e4m3fn", "float8_e5m2"},
        {TensorType::Other, 1});
    add({"UntypedStorage", "_UntypedStorage"}, {TensorType::Other, 1}, u"torch.storage."_s);
    return known;
}

} // namespace

std::optional<TorchElement> torchElement(const QString& global)
{
    static const QHash<QString, TorchElement> elements = torchElements();
    const auto found = elements.constFind(global);
    return found == elements.constEnd() ? std::nullopt : std::optional(*found);
}

bool isHostilePickleGlobal(const QString& name)
{
    static const QSet<QString> modules{u"os"_s,  u"posix"_s,  u"nt"_s,      u"subprocess"_s, u"commands"_s,
                                       u"pty"_s, u"runpy"_s,  u"socket"_s,  u"shutil"_s,     u"ctypes"_s,
                                       u"pip"_s, u"timeit"_s, u"cProfile"_s};
    static const QSet<QString> functions{u"eval"_s,       u"exec"_s, u"execfile"_s, u"compile"_s,
                                         u"__import__"_s, u"open"_s, u"input"_s};
    const QString module = name.section(QLatin1Char('.'), 0, 0);
    const bool isBuiltin = module == u"builtins"_s || module == u"__builtin__"_s;
    return modules.contains(module) || (isBuiltin && functions.contains(name.section(QLatin1Char('.'), 1)));
}

std::optional<StorageReference> storageReference(const Pickle& pickle, PickleId persistentId)
{
    const auto* items = pickle.items(persistentId);
    if (!items || items->size() < 5)
        return std::nullopt;
    const auto* mark = pickle.as<QString>((*items)[0]);
    const auto* type = pickle.as<PickleGlobal>((*items)[1]);
    const auto* key = pickle.as<QString>((*items)[2]);
    const auto* count = pickle.as<qint64>((*items)[4]);
    const std::optional<TorchElement> element = type ? torchElement(type->name) : std::nullopt;
    if (!mark || *mark != u"storage"_s || !element || !key || !count || *count < 0)
        return std::nullopt;
    StorageReference reference{*key, *element, *count, 0};
    const auto* view = items->size() > 5 ? pickle.items((*items)[5]) : nullptr;
    if (view && view->size() == 3) {
        const auto* offset = pickle.as<qint64>((*view)[1]);
        if (!offset || *offset < 0)
            return std::nullopt;
        reference.viewOffset = *offset;
    }
    return reference;
}

Result<Bytes> storageBytes(const StorageReference& reference, Bytes bytes)
{
    qint64 needed = 0;
    if (qMulOverflow(reference.count, qint64(reference.element.size), &needed) ||
        needed > qint64(bytes.size()))
        return Error{ErrorKind::Malformed,
                     tr("the storage %1 is shorter than it should be").arg(reference.key)};
    return bytes.first(std::size_t(needed));
}

Status checkTotal(const std::vector<CheckpointTensor>& tensors, std::size_t available)
{
    const double limit = 16.0 * double(available) + 1e6;
    double total = 0;
    for (const CheckpointTensor& tensor : tensors)
        total += double(tensor.count()) * elementSize(tensor.type);
    if (total > limit)
        return Error{ErrorKind::TooLarge, tr("its tensors claim far more data than the file holds")};
    return Done{};
}

Error savedOnBigEndian()
{
    return Error{ErrorKind::Unsupported,
                 tr("it was saved on a big-endian machine; save it again on this one")};
}

} // namespace vitrine
