#include "core/fetch/fetch_places.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QDir>
#include <QStandardPaths>

namespace vitrine {

QString defaultBaseUrl()
{
    const QString ofEnvironment = qEnvironmentVariable("VITRINE_CHECKPOINT_URL");
    return ofEnvironment.isEmpty() ? QString::fromLatin1(officialBaseUrl) : ofEnvironment;
}

Result<QUrl> parseBaseUrl(const QString& text)
{
    QUrl url(text.trimmed(), QUrl::StrictMode);
    const bool isHttp = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || !isHttp || url.host().isEmpty() || url.hasQuery() || url.hasFragment())
        return Error{ErrorKind::Usage, tr("\"%1\" is no address to download from: it must be like %2.")
                                           .arg(text.trimmed(), QLatin1String(officialBaseUrl))};
    if (!url.path().endsWith(QLatin1Char('/')))
        url.setPath(url.path() + QLatin1Char('/'));
    return url;
}

QString defaultModelsFolder()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)).filePath(u"models"_s);
}

} // namespace vitrine
