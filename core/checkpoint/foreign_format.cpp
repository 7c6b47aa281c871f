#include "core/checkpoint/foreign_format.h"

#include "core/base/tr.h"
#include "core/checkpoint/file_format.h"
#include "core/checkpoint/next_steps.h"
#include "core/checkpoint/protobuf.h"
#include "core/checkpoint/tar_archive.h"
#include "core/image/unread_pictures.h"

#include <algorithm>
#include <string_view>

namespace vitrine {

namespace {

using namespace std::string_view_literals;

/// Told by `magic` at `offset`, or else by `test`.
struct ForeignFormat
{
    const char* name;
    const char* nextStep;
    std::size_t offset;
    std::string_view magic;
    bool (*test)(Bytes) = nullptr;

    bool fits(Bytes bytes) const
    {
        if (test)
            return test(bytes);
        return offset <= bytes.size() && magic.size() <= bytes.size() - offset &&
               std::memcmp(bytes.data() + offset, magic.data(), magic.size()) == 0;
    }
};

/// The first that fits counts: what a magic number tells comes before what is concluded.
constexpr ForeignFormat foreignFormats[]{
    {QT_TRANSLATE_NOOP("vitrine", "a lite model in the flatbuffer format, which is not supported"),
     QT_TRANSLATE_NOOP("vitrine", "save it with _save_for_lite_interpreter(path, _use_flatbuffer=False)"), 4,
     "PTMF"sv},
    {QT_TRANSLATE_NOOP("vitrine", "an ExecuTorch program (.pte)"), openSource, 0, {}, looksLikeExecuTorch},
    {QT_TRANSLATE_NOOP("vitrine", "ExecuTorch's data (.ptd)"), openSource, 4, "FT01"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a TensorFlow Lite model"), wrongFramework, 4, "TFL3"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a model of ONNX Runtime (.ort)"), openSource, 4, "ORTM"sv},
    {QT_TRANSLATE_NOOP("vitrine", "an HDF5 file, as Keras writes them"), wrongFramework, 0, "\x89HDF\r\n"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a GGUF file, a language model"), noClassifier, 0, "GGUF"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a GGML model"), openSource, 0, "lmgg"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a GGML model"), openSource, 0, "tjgg"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a TensorRT engine"), openSource, 0, "ftrt"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a TensorRT engine"), openSource, 0, "ptrt"sv},
    {QT_TRANSLATE_NOOP("vitrine", "an RKNN model"), openSource, 0, "RKNN"sv},
    {QT_TRANSLATE_NOOP("vitrine", "ncnn's weights"), openSource, 0, "\x47\x6B\x30\x01"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a NumPy array (.npy)"), saveStateDict, 0, "\x93NUMPY"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a file packed with xz"), unpack, 0, "\xFD\x37zXZ\0"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a file packed with zstd"), unpack, 0, "\x28\xB5\x2F\xFD"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a file packed with bzip2"), unpack, 0, "BZh"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a file packed with LZ4"), unpack, 0, "\x04\x22\x4D\x18"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a 7z archive"), unpack, 0, "7z\xBC\xAF\x27\x1C"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a RAR archive"), unpack, 0, "Rar!\x1A\x07"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a program, not a model"), noClassifier, 0,
     "\x7F"sv
     "ELF"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a PDF document"), noClassifier, 0, "%PDF-"sv},
    {QT_TRANSLATE_NOOP("vitrine", "an SQLite database"), noClassifier, 0, "SQLite format 3"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a Parquet table"), noClassifier, 0, "PAR1"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a MATLAB file"), wrongFramework, 0, "MATLAB 5.0 MAT"sv},
    {QT_TRANSLATE_NOOP("vitrine", "an OpenVINO model"), openSource, 0, {}, looksLikeOpenVino},
    {QT_TRANSLATE_NOOP("vitrine", "an ncnn model"), openSource, 0, "7767517"sv},
    {QT_TRANSLATE_NOOP("vitrine", "a Keras or TensorFlow.js model"),
     wrongFramework,
     0,
     {},
     looksLikeKerasJson},
    {QT_TRANSLATE_NOOP("vitrine", "a DVC pointer that stands in for the model"),
     QT_TRANSLATE_NOOP("vitrine", "fetch the model itself with \"dvc pull\""),
     0,
     {},
     looksLikeDvcPointer},
    {QT_TRANSLATE_NOOP("vitrine", "a Python pickle, but not one of torch.save"),
     saveStateDict,
     0,
     {},
     looksLikePickle},
    {QT_TRANSLATE_NOOP("vitrine", "an ONNX model"), openSource, 0, {}, looksLikeOnnx},
    {QT_TRANSLATE_NOOP("vitrine", "a TensorFlow SavedModel"), wrongFramework, 0, {}, looksLikeSavedModel},
    {QT_TRANSLATE_NOOP("vitrine", "a CoreML model"), openSource, 0, {}, looksLikeCoreMl},
    {QT_TRANSLATE_NOOP("vitrine", "a Caffe model"), wrongFramework, 0, {}, looksLikeCaffe},
    {QT_TRANSLATE_NOOP("vitrine", "a TensorFlow graph"), wrongFramework, 0, {}, looksLikeTensorFlowGraph},
    {QT_TRANSLATE_NOOP("vitrine", "probably an MNN model (a flatbuffer)"), openSource, 0, {}, looksLikeMnn},
};

} // namespace

std::optional<QString> describeForeignFile(Bytes bytes)
{
    const auto format = std::ranges::find_if(
        foreignFormats, [&](const ForeignFormat& candidate) { return candidate.fits(bytes); });
    if (format != std::end(foreignFormats))
        return tr("this is %1; %2").arg(tr(format->name), tr(format->nextStep));
    if (const QString packed = describePacked(bytes); !packed.isEmpty())
        return packed;
    const Bytes head = bytes.first(std::min<std::size_t>(bytes.size(), 1024));
    if (const QString picture = unreadPictureName(asByteArray(head)); !picture.isEmpty())
        return tr("this is a picture (%1), not a model; to open it as a picture, save it as PNG or JPEG")
            .arg(picture);
    return std::nullopt;
}

} // namespace vitrine
