#include "core/base/literals.h"
#include "core/checkpoint/script_code.h"

#include <algorithm>

namespace vitrine {

namespace {

constexpr qsizetype longestSignature = 20'000;

bool opens(QChar c)
{
    return c == u'(' || c == u'[' || c == u'{';
}

bool closes(QChar c)
{
    return c == u')' || c == u']' || c == u'}';
}

/// Where the bracket that is open at `begin` is closed; -1: nowhere near.
qsizetype closingBracket(QStringView text, qsizetype begin)
{
    int depth = 1;
    for (qsizetype i = begin; i < text.size(); ++i) {
        if (opens(text[i]))
            ++depth;
        else if (closes(text[i]) && --depth == 0)
            return i;
    }
    return -1;
}

/// Split at the commas outside of brackets.
QStringList splitArguments(QStringView text)
{
    QStringList parts;
    int depth = 0;
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const bool isEnd = i == text.size();
        if (isEnd || (text[i] == u',' && depth == 0)) {
            if (const QString part = text.sliced(begin, i - begin).toString().simplified(); !part.isEmpty())
                parts << part;
            begin = i + 1;
        } else if (opens(text[i])) {
            ++depth;
        } else if (closes(text[i])) {
            --depth;
        }
    }
    return parts;
}

/// "x: Tensor=None"
ScriptSignature::Argument argumentOf(const QString& text)
{
    const QString declared = text.section(u'=', 0, 0);
    return {declared.section(u':', 0, 0).trimmed(), declared.section(u':', 1).trimmed(), text.contains(u'=')};
}

} // namespace

std::optional<ScriptSignature> forwardOf(const QByteArray& code, const QString& className)
{
    const QByteArray head = "class " + className.toLatin1() + '(';
    const qsizetype begin = code.startsWith(head) ? 0 : code.indexOf('\n' + head);
    if (begin < 0)
        return std::nullopt;
    const QByteArray start = "\n  def forward(";
    const qsizetype forward = code.indexOf(start, begin);
    const qsizetype next = code.indexOf("\nclass ", begin + 1);
    if (forward < 0 || (next >= 0 && next < forward))
        return std::nullopt;
    const QString text = QString::fromUtf8(code.mid(forward + start.size(), longestSignature));
    const qsizetype end = closingBracket(text, 0);
    if (end < 0)
        return std::nullopt;
    ScriptSignature signature;
    for (const QString& argument : splitArguments(QStringView(text).first(end)).mid(1))
        signature.arguments.push_back(argumentOf(argument));
    const QString rest = text.mid(end + 1).section(u'\n', 0, 0).trimmed();
    if (rest.startsWith(u"->"_s) && rest.endsWith(u':'))
        signature.result = rest.mid(2).chopped(1).trimmed();
    return signature;
}

QString ScriptSignature::text() const
{
    QStringList texts;
    for (const Argument& argument : arguments)
        texts << argument.name + u": "_s + argument.type + (argument.hasDefault ? u"=..."_s : QString());
    return u"forward("_s + texts.join(u", "_s) + u')' + (result.isEmpty() ? QString() : u" -> "_s + result);
}

} // namespace vitrine
