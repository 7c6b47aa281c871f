#include "core/model/label_text.h"

#include "core/base/literals.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringDecoder>

#include <algorithm>

namespace vitrine {

namespace {

bool isPlainText(QStringView text)
{
    return std::ranges::none_of(text, [](QChar character) {
        const char16_t code = character.unicode();
        return (code < 0x20 && (code < 0x08 || code > 0x0D)) || code == 0x7F || code == 0xFFFE;
    });
}

std::optional<QString> utf16(QStringDecoder::Encoding encoding, const QByteArray& bytes)
{
    QStringDecoder decoder(encoding); // which waits for the other half of a character at the end
    const QString text = decoder.decode(bytes);
    return bytes.size() % 2 != 0 || decoder.hasError() || !isPlainText(text) ? std::nullopt
                                                                             : std::optional(text);
}

/// Text of Latin letters in UTF-16 has a zero in every second byte.
bool hasZerosAt(const QByteArray& bytes, qsizetype first)
{
    qsizetype zeros = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i)
        if (bytes[i] == '\0') {
            if (i % 2 != first)
                return false;
            ++zeros;
        }
    return bytes.size() % 2 == 0 && 4 * zeros > bytes.size();
}

/// Windows has letters and punctuation where Latin-1 has control characters.
QString fromWindowsLatin1(const QByteArray& bytes)
{
    static constexpr char16_t upper[]{0x20AC, 0xFFFE, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFE, 0x017D, 0xFFFE,
                                      0xFFFE, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFE, 0x017E, 0x0178};
    QString text = QString::fromLatin1(bytes);
    for (QChar& character : text)
        if (character.unicode() >= 0x80 && character.unicode() < 0xA0)
            character = upper[character.unicode() - 0x80];
    return text;
}

std::optional<QString> decodeAny(const QByteArray& bytes)
{
    if (bytes.startsWith("\xFF\xFE"))
        return utf16(QStringDecoder::Utf16LE, bytes.mid(2));
    if (bytes.startsWith("\xFE\xFF"))
        return utf16(QStringDecoder::Utf16BE, bytes.mid(2));
    if (bytes.contains('\0')) {
        if (hasZerosAt(bytes, 1))
            return utf16(QStringDecoder::Utf16LE, bytes);
        return hasZerosAt(bytes, 0) ? utf16(QStringDecoder::Utf16BE, bytes) : std::nullopt;
    }
    const bool hasMark = bytes.startsWith("\xEF\xBB\xBF");
    QStringDecoder utf8(QStringDecoder::Utf8);
    const QString text = utf8.decode(hasMark ? bytes.mid(3) : bytes);
    const QString known = utf8.hasError() ? fromWindowsLatin1(bytes) : text;
    return isPlainText(known) ? std::optional(known) : std::nullopt;
}

/// Goes over a text of Python's, one token after another.
class PythonToJson
{
public:
    explicit PythonToJson(QStringView text) : m_text(text) {}

    QString json()
    {
        while (m_at < m_text.size())
            token();
        return m_json;
    }

private:
    QChar next() const { return m_at < m_text.size() ? m_text[m_at] : QChar(); }

    void token()
    {
        const QChar start = next();
        if (start == QLatin1Char('\'') || start == QLatin1Char('"'))
            return string();
        if (start == QLatin1Char('#'))
            return skipComment();
        if (start.isLetterOrNumber())
            return word();
        ++m_at;
        if (start == QLatin1Char(','))
            return comma();
        const bool opens = start == QLatin1Char('(');
        const bool closes = start == QLatin1Char(')');
        m_json += opens ? QLatin1Char('[') : closes ? QLatin1Char(']') : start;
    }

    template <typename Predicate>
    void skipWhile(const Predicate& predicate)
    {
        while (m_at < m_text.size() && predicate(m_text[m_at]))
            ++m_at;
    }

    void skipComment()
    {
        skipWhile([](QChar character) { return character != QLatin1Char('\n'); });
    }

    void skipSpace()
    {
        const auto isSpace = [](QChar character) { return character.isSpace(); };
        for (skipWhile(isSpace); next() == QLatin1Char('#'); skipWhile(isSpace))
            skipComment();
    }

    /// JSON has none before a closing bracket.
    void comma()
    {
        skipSpace();
        if (!u"}])"_s.contains(next()) || m_at == m_text.size())
            m_json += QLatin1Char(',');
    }

    /// A number before a colon is a key, and becomes a string; so does what follows a prefix as in u'...'.
    void word()
    {
        const qsizetype begin = m_at;
        skipWhile(
            [](QChar character) { return character.isLetterOrNumber() || character == QLatin1Char('_'); });
        const QStringView word = m_text.sliced(begin, m_at - begin);
        if (word == u"u"_s && (next() == QLatin1Char('\'') || next() == QLatin1Char('"')))
            return;
        skipSpace();
        const bool isKey = next() == QLatin1Char(':');
        m_json += isKey ? u"\"%1\""_s.arg(word) : word == u"None"_s ? u"null"_s : word.toString();
    }

    void string()
    {
        const QChar quote = m_text[m_at++];
        QString content;
        while (m_at < m_text.size() && next() != quote)
            content += next() == QLatin1Char('\\') ? escaped() : QString(m_text[m_at++]);
        if (m_at >= m_text.size()) // never closed: nor is it in JSON
            m_json += QLatin1Char('"');
        else
            m_json += asJson(content);
        ++m_at;
    }

    QString escaped()
    {
        ++m_at; // the backslash
        const QChar kind = next();
        ++m_at;
        const qsizetype digits = kind == QLatin1Char('x') ? 2 : kind == QLatin1Char('u') ? 4 : 0;
        if (digits > 0 && m_at + digits <= m_text.size()) {
            bool ok = false;
            const ushort code = m_text.sliced(m_at, digits).toUShort(&ok, 16);
            m_at += ok ? digits : 0;
            return ok ? QString(QChar(code)) : QString();
        }
        return kind == QLatin1Char('n') || kind == QLatin1Char('t') ? u" "_s : QString(kind);
    }

    static QString asJson(const QString& string)
    {
        const QByteArray list = QJsonDocument(QJsonArray{string}).toJson(QJsonDocument::Compact);
        return QString::fromUtf8(list.mid(1, list.size() - 2));
    }

    QStringView m_text;
    qsizetype m_at = 0;
    QString m_json;
};

} // namespace

std::optional<QString> decodeLabelText(const QByteArray& bytes)
{
    std::optional<QString> text = decodeAny(bytes);
    if (text)
        text->replace(u"\r\n"_s, u"\n"_s).replace(QLatin1Char('\r'), QLatin1Char('\n'));
    return text;
}

QByteArray jsonFromPython(const QString& text)
{
    return PythonToJson(text).json().toUtf8();
}

} // namespace vitrine
