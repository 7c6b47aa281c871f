#pragma once

#include "core/base/result.h"
#include "core/checkpoint/identify.h"
#include "core/checkpoint/script_contents.h"
#include "core/model/variant.h"

#include <QObject>

namespace vitrine {

/// What a session tells beyond "something changed", for somebody to decide on. Edits emit these, on the
/// session's thread. The session listens too: they are not to be blocked.
class SessionEvents : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    void fileRefused(const QString& path, const vitrine::Error& error);
    /// A checkpoint (also added as an original) or a script whose variants could be built.
    void buildOffered(const QString& path);
    /// `build`: its number. The set's folder, or why there is none. Cancelled also where it was forgotten
    /// while it waited.
    void buildEnded(quint64 build, const vitrine::Result<QString>& folder);
    /// Of a checkpoint, `contents` has the number of its weights alone.
    void described(const QString& path, const vitrine::FileIdentity& identity,
                   const vitrine::ScriptContents& contents);
    void describeFailed(const QString& path, const vitrine::Error& error);
    /// As vitrine::readInput() says; labels are ImageNet's where those would be taken.
    void inputRead(const QString& path, const vitrine::Result<vitrine::Variant>& input);
    void threadsCalibrated(const QString& variantId, int threads);
    /// The rounds have ended. Why is in the snapshot: BenchmarkFacts::stopped.
    void benchmarkFinished(bool cancelled);
    void profileFinished(bool cancelled);
    /// Something that concerns no single file: the engine does not load, say.
    void failed(const vitrine::Error& error);
};

} // namespace vitrine
