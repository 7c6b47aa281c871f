#include "core/checkpoint/script_code.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <algorithm>
#include <array>

namespace vitrine {

namespace {

constexpr int deepestNesting = 500;      ///< Brackets; as many steps of indentation.
constexpr int longestExpression = 5'000; ///< Words and signs without a comma.

bool startsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool continuesName(char c)
{
    return startsName(c) || isDigit(c);
}

/// How the archive's code spells types, which are subscripted like lists.
bool isTypeName(const QByteArray& name)
{
    static constexpr std::array names{"List",  "Dict",   "Tuple",     "Optional",   "Final",
                                      "Union", "Future", "Awaitable", "NamedTuple", "__annotations__"};
    return std::ranges::any_of(names, [&](const char* known) { return name == known; });
}

} // namespace

/// Goes through one file of code, word by word.
class ScriptCodeScanner
{
public:
    ScriptCodeScanner(ScriptCode& code, const QByteArray& text)
        : m_code(code), m_at(text.constData()), m_end(m_at + text.size())
    {
    }

    Status run()
    {
        while (m_at < m_end) {
            step();
            if (m_depth > deepestNesting || m_length > longestExpression || m_indent > 2 * deepestNesting)
                return Error{ErrorKind::TooLarge,
                             tr("its code is nested too deeply: LibTorch would crash on it")};
        }
        return Done{};
    }

private:
    void step()
    {
        const char c = *m_at;
        if (startsName(c))
            return word();
        if (isDigit(c))
            return number();
        ++m_at;
        if (c == '"' || c == '\'')
            text(c);
        else if (c == '#')
            while (m_at < m_end && *m_at != '\n')
                ++m_at;
        else if (c == '\n')
            newLine();
        else if (c != ' ' && c != '\r' && c != '\t')
            sign(c);
    }

    void newLine()
    {
        for (m_indent = 0; m_at < m_end && *m_at == ' '; ++m_at)
            ++m_indent;
        if (m_depth == 0)
            m_length = 0;
    }

    void sign(char c)
    {
        if (c == '[' && (m_beforeLast == ')' ? m_last == ')' : m_last == 'n'))
            found(u"aten::__getitem__"_s);
        if (c == '(' || c == '[' || c == '{')
            ++m_depth;
        else if (c == ')' || c == ']' || c == '}')
            m_depth = std::max(m_depth - 1, 0);
        remember(c);
        if (c == ',')
            m_length = 0;
    }

    void text(char quote)
    {
        for (; m_at < m_end && *m_at != quote; ++m_at)
            if (*m_at == '\\' && m_at + 1 < m_end)
                ++m_at;
        m_at += m_at < m_end ? 1 : 0;
        remember('s');
    }

    void number()
    {
        for (; m_at < m_end && (continuesName(*m_at) || *m_at == '.'); ++m_at)
            if ((*m_at == 'e' || *m_at == 'E') && m_at + 1 < m_end && (m_at[1] == '+' || m_at[1] == '-'))
                ++m_at;
        remember('0');
    }

    void skipSpace()
    {
        while (m_at < m_end &&
               (*m_at == ' ' || *m_at == '\t' || *m_at == '\r' || (*m_at == '\n' && m_depth > 0)))
            ++m_at;
    }

    /// A name and the names after dots.
    void word()
    {
        const bool isMember = m_last == '.';
        QList<QByteArray> names{name()};
        if (!isMember && names[0] == "def") {
            skipSpace();
            m_method = QString::fromLatin1(name());
            m_code.m_methods[m_method];
            return remember('d');
        }
        skipSpace();
        while (m_at < m_end && *m_at == '.' && names.size() < deepestNesting) {
            ++m_at;
            skipSpace();
            names << name();
            skipSpace();
        }
        const bool isCall = m_at < m_end && *m_at == '(';
        named(names, isMember, isCall);
        m_length += int(names.size());
        remember(names.size() == 1 && isTypeName(names[0]) ? 't' : 'n');
    }

    QByteArray name()
    {
        const char* const begin = m_at;
        while (m_at < m_end && continuesName(*m_at))
            ++m_at;
        return {begin, m_at - begin};
    }

    void named(const QList<QByteArray>& names, bool isMember, bool isCall)
    {
        const QString last = QString::fromLatin1(names.back());
        const QString asBuiltin = u"aten::"_s + last;
        if (!isMember && names[0] == "torch" && names.size() > 1) {
            if (isCall || touchesFiles(asBuiltin))
                found(asBuiltin);
        } else if (!isMember && names[0] == "ops" && names.size() == 3) {
            found(QString::fromLatin1(names[1]) + u"::"_s + last);
        } else if (!isMember && names.size() == 1) {
            bareCall(names[0], isCall);
        } else {
            m_code.m_methods[m_method].calls.insert(last);
            if (isCall && touchesFiles(asBuiltin))
                m_code.m_suspicions.insert(last);
        }
    }

    void bareCall(const QByteArray& name, bool isCall)
    {
        static const QHash<QByteArray, QString> conversions{
            {"int", u"aten::Int"_s}, {"float", u"aten::Float"_s}, {"bool", u"aten::Bool"_s}};
        if (isCall && conversions.contains(name))
            found(conversions[name]);
        else if (isCall && name.startsWith("rpc_"))
            found(u"prim::"_s + QString::fromLatin1(name));
        else
            m_code.m_methods[m_method].calls.insert(QString::fromLatin1(name));
    }

    void found(const QString& name) { m_code.m_methods[m_method].operators.insert(name); }

    void remember(char kind)
    {
        m_beforeLast = m_last;
        m_last = kind;
        ++m_length;
    }

    ScriptCode& m_code;
    const char* m_at;
    const char* m_end;
    QString m_method; ///< Empty before the first.
    int m_depth = 0;
    int m_length = 0;
    int m_indent = 0;
    /// The last two words or signs: a sign itself, n(ame), t(ype), d(efinition), s(tring) or 0 for a number.
    char m_last = ' ';
    char m_beforeLast = ' ';
};

Status ScriptCode::add(const QByteArray& text)
{
    return ScriptCodeScanner(*this, text).run();
}

QSet<QString> ScriptCode::operators() const
{
    QSet<QString> found;
    QSet<QString> seen{u"forward"_s};
    QStringList open{u"forward"_s};
    while (!open.isEmpty()) {
        const auto method = m_methods.constFind(open.takeLast());
        if (method == m_methods.constEnd())
            continue;
        for (const QString& name : method->operators)
            if (!name.startsWith(u"prim::"_s))
                found.insert(name);
        for (const QString& called : method->calls)
            if (!seen.contains(called)) {
                seen.insert(called);
                open << called;
            }
    }
    return found;
}

QSet<QString> ScriptCode::allOperators() const
{
    QSet<QString> found;
    for (const Method& method : m_methods)
        found += method.operators;
    for (const QString& name : m_suspicions)
        if (!m_methods.contains(name))
            found.insert(u"aten::"_s + name);
    return found;
}

bool touchesFiles(const QString& operatorName)
{
    static const QSet<QString> known{u"aten::save"_s, u"aten::from_file"_s};
    static constexpr std::array remote{"c10d::", "rpc::", "dist_rpc::", "prim::rpc_"};
    return known.contains(operatorName) || std::ranges::any_of(remote, [&](const char* prefix) {
               return operatorName.startsWith(QLatin1String(prefix));
           });
}

} // namespace vitrine
