#include "core/base/literals.h"
#include "core/checkpoint/pickle.h"

#include <QSet>

namespace vitrine {

namespace {

QSet<QString> tensorGlobals()
{
    QSet<QString> names;
    for (const char* function :
         {"_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_tensor_v3", "_rebuild_parameter"})
        names.insert(u"torch._utils."_s + QLatin1String(function));
    for (const char* type :
         {"Double", "Float", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool",
          "ComplexDouble", "ComplexFloat", "QInt8", "QUInt8", "QInt32", "QUInt4x2", "QUInt2x4"})
        names.insert(u"torch.%1Storage"_s.arg(QLatin1String(type)));
    for (const char* type : {"UntypedStorage", "TypedStorage", "_UntypedStorage", "_TypedStorage"})
        names.insert(u"torch.storage."_s + QLatin1String(type));
    for (const char* type :
         {"float64", "float32", "float16",       "bfloat16",    "int64", "int32",  "int16",  "int8",
          "uint8",   "bool",    "complex64",     "complex128",  "qint8", "quint8", "qint32", "uint16",
          "uint32",  "uint64",  "float8_e4m3fn", "float8_e5m2", "Size",  "device", "dtype"})
        names.insert(u"torch."_s + QLatin1String(type));
    return names;
}

/// What training scripts keep beside the weights. Read over, never looked at.
QSet<QString> opaqueGlobals()
{
    QSet<QString> names;
    for (const char* name :
         {"argparse.Namespace", "collections.OrderedDict", "collections.defaultdict", "collections.Counter",
          "_codecs.encode", "pathlib.Path", "pathlib.PosixPath", "pathlib.PurePosixPath",
          "pathlib.WindowsPath", "pathlib.PureWindowsPath", "numpy.dtype", "numpy.ndarray",
          "numpy.core.multiarray.scalar", "numpy.core.multiarray._reconstruct",
          "numpy._core.multiarray.scalar", "numpy._core.multiarray._reconstruct"})
        names.insert(QLatin1String(name));
    for (const char* module : {"builtins", "__builtin__"})
        for (const char* name : {"set", "frozenset", "list", "dict", "tuple", "int", "float", "bool", "str",
                                 "bytes", "bytearray", "complex", "slice", "range"})
            names.insert(QLatin1String(module) + QLatin1Char('.') + QLatin1String(name));
    return names;
}

} // namespace

bool isKnownPickleGlobal(const QString& name)
{
    static const QSet<QString> known = tensorGlobals().unite(opaqueGlobals());
    return known.contains(name);
}

} // namespace vitrine
