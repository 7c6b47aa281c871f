#include "core/image/decoder_messages.h"

#include <qlogging.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <mutex>
#include <utility>

#include <unistd.h>

namespace vitrine {

namespace {

thread_local DecoderMessages* t_listener = nullptr;

std::mutex g_decodersMutex; ///< Of what follows, but for the atomic.
int g_decoders = 0;
std::atomic<QtMessageHandler> g_elsewhere = nullptr;

void hearQt(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    if (t_listener != nullptr && type != QtFatalMsg)
        t_listener->addLine(message);
    else if (const QtMessageHandler elsewhere = g_elsewhere)
        elsewhere(type, context, message);
}

/// What is written to the C library's standard error while somebody decodes: libpng and libtiff print by
/// themselves.
ssize_t hearStandardError(void*, const char* text, size_t bytes)
{
    if (t_listener != nullptr)
        t_listener->add(QString::fromLocal8Bit(text, static_cast<qsizetype>(bytes)));
    else if (const ssize_t written = ::write(STDERR_FILENO, text, bytes); written >= 0)
        return written;
    return static_cast<ssize_t>(bytes);
}

/// Never closed: another thread may still be writing to it.
FILE* listeningStream()
{
    static FILE* const stream = [] {
        FILE* made = ::fopencookie(nullptr, "w", {nullptr, hearStandardError, nullptr, nullptr});
        if (made != nullptr)
            std::setvbuf(made, nullptr, _IONBF, 0);
        return made;
    }();
    return stream;
}

FILE* g_standardError = nullptr; ///< While somebody decodes, what it was; else null.

void startListening()
{
    g_elsewhere = qInstallMessageHandler(hearQt);
    if (FILE* const stream = listeningStream()) {
        g_standardError = stderr;
        stderr = stream;
    }
}

void stopListening()
{
    qInstallMessageHandler(g_elsewhere);
    if (g_standardError != nullptr)
        stderr = std::exchange(g_standardError, nullptr);
}

} // namespace

DecoderMessages::DecoderMessages()
{
    const std::lock_guard lock(g_decodersMutex);
    if (g_decoders++ == 0)
        startListening();
    t_listener = this;
}

DecoderMessages::~DecoderMessages()
{
    const std::lock_guard lock(g_decodersMutex);
    t_listener = nullptr;
    if (--g_decoders == 0)
        stopListening();
}

void DecoderMessages::add(const QString& text)
{
    constexpr qsizetype maximumLength = 2000;
    m_text += text.first(std::min(text.size(), maximumLength - std::min(maximumLength, m_text.size())));
}

void DecoderMessages::addLine(const QString& line)
{
    add(line + u'\n');
}

QStringList DecoderMessages::lines() const
{
    QStringList lines;
    for (const QString& line : m_text.split(u'\n', Qt::SkipEmptyParts))
        lines.append(line.simplified());
    lines.removeDuplicates();
    return lines;
}

} // namespace vitrine
