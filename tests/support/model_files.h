#pragma once

#include "core/model/variant_set.h"

#include <QString>

namespace vitrine::test {

/// A variant set of files that only the FakeEngine can load. The names are those of the kinds; `salt`
/// makes the files' contents differ from another set's. Returns the folder.
QString writeVariantSet(const QString& folder, const std::vector<VariantKind>& kinds,
                        const QByteArray& salt = {});

/// The smallest archive that is told to be TorchScript; its forward takes these `arguments` and runs `line`
/// first. Returns the path.
QString writeScript(const QString& path, const QByteArray& arguments = "x: Tensor",
                    const QByteArray& line = "pass");
/// The same with a marker of the mobile interpreter. Returns the path.
QString writeLiteArchive(const QString& path);

/// A checkpoint of a DeiT of 32 pixels, one block and three classes, all zero. Returns the path.
QString writeTinyDeit(const QString& path);

/// Two of them in one file: "model", and "teacher" that tells five classes apart. Returns the path.
QString writeTwoDeits(const QString& path);

/// A PNG of one colour. Returns the path.
QString writeImage(const QString& path, Qt::GlobalColor color = Qt::red);

} // namespace vitrine::test
