#pragma once

#include <QStringList>

namespace vitrine {

/// While it lives, what Qt's decoders and libtiff say on this thread is kept instead of printed. What other
/// threads say goes where it went before. Any number of threads; not one inside another on one thread.
class DecoderMessages
{
public:
    DecoderMessages();
    ~DecoderMessages();
    DecoderMessages(const DecoderMessages&) = delete;
    DecoderMessages& operator=(const DecoderMessages&) = delete;

    /// Each line once, ten at most.
    const QStringList& lines() const { return m_lines; }
    void add(const QString& line);

private:
    QStringList m_lines;
};

} // namespace vitrine
