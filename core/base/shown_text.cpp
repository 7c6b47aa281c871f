#include "core/base/shown_text.h"

#include "core/base/literals.h"

namespace vitrine {

namespace {

bool isObeyed(QChar character)
{
    const char16_t code = character.unicode();
    const bool isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
    const bool turnsText = code == 0x061c || code == 0x200e || code == 0x200f ||
                           (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    return isControl || turnsText;
}

bool isLayout(QChar character)
{
    return character == QLatin1Char('\n') || character == QLatin1Char('\t');
}

QString hexadecimal(QChar character, int digits)
{
    return QString::number(character.unicode(), 16).rightJustified(digits, QLatin1Char('0'));
}

QString escaped(QChar character)
{
    if (character == QLatin1Char('\n'))
        return u"\\n"_s;
    if (character == QLatin1Char('\t'))
        return u"\\t"_s;
    return character.unicode() < 0x100 ? u"\\x"_s + hexadecimal(character, 2)
                                       : u"\\u"_s + hexadecimal(character, 4);
}

} // namespace

QString shownText(const QString& text, LineBreaks lineBreaks)
{
    QString shown;
    shown.reserve(text.size());
    for (const QChar character : text) {
        const bool isKept = lineBreaks == LineBreaks::Kept && isLayout(character);
        shown += isObeyed(character) && !isKept ? escaped(character) : QString(character);
    }
    return shown;
}

QString shownJson(const QString& json)
{
    QString shown;
    shown.reserve(json.size());
    for (const QChar character : json)
        shown += isObeyed(character) && !isLayout(character) ? u"\\u"_s + hexadecimal(character, 4)
                                                             : QString(character);
    return shown;
}

} // namespace vitrine
