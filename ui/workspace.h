#pragma once

#include "core/compare/comparison.h"

#include <QWidget>

class QSplitter;

namespace vitrine {

class AppSettings;
class ComparisonSession;
class ImageStrip;
class PicturePanel;
class ResultsPanel;
class VariantList;

/// What stands between tool bar and status line: images at the left, the picture and the variants in the
/// middle, results at the right.
class Workspace : public QWidget
{
    Q_OBJECT

public:
    explicit Workspace(ComparisonSession& session, QWidget* parent = nullptr);

    void setComparison(const Comparison& comparison);
    void restore(const AppSettings& settings);
    void save(AppSettings& settings) const;

    ImageStrip* images() const { return m_images; }
    PicturePanel* picture() const { return m_picture; }
    VariantList* variants() const { return m_variants; }
    ResultsPanel* results() const { return m_results; }

private:
    QSplitter* m_columns;
    QSplitter* m_middle;
    ImageStrip* m_images;
    PicturePanel* m_picture;
    VariantList* m_variants;
    ResultsPanel* m_results;
};

} // namespace vitrine
