#pragma once

#include <QStringList>

class QWidget;

namespace vitrine {

class AppSettings;

/// Ask the user for files, starting in the folder that was used last; empty when nothing was chosen.
QStringList askForImages(QWidget* parent, AppSettings& settings);
QStringList askForModels(QWidget* parent, AppSettings& settings);
QString askForVariantSet(QWidget* parent, AppSettings& settings);

} // namespace vitrine
