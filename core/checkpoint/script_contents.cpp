#include "core/checkpoint/script_contents.h"

#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/lite_bytecode.h"
#include "core/checkpoint/script_code.h"
#include "core/checkpoint/script_weights.h"
#include "core/checkpoint/torch_pickle.h"

#include <algorithm>

namespace vitrine {

namespace {

constexpr qint64 largestScriptCode = 32 << 20; ///< All files of code together.

/// Reads one archive, entry by entry. Errors do not name the file.
class ScriptReader
{
public:
    explicit ScriptReader(ZipArchive archive) : m_archive(std::move(archive)) {}

    Result<ScriptContents> read()
    {
        const bool isLite = m_archive.find(u"bytecode.pkl"_s) != nullptr;
        const Result<Pickle> data = pickle(u"data.pkl"_s);
        if (!data)
            return data.failure();
        m_topClass = topClassOf(*data);
        Status done = m_weights.add(*data, m_archive, u"data/"_s);
        if (done)
            done = isLite ? readBytecode() : readConstants();
        if (done && !isLite)
            done = readCode();
        if (!done)
            return done.failure();
        if (!m_contents.forward)
            m_contents.forward = forwardInCode();
        m_contents.parameters = m_weights.count();
        m_contents.input = input();
        return std::move(m_contents);
    }

private:
    Result<ZipContent> content(const ZipEntry& entry, qint64 limit)
    {
        if (entry.size > limit)
            return Error{ErrorKind::TooLarge, tr("its %1 claims %2 bytes").arg(entry.name).arg(entry.size)};
        return m_archive.content(entry, limit, ChecksumCheck::Verify);
    }

    /// Of an entry that is not there: None.
    Result<Pickle> pickle(const QString& name)
    {
        const ZipEntry* entry = m_archive.find(name);
        if (!entry)
            return Pickle{{PickleNone{}}, 0, 0};
        const Result<ZipContent> bytes = content(*entry, largestTorchPickle);
        return bytes ? readPickle(bytes->bytes) : bytes.failure();
    }

    static QString topClassOf(const Pickle& data)
    {
        const auto* object = data.as<PickleObject>(data.root);
        return object ? object->callable : QString();
    }

    Status readConstants()
    {
        const Result<Pickle> constants = pickle(u"constants.pkl"_s);
        return constants ? m_weights.add(*constants, m_archive, u"constants/"_s) : constants.failure();
    }

    Status readBytecode()
    {
        const Result<Pickle> bytecode = pickle(u"bytecode.pkl"_s);
        if (!bytecode)
            return bytecode.failure();
        LiteBytecode lite = readLiteBytecode(*bytecode, m_topClass + u".forward"_s);
        m_contents.forward = std::move(lite.forward);
        tellOperators(lite.operators, lite.operators);
        return m_weights.add(*bytecode, m_archive, u"constants/"_s);
    }

    Status readCode()
    {
        ScriptCode code;
        qint64 left = largestScriptCode;
        for (const ZipEntry& entry : m_archive.entries()) {
            if (!entry.name.startsWith(u"code/"_s) || !entry.name.endsWith(u".py"_s))
                continue;
            const Result<ZipContent> text = content(entry, left);
            if (!text)
                return text.failure();
            left -= entry.size;
            if (Status added = code.add(asByteArray(text->bytes)); !added)
                return added;
        }
        tellOperators(code.operators(), code.allOperators());
        return Done{};
    }

    /// What the trace says comes first; one that cannot be read says nothing.
    ScriptInput input()
    {
        const ScriptInput weights = inputOfShapes(m_weights.shapes());
        const Result<Pickle> traced = pickle(u"traced_inputs.pkl"_s);
        const ScriptInput trace = traced ? inputOfTrace(*traced) : ScriptInput();
        return {trace.size ? trace.size : weights.size, trace.channels ? trace.channels : weights.channels,
                weights.isSizeFixed && (!trace.size || trace.size == weights.size)};
    }

    void tellOperators(const QSet<QString>& used, const QSet<QString>& all)
    {
        m_contents.operators = {used.begin(), used.end()};
        std::ranges::copy_if(all, std::back_inserter(m_contents.fileOperators), touchesFiles);
        m_contents.operators.sort();
        m_contents.fileOperators.sort();
    }

    std::optional<ScriptSignature> forwardInCode()
    {
        const qsizetype dot = m_topClass.lastIndexOf(u'.');
        const QString module = m_topClass.left(dot).replace(u'.', u'/');
        const ZipEntry* entry = m_archive.find(u"code/"_s + module + u".py"_s);
        const auto text = entry ? content(*entry, largestScriptCode) : Error{};
        return text ? forwardOf(asByteArray(text->bytes), m_topClass.mid(dot + 1)) : std::nullopt;
    }

    ZipArchive m_archive;
    QString m_topClass; ///< "__torch__.timm.VisionTransformer"
    ScriptWeights m_weights;
    ScriptContents m_contents;
};

} // namespace

Result<ScriptContents> readScriptContents(const QString& path)
{
    Result<ZipArchive> archive = ZipArchive::open(path);
    return archive ? inFile(path, ScriptReader(*std::move(archive)).read()) : archive.failure();
}

} // namespace vitrine
