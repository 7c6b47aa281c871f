#pragma once

#include "core/checkpoint/pickle.h"
#include "core/checkpoint/script_contents.h"
#include "core/checkpoint/zip_archive.h"

namespace vitrine {

/// The shapes of an archive's weights: floating point and quantized tensors.
class ScriptWeights
{
public:
    /// Takes in the tensors of a pickle, each once, in the order in which it names them. A tensor that
    /// reaches beyond its storage, a storage that is longer than what the archive has of it, or values that
    /// are nested so deeply that LibTorch would crash, are an error, which does not name the file.
    /// Their storages lie in `folder` of the archive: "data/".
    Status add(const Pickle& pickle, const ZipArchive& archive, const QString& folder);

    qint64 count() const { return m_count; } ///< Number of elements.
    /// In the order in which the pickles name them.
    const std::vector<std::vector<qint64>>& shapes() const { return m_shapes; }

private:
    std::vector<std::vector<qint64>> m_shapes;
    qint64 m_count = 0;
};

} // namespace vitrine
