// vitrine.json. What was read once is read again when it is written.

#include "core/model/variant_set.h"
#include "tests/fuzz/fuzz_file.h"

#include <QJsonDocument>

using namespace vitrine;
using namespace vitrine::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QString path = inputFile(data, size, manifestName);
    (void)explained(readVariantSet(path));
    const Result<VariantSet> set = readManifest(path);
    if (!explained(set))
        return 0;
    const QByteArray json = QJsonDocument(set->toJson()).toJson();
    inputFile(reinterpret_cast<const std::uint8_t*>(json.constData()), std::size_t(json.size()));
    if (!explained(readManifest(path)))
        std::abort();
    return 0;
}
