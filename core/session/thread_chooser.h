#pragma once

#include "core/session/comparison_session.h"

namespace vitrine {

/// Has a session run on as many threads as its baseline is fastest on. What a calibration finds out is
/// remembered (see ThreadMemory), whoever asked for it. Lives on the session's thread.
class ThreadChooser : public QObject
{
    Q_OBJECT

public:
    explicit ThreadChooser(ComparisonSession& session, QObject* parent = nullptr);

    /// What is asked of the session next runs on as many: remembered, or else calibrated first. Without an
    /// enabled variant nothing happens.
    void choose();

private:
    void remember(const QString& variantId, int threads) const;

    ComparisonSession& m_session;
};

} // namespace vitrine
