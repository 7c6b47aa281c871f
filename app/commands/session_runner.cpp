#include "app/commands/session_runner.h"

#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/model_options.h"
#include "app/commands/standard_output.h"
#include "core/base/literals.h"
#include "core/engine/engine_registry.h"
#include "core/model/variant.h"
#include "core/session/task.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

#include <chrono>
#include <cstdlib>

namespace vitrine::cli {

namespace {

using namespace std::chrono_literals;
constexpr std::chrono::milliseconds patience = 3s; ///< With work that was cancelled.

QString progressText(const Progress& progress)
{
    if (progress.total <= 0)
        return progress.step;
    return u"%1  %2 %"_s.arg(progress.step).arg(100 * progress.done / progress.total);
}

QString labelsDoNotFit(const Variant& variant, qsizetype labels, qsizetype classes)
{
    return Cli::tr(
               "%1 tells %2 classes apart, but there are %3 labels. Name the labels that belong to it, or "
               "take these all the same: --labels-anyway.")
        .arg(variant.name)
        .arg(classes)
        .arg(labels);
}

void warnOfLabels(const Variant& variant, const Classification& classification)
{
    const auto classes = static_cast<qsizetype>(classification.logits.size());
    if (!variant.labels.isEmpty() && variant.labels.size() != classes)
        printError(Cli::tr("warning: %1 tells %2 classes apart, but there are %3 labels; names may be "
                           "wrong or missing.")
                       .arg(variant.path)
                       .arg(classes)
                       .arg(variant.labels.size()));
}

} // namespace

SessionRunner::SessionRunner()
    : m_session(EngineRegistry::installed(), {QCoreApplication::applicationFilePath()}), m_threads(m_session)
{
    m_session.setHost({QCoreApplication::applicationFilePath()});
    const auto failedFile = [this](const QString&, const Error& error) { fail(error); };
    connect(&m_session, &ComparisonSession::fileRefused, this, failedFile);
    connect(&m_session, &ComparisonSession::describeFailed, this, failedFile);
    connect(&m_session, &ComparisonSession::failed, this, [this](const Error& error) { fail(error); });
    connect(&m_session, &ComparisonSession::progressed, this,
            [](const Progress& progress) { showProgressLine(progressText(progress)); });
    connect(&m_threads, &ThreadChooser::foundOut, this, &SessionRunner::tellThreads);
    connect(&m_interrupts, &Interrupts::interrupted, &m_session, &ComparisonSession::cancel);
    connect(&m_interrupts, &Interrupts::interrupted, this,
            [this] { QTimer::singleShot(patience, this, &SessionRunner::giveUp); });
}

void SessionRunner::tellThreads(const QString& variantId, int threads, const Status& remembered)
{
    const Comparison now = *m_session.snapshot();
    const VariantResult* variant = now.variant(variantId);
    const QString memory = remembered
                               ? Cli::tr("That is remembered.")
                               : Cli::tr("That cannot be remembered: %1").arg(remembered.error().message);
    if (variant != nullptr)
        printErr(Cli::tr("%1 is fastest on this number of threads: %2. %3")
                     .arg(variant->variant.name, QString::number(threads), memory));
}

SessionRunner::~SessionRunner()
{
    if (!m_session.stop(m_gaveUp ? 0ms : patience))
        std::_Exit(statusAfterOutput(status()));
}

void SessionRunner::giveUp()
{
    if (!m_session.isBusy())
        return;
    m_gaveUp = true;
    printError(Cli::tr("what runs does not stop; it is given up."));
    Q_EMIT gaveUp();
}

void SessionRunner::wait()
{
    while (m_session.isBusy() && !m_gaveUp) {
        QEventLoop loop;
        connect(this, &SessionRunner::gaveUp, &loop, &QEventLoop::quit);
        connect(&m_session, &ComparisonSession::busyChanged, &loop, [&loop](bool busy) {
            if (!busy)
                loop.quit();
        });
        loop.exec();
    }
    clearProgressLine();
}

bool SessionRunner::onWorker(const std::function<void(const JobControl&)>& work)
{
    m_session.perform(Activity::Describing, [work](SessionState&) -> vitrine::Task {
        return [work](const TaskContext& context) { work(context.control); };
    });
    wait();
    return !wasInterrupted();
}

bool SessionRunner::loadModels(const ModelOptions& options)
{
    m_session.setRunSettings(options.settings);
    m_session.setHost(options.host);
    if (!options.set.isEmpty())
        m_session.addVariantSet(options.set);
    if (!options.models.isEmpty())
        m_session.addModels(options.models, options.deit);
    wait();
    if (options.triesAgain)
        for (const Comparison now = *m_session.snapshot(); const VariantResult& result : now.variants)
            m_session.tryAgain(result.id);
    if (options.engines.size() > 1)
        for (const Comparison now = *m_session.snapshot(); const VariantResult& result : now.variants)
            m_session.setVariantEngines(result.id, options.engines);
    printNotices();
    return !m_session.snapshot()->variants.empty() && setInputs(options) && !wasInterrupted();
}

bool SessionRunner::setInputs(const ModelOptions& options)
{
    std::optional<Labels> labels;
    if (!options.labelsFile.isEmpty()) {
        auto read = readLabels(options.labelsFile);
        if (!read) {
            fail(read.error());
            return false;
        }
        labels = std::move(*read);
        m_labelsAreStated = !options.labelsAnyway;
    }
    if (!labels && options.preprocess.isEmpty())
        return true;
    for (const Comparison now = *m_session.snapshot(); const VariantResult& result : now.variants) {
        const Variant& variant = result.variant;
        const auto preprocessing = Preprocessing::parse(options.preprocess, variant.preprocessing);
        if (!preprocessing) {
            printError(preprocessing.error());
            m_wrongUsage = true;
            return false;
        }
        if (labels && m_labelsAreStated && variant.classes > 0 && labels->size() != variant.classes) {
            printError(labelsDoNotFit(variant, labels->size(), variant.classes));
            m_wrongUsage = true;
            return false;
        }
        m_session.setVariantInput(result.id, *preprocessing, labels.value_or(statedLabels(variant)));
    }
    wait();
    return true;
}

bool SessionRunner::loadImages(const QStringList& paths)
{
    m_session.addImages(paths);
    wait();
    const Comparison loaded = *m_session.snapshot();
    for (const ImageResult& entry : loaded.images)
        if (!entry.source->warning.isEmpty())
            printError(Cli::tr("warning: %1: %2").arg(entry.path, entry.source->warning));
    return !loaded.images.empty() && !wasInterrupted();
}

std::optional<QString> SessionRunner::variantNamed(const QString& name)
{
    const Comparison loaded = *m_session.snapshot();
    const VariantResult* baseline = loaded.baseline();
    if (name.isEmpty() && baseline)
        return baseline->id;
    QStringList names;
    for (const VariantResult& result : loaded.variants) {
        if (result.variant.name == name)
            return result.id;
        names << result.variant.name;
    }
    printError(Cli::tr("There is no variant \"%1\" here. There is: %2.").arg(name, names.join(u", "_s)));
    m_wrongUsage = true;
    return std::nullopt;
}

bool SessionRunner::chooseBaseline(const QString& name)
{
    const auto id = variantNamed(name);
    if (id && !name.isEmpty())
        m_session.setBaseline(*id);
    return id.has_value();
}

void SessionRunner::reportVariants()
{
    printNotices();
    const Comparison comparison = *m_session.snapshot();
    for (const VariantResult& result : comparison.variants) {
        if (result.error)
            fail(*result.error);
        else if (result.freshProcess->error)
            fail(*result.freshProcess->error);
        for (const ImageResult& image : comparison.images)
            if (const Classification* prediction = result.prediction(image)) {
                checkLabels(result, *prediction);
                break;
            }
    }
}

void SessionRunner::checkLabels(const VariantResult& result, const Classification& prediction)
{
    const auto classes = std::ssize(prediction.logits);
    const auto labels = result.variant.labels.size();
    if (!m_labelsAreStated || labels == 0 || labels == classes)
        return warnOfLabels(result.variant, prediction);
    fail(Error{ErrorKind::Incompatible, labelsDoNotFit(result.variant, labels, classes)});
    m_session.setVariantLabels(result.id, {});
}

void SessionRunner::printNotices()
{
    const Comparison now = *m_session.snapshot();
    for (const VariantResult& result : now.variants)
        for (const QString& notice : result.variant.notices + result.notices) {
            const QByteArray& sha256 = result.variant.sha256;
            if (!m_noted.contains({sha256, notice}))
                cli::printNotices(result.variant.name, {notice});
            m_noted.insert({sha256, notice});
        }
}

int SessionRunner::finish(const std::function<int(const Comparison&)>& report)
{
    wait();
    reportVariants();
    const int written = report(*m_session.snapshot());
    return status() == exitDone ? written : status();
}

void SessionRunner::fail(const Failure& failure)
{
    m_failed = printFailure(failure) == exitFailed || m_failed;
}

int SessionRunner::status() const
{
    if (wasInterrupted())
        return m_interrupts.exitStatus();
    if (m_wrongUsage)
        return exitWrongUsage;
    return m_failed ? exitFailed : exitDone;
}

} // namespace vitrine::cli
