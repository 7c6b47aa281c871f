#pragma once

class QWidget;

namespace vitrine {

struct MachineStamp;

/// Shows versions and licence; does not wait for an answer.
void showAbout(QWidget* parent, const MachineStamp& stamp);

} // namespace vitrine
