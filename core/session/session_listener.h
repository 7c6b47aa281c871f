#pragma once

#include "core/base/result.h"
#include "core/checkpoint/identify.h"
#include "core/engine/engine.h"

namespace vitrine {

/// What edits tell beyond "something changed", for somebody to decide on. The session's thread.
class SessionListener
{
public:
    virtual ~SessionListener() = default;

    virtual void fileRefused(const QString& path, const Error& error) = 0;
    virtual void buildOffered(const QString& path) = 0;
    /// `build`: its number. The value is the set's folder.
    virtual void buildEnded(quint64 build, const Result<QString>& folder) = 0;
    virtual void described(const QString& path, const FileIdentity& identity,
                           const ModelDescription& description) = 0;
    virtual void describeFailed(const QString& path, const Error& error) = 0;
    virtual void threadsCalibrated(const QString& variantId, int threads) = 0;
    virtual void benchmarkFinished(bool cancelled) = 0;
    virtual void profileFinished(bool cancelled) = 0;
    virtual void failed(const Error& error) = 0;
};

} // namespace vitrine
