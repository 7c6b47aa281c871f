#include "core/base/literals.h"
#include "core/checkpoint/checkpoint_readers.h"

#include <QRegularExpression>

#include <algorithm>

namespace vitrine {

namespace {

constexpr qint64 largestText = 64 << 20; ///< All code and pickles of an archive together.

const QString codeFolder = u"code/"_s;

/// Reads the texts of an archive, up to a limit for all together.
class ArchiveTexts
{
public:
    explicit ArchiveTexts(ZipArchive& archive) : m_archive(archive) {}

    QByteArray read(const ZipEntry* entry)
    {
        if (!entry || entry->size > m_left)
            return {};
        m_left -= entry->size;
        const Result<ZipContent> content = m_archive.content(*entry, entry->size, ChecksumCheck::Skip);
        return content ? QByteArrayView(content->bytes).toByteArray() : QByteArray();
    }
    QByteArray read(const QString& name) { return read(m_archive.find(name)); }

private:
    ZipArchive& m_archive;
    qint64 m_left = largestText;
};

FileFormat archiveFormat(const ZipArchive& archive)
{
    if (archive.find(u"bytecode.pkl"_s))
        return FileFormat::LiteArchive;
    if (!archive.find(u"data.pkl"_s))
        return FileFormat::Unknown;
    const bool code = std::ranges::any_of(
        archive.entries(), [](const ZipEntry& entry) { return entry.name.startsWith(codeFolder); });
    return code ? FileFormat::TorchScript : FileFormat::ZipCheckpoint;
}

bool containsAny(const QByteArray& text, std::initializer_list<const char*> marks)
{
    return std::ranges::any_of(marks, [&](const char* mark) { return text.contains(mark); });
}

/// Operators are "ops.quantized.linear" in code and "quantized::linear" in bytecode. A module of Python's
/// package torch.nn.quantized is no proof: float models hold some too.
void addMarks(const QByteArray& text, FileIdentity& identity)
{
    identity.isQuantized |=
        containsAny(text, {"ops.quantized.", "ops._quantized.", "quantized::", "PackedParamsBase",
                           "_rebuild_qtensor", "fbgemm_linear_int8_weight"});
    identity.isMobileOptimized |= containsAny(text, {"mobile_optimized", "ops.prepacked.", "prepacked::"});
}

/// Whether the class has a forward method; true when that cannot be told.
bool definesForward(const QByteArray& code, const QString& className)
{
    const QByteArray head = "class " + className.toLatin1() + '(';
    const qsizetype begin = code.startsWith(head) ? 0 : code.indexOf('\n' + head);
    if (begin < 0)
        return true;
    const qsizetype end = code.indexOf("\nclass ", begin + head.size());
    return code.mid(begin, end < 0 ? -1 : end - begin).contains("  def forward(");
}

/// data.pkl starts with the class of the archive's one object, "c__torch__.timm\nViT\n", whose code is in
/// "code/__torch__/timm.py".
bool hasForward(const ZipArchive& archive, ArchiveTexts& texts, const QByteArray& data)
{
    static const QRegularExpression pattern(u"\\A.{0,12}?c(__torch__[\\w.]*)\\n(\\w+)\\n"_s);
    const QRegularExpressionMatch top = pattern.match(QString::fromLatin1(data.left(1024)));
    const QString module = top.captured(1).replace(QLatin1Char('.'), QLatin1Char('/'));
    const ZipEntry* code = top.hasMatch() ? archive.find(codeFolder + module + u".py"_s) : nullptr;
    return !code || definesForward(texts.read(code), top.captured(2));
}

/// The text of a number: "10".
int archiveVersion(const ZipArchive& archive, ArchiveTexts& texts)
{
    const QString newerPlace = u".data/version"_s;
    return texts.read(archive.find(newerPlace) ? newerPlace : u"version"_s).trimmed().toInt();
}

/// The first item of the pickled tuple, or 0: the first bytecode had no version.
int liteVersion(const QByteArray& bytecode)
{
    ByteReader reader(std::as_bytes(std::span(bytecode)));
    reader.take(2); // protocol
    auto opcode = reader.number<char>();
    if (opcode == '(')
        opcode = reader.number<char>();
    if (opcode == 'K')
        return reader.number<quint8>().value_or(0);
    if (opcode == 'M')
        return reader.number<quint16>().value_or(0);
    return opcode == 'J' ? reader.number<qint32>().value_or(0) : 0;
}

} // namespace

void identifyArchive(const std::shared_ptr<const MappedFile>& file, FileIdentity& identity)
{
    Result<ZipArchive> archive = ZipArchive::open(file);
    if (!archive)
        return;
    identity.format = archiveFormat(*archive);
    if (identity.format != FileFormat::TorchScript && identity.format != FileFormat::LiteArchive)
        return;
    ArchiveTexts texts(*archive);
    identity.archiveVersion = archiveVersion(*archive, texts);
    const QByteArray data = texts.read(u"data.pkl"_s);
    addMarks(data, identity);
    addMarks(texts.read(u"constants.pkl"_s), identity);
    const QByteArray bytecode = texts.read(u"bytecode.pkl"_s);
    addMarks(bytecode, identity);
    identity.liteVersion = liteVersion(bytecode);
    const bool lacksForward = !bytecode.isEmpty() && !bytecode.contains(".forward");
    identity.hasForward = !lacksForward && hasForward(*archive, texts, data);
    for (const ZipEntry& entry : archive->entries())
        if (entry.name.startsWith(codeFolder) && entry.name.endsWith(u".py"_s))
            addMarks(texts.read(&entry), identity);
}

} // namespace vitrine
