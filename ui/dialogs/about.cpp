#include "ui/dialogs/about.h"

#include "core/base/tr.h"
#include "core/base/version.h"
#include "core/measure/machine_stamp.h"

#include <QMessageBox>

namespace vitrine {

void showAbout(QWidget* parent, const MachineStamp& stamp)
{
    const QString engine =
        stamp.engineName.isEmpty() ? tr("not loaded yet") : stamp.engines().join(QLatin1String(", "));
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Vitrine"), {}, QMessageBox::Close, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setText(
        tr("<h3>Vitrine %1</h3><p>Compares the variants of a vision transformer: what they see, how "
           "large they are and how fast.</p><p>Engine: %2<br>Qt %3</p><p>Free software under the GNU "
           "General Public License, version 3 or later.</p>")
            .arg(version(), engine.toHtmlEscaped(), QString::fromLatin1(qVersion())));
    box->open();
}

} // namespace vitrine
