#pragma once

#include "core/checkpoint/byte_reader.h"

#include <QString>

#include <optional>
#include <vector>

namespace vitrine {

/// A file within an archive.
struct ArchiveMember
{
    QString name;
    qint64 bytes = 0;
};

/// The files of a tar archive, up to 10,000 and up to where it is damaged or cut off.
std::vector<ArchiveMember> tarMembers(Bytes bytes);

/// A tar archive whose files are none that PyTorch's first releases wrote (looksLikeTar()).
bool looksLikeOrdinaryTar(Bytes bytes);

/// The first 64 kB of what a gzip file holds; empty when that is damaged.
QByteArray gunzippedHead(Bytes bytes);

/// " (it holds "model.pth" and others)": the largest. Empty for no members.
QString whichHolds(const std::vector<ArchiveMember>& members);

} // namespace vitrine
