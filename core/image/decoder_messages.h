#pragma once

#include <QStringList>

namespace vitrine {

/// While it lives, what Qt's decoders and the libraries below them say on this thread is kept instead of
/// printed. What other threads say goes where it went before. Any number of threads; not one inside another
/// on one thread.
class DecoderMessages
{
public:
    DecoderMessages();
    ~DecoderMessages();
    DecoderMessages(const DecoderMessages&) = delete;
    DecoderMessages& operator=(const DecoderMessages&) = delete;

    /// Each line once; 2000 characters at most.
    QStringList lines() const;
    void add(const QString& text); ///< Part of a line, or several.
    void addLine(const QString& line);

private:
    QString m_text;
};

} // namespace vitrine
