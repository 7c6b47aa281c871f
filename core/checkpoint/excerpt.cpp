#include "core/checkpoint/excerpt.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>

namespace vitrine {

namespace {

constexpr std::size_t longestAnswer = 4096; ///< A longer text is hardly a server's answer.
constexpr qsizetype longestQuote = 120;

bool isText(std::byte value)
{
    const auto code = std::to_integer<unsigned>(value);
    return code >= 0x20 ? code != 0x7F : (code >= 0x08 && code <= 0x0D) || code == 0x1B;
}

QString decoded(Bytes text)
{
    const QByteArray bytes = asByteArray(text.first(std::min(text.size(), longestAnswer)));
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString string = utf8.decode(bytes);
    const bool isCut = text.size() > longestAnswer; // perhaps within a character
    return utf8.hasError() && !isCut ? QString::fromLatin1(bytes) : string;
}

bool isUnsafe(QChar character)
{
    const QChar::Category category = character.category();
    return category == QChar::Other_Control || category == QChar::Other_Format ||
           category == QChar::Separator_Line || category == QChar::Separator_Paragraph;
}

/// What a page or an answer in XML says: its title or message, else its first line of text.
QString saidByMarkup(const QString& markup)
{
    static const QRegularExpression element(u"<(title|message|code)\\b[^>]*>\\s*([^<]+)"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression declaration(u"\\A\\s*<\\?[^>]*>"_s);
    const QRegularExpressionMatch match = element.match(markup);
    return match.hasMatch() ? match.captured(2) : QString(markup).remove(declaration);
}

} // namespace

bool looksLikeText(Bytes head)
{
    return std::ranges::all_of(head, isText);
}

QString quoted(const QString& text)
{
    const QString trimmed = text.trimmed();
    QString line = trimmed.left(trimmed.indexOf(QLatin1Char('\n'))).trimmed();
    if (line.size() < 3) // "{" of a JSON text that is laid out
        line = trimmed.left(4 * longestQuote).simplified();
    QString shown;
    for (const QChar character : line) {
        if (shown.size() >= longestQuote)
            return u"\"%1...\""_s.arg(shown);
        if (isUnsafe(character))
            shown += u"\\x%1"_s.arg(int(character.unicode()), 2, 16, QLatin1Char('0'));
        else
            shown += character;
    }
    return u"\"%1\""_s.arg(shown);
}

QString describeText(Bytes text)
{
    const QString said = decoded(text);
    const QString start = said.trimmed().left(64).toLower();
    if (start.startsWith(u"<!doctype html"_s) || start.startsWith(u"<html"_s))
        return tr("this is a web page, saved instead of a model: %1; download the file itself (its \"raw\" "
                  "link)")
            .arg(quoted(saidByMarkup(said)));
    const QString quote = quoted(start.startsWith(QLatin1Char('<')) ? saidByMarkup(said) : said);
    if (text.size() > longestAnswer)
        return tr("this is a text file, not a model; it begins with %1").arg(quote);
    return tr("this is a text file, not a model: %1; if a server said that, download the file again (a "
              "private one needs a login)")
        .arg(quote);
}

} // namespace vitrine
