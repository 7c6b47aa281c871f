#pragma once

#include "app/commands/interrupts.h"
#include "core/base/result.h"
#include "core/session/thread_chooser.h"

#include <QObject>
#include <QSet>

#include <functional>
#include <optional>

namespace vitrine::cli {

struct ModelOptions;

/// Drives a session from a terminal: waits for its work, shows progress, prints each failure as one line
/// on standard error, and turns Ctrl+C and its like (Interrupts) into cancel(). Work that does not end then,
/// as when a model hangs, is given up after some seconds: what is known by then is reported, and the
/// destructor ends the process.
class SessionRunner : public QObject
{
    Q_OBJECT

public:
    SessionRunner();
    ~SessionRunner() override;

    ComparisonSession& session() { return m_session; }
    const Interrupts& interrupts() const { return m_interrupts; }

    /// Runs the event loop until the session has nothing to do, or was given up.
    void wait();

    /// Does something else on the session's worker, and waits for it. False: it was interrupted; what `work`
    /// touches may still be in use then.
    bool onWorker(const std::function<void(const JobControl&)>& work);

    /// Adds the models and sets, and feeds them as the options say. False: none can be run, or the options
    /// do not fit them.
    bool loadModels(const ModelOptions& options);
    /// False: none of them could be read.
    bool loadImages(const QStringList& paths);
    /// What it finds out is said on standard error.
    ThreadChooser& threads() { return m_threads; }
    /// The id of the variant of this name, or of the baseline if it is empty. None: there is none, which was
    /// said.
    std::optional<QString> variantNamed(const QString& name);
    /// The same, to be measured against.
    bool chooseBaseline(const QString& name);
    /// Prints what went wrong with variants while they were run, and labels that do not fit them.
    void reportVariants();
    /// The end of a command that measures: waits, reportVariants(), and `report`, which prints and writes
    /// what was measured and gives an exit status. Gives that of the command.
    int finish(const std::function<int(const Comparison&)>& report);

    /// Prints a failure and remembers it for status().
    void fail(const Failure& failure);
    /// Interrupts::exitStatus() after Ctrl+C and its like, exitFailed after any failure, else exitDone.
    int status() const;
    bool wasInterrupted() const { return m_interrupts.happened(); }

Q_SIGNALS:
    void gaveUp();

private:
    void tellThreads(const QString& variantId, int threads, const Status& remembered);
    void giveUp();
    bool setInputs(const ModelOptions& options);
    /// Labels that the user states and that do not fit are refused; others are warned of.
    void checkLabels(const VariantResult& result, const Classification& prediction);
    void printNotices(); ///< Those that were not printed yet.

    Interrupts m_interrupts; ///< Before the session, which starts a thread.
    ComparisonSession m_session;
    ThreadChooser m_threads;
    bool m_gaveUp = false;
    QSet<std::pair<QByteArray, QString>> m_noted; ///< A file's SHA-256, and a notice of it.
    bool m_labelsAreStated = false;               ///< By the user, who has not said that they hold anyway.
    bool m_failed = false;
    bool m_wrongUsage = false; ///< Options that do not fit the models.
};

} // namespace vitrine::cli
