#include "core/image/decoder_messages.h"

#include "core/base/literals.h"

#include <qlogging.h>

#include <array>
#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <mutex>

#include <dlfcn.h>

namespace vitrine {

namespace {

thread_local DecoderMessages* t_listener = nullptr;

std::mutex g_decodersMutex; ///< Of what follows, but for the two atomics.
int g_decoders = 0;
std::atomic<QtMessageHandler> g_elsewhere = nullptr;

void hearQt(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    if (t_listener != nullptr && type != QtFatalMsg)
        t_listener->add(message);
    else if (const QtMessageHandler elsewhere = g_elsewhere)
        elsewhere(type, context, message);
}

using TiffHandler = void (*)(const char* module, const char* format, va_list arguments);
using SetTiffHandler = TiffHandler (*)(TiffHandler);

std::atomic<TiffHandler> g_tiffErrors = nullptr;
std::atomic<TiffHandler> g_tiffWarnings = nullptr;

void hearTiff(TiffHandler elsewhere, const char* module, const char* format, va_list arguments)
{
    if (t_listener == nullptr) {
        if (elsewhere != nullptr)
            elsewhere(module, format, arguments);
        return;
    }
    std::array<char, 512> line{};
    if (std::vsnprintf(line.data(), line.size(), format, arguments) > 0)
        t_listener->add(u"libtiff: "_s + QString::fromLocal8Bit(line.data()));
}

void hearTiffError(const char* module, const char* format, va_list arguments)
{
    hearTiff(g_tiffErrors, module, format, arguments);
}

void hearTiffWarning(const char* module, const char* format, va_list arguments)
{
    hearTiff(g_tiffWarnings, module, format, arguments);
}

/// Qt's plugin lets libtiff print by itself (newer ones do not). The library is not linked by Vitrine: it is
/// asked only where Qt has loaded it.
void listenToTiff()
{
    static bool listening = false;
    for (const char* name : {"libtiff.so.6", "libtiff.so.5"}) {
        void* library = listening ? nullptr : ::dlopen(name, RTLD_LAZY | RTLD_NOLOAD);
        if (library == nullptr)
            continue;
        const auto setErrors = reinterpret_cast<SetTiffHandler>(::dlsym(library, "TIFFSetErrorHandler"));
        const auto setWarnings = reinterpret_cast<SetTiffHandler>(::dlsym(library, "TIFFSetWarningHandler"));
        if (setErrors != nullptr && setWarnings != nullptr) {
            g_tiffErrors = setErrors(hearTiffError);
            g_tiffWarnings = setWarnings(hearTiffWarning);
            listening = true;
        }
    }
}

} // namespace

DecoderMessages::DecoderMessages()
{
    const std::lock_guard lock(g_decodersMutex);
    if (g_decoders++ == 0)
        g_elsewhere = qInstallMessageHandler(hearQt);
    listenToTiff();
    t_listener = this;
}

DecoderMessages::~DecoderMessages()
{
    const std::lock_guard lock(g_decodersMutex);
    t_listener = nullptr;
    if (--g_decoders == 0)
        qInstallMessageHandler(g_elsewhere);
}

void DecoderMessages::add(const QString& line)
{
    constexpr int maximumLines = 10;
    const QString simple = line.simplified();
    if (m_lines.size() < maximumLines && !m_lines.contains(simple))
        m_lines.append(simple);
}

} // namespace vitrine
