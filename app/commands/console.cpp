#include "app/commands/console.h"

#include "app/commands/command.h"
#include "app/commands/standard_output.h"
#include "core/base/literals.h"
#include "core/base/shown_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace vitrine::cli {

namespace {

bool g_progressLineShown = false;

QByteArray lines(const QString& text)
{
    return (text.endsWith(u'\n') ? text : text + u'\n').toUtf8();
}

} // namespace

void printOut(const QString& text)
{
    clearProgressLine();
    writeStandardOutput(lines(shownText(text)));
}

void printJson(const QJsonValue& json)
{
    const QJsonDocument document =
        json.isArray() ? QJsonDocument(json.toArray()) : QJsonDocument(json.toObject());
    printOut(shownJson(QString::fromUtf8(document.toJson())));
}

void printErr(const QString& line)
{
    clearProgressLine();
    std::fputs(lines(shownText(line)).constData(), stderr);
    std::fflush(stderr);
}

void printError(const QString& message)
{
    printErr(u"vitrine: "_s + message.simplified());
}

void printNotices(const QString& name, const QStringList& notices)
{
    for (const QString& notice : notices)
        printError(Cli::tr("note: %1: %2.").arg(name, notice));
}

void printError(const Error& error)
{
    printError(error.message);
}

int printFailure(const Failure& failure)
{
    const auto* error = std::get_if<Error>(&failure);
    if (!error)
        return exitInterrupted;
    printError(*error);
    return exitFailed;
}

void showProgressLine(const QString& text)
{
    if (isatty(STDERR_FILENO) == 0)
        return;
    std::fprintf(stderr, "\r\033[K%s", qUtf8Printable(shownText(text, LineBreaks::Shown).left(78)));
    std::fflush(stderr);
    g_progressLineShown = true;
}

void clearProgressLine()
{
    if (!g_progressLineShown)
        return;
    std::fputs("\r\033[K", stderr);
    std::fflush(stderr);
    g_progressLineShown = false;
}

QString bytesText(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString percentText(double share)
{
    return QString::number(100 * share, 'f', 2) + u" %"_s;
}

QString textTable(std::vector<QStringList> rows, const QString& alignment)
{
    for (QStringList& row : rows)
        for (QString& cell : row)
            cell = shownText(cell, LineBreaks::Shown);
    QList<qsizetype> widths(alignment.size());
    for (const QStringList& row : rows)
        for (qsizetype column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], row[column].size());
    QStringList lines;
    for (const QStringList& row : rows) {
        QString line;
        for (qsizetype column = 0; column < row.size(); ++column) {
            const bool isRight = alignment[column] == u'r';
            line += isRight ? row[column].rightJustified(widths[column])
                            : row[column].leftJustified(widths[column]);
            line += u"  "_s;
        }
        while (line.endsWith(u' '))
            line.chop(1);
        lines << line;
    }
    return lines.join(u'\n');
}

} // namespace vitrine::cli
