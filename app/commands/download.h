#pragma once

#include "core/fetch/downloader.h"

namespace vitrine::cli {

struct Downloaded
{
    QString path;
    bool wasThere = false; ///< Nothing had to be downloaded.
};

/// Downloads in the terminal: says from where to where, shows progress, and says what is kept after Ctrl+C.
Result<Downloaded> download(const DownloadRequest& request);

} // namespace vitrine::cli
