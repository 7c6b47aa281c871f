#include "core/checkpoint/archive_identity.h"

#include "core/base/literals.h"
#include "core/checkpoint/zip_archive.h"

#include <QRegularExpression>

#include <algorithm>

namespace vitrine {

namespace {

constexpr qint64 largestText = 64 << 20; ///< All code and pickles of an archive together.

const QString dataName = u"data.pkl"_s;
const QString constantsName = u"constants.pkl"_s;
const QString bytecodeName = u"bytecode.pkl"_s;
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
        if (!content)
            return {};
        return QByteArray(reinterpret_cast<const char*>(content->bytes.data()),
                          qsizetype(content->bytes.size()));
    }
    QByteArray read(const QString& name) { return read(m_archive.find(name)); }

private:
    ZipArchive& m_archive;
    qint64 m_left = largestText;
};

FileFormat archiveFormat(const ZipArchive& archive)
{
    if (archive.find(bytecodeName))
        return FileFormat::LiteArchive;
    const std::vector<ZipEntry>& entries = archive.entries();
    const bool code = std::any_of(entries.begin(), entries.end(),
                                  [](const ZipEntry& entry) { return entry.name.startsWith(codeFolder); });
    if (!archive.find(dataName))
        return FileFormat::Unknown;
    return code ? FileFormat::TorchScript : FileFormat::ZipCheckpoint;
}

bool containsAny(const QByteArray& text, std::initializer_list<const char*> marks)
{
    return std::any_of(marks.begin(), marks.end(), [&](const char* mark) { return text.contains(mark); });
}

/// Operators are "ops.quantized.linear" in code and "quantized::linear" in bytecode. A module of Python's
/// package torch.nn.quantized is no proof: float models hold some too.
void addMarks(const QByteArray& text, FileIdentity& identity)
{
    identity.isQuantized =
        identity.isQuantized ||
        containsAny(text, {"ops.quantized.", "ops._quantized.", "quantized::", "PackedParamsBase",
                           "_rebuild_qtensor", "fbgemm_linear_int8_weight"});
    identity.isMobileOptimized = identity.isMobileOptimized ||
                                 containsAny(text, {"mobile_optimized", "ops.prepacked.", "prepacked::"});
}

struct TopClass
{
    QString file; ///< "code/__torch__/timm.py"
    QString name;
};

/// data.pkl starts with the class of the archive's one object: "c__torch__.timm\nViT\n".
std::optional<TopClass> topClass(const QByteArray& data)
{
    static const QRegularExpression pattern(u"\\A.{0,12}?c(__torch__[\\w.]*)\\n(\\w+)\\n"_s);
    const QRegularExpressionMatch match = pattern.match(QString::fromLatin1(data.left(1024)));
    if (!match.hasMatch())
        return std::nullopt;
    const QString module = match.captured(1);
    return TopClass{codeFolder + QString(module).replace(QLatin1Char('.'), QLatin1Char('/')) + u".py"_s,
                    match.captured(2)};
}

/// Whether the class has a forward method; true when that cannot be told.
bool definesForward(const QByteArray& code, const QString& className)
{
    const QByteArray head = "class " + className.toLatin1() + '(';
    qsizetype begin = code.startsWith(head) ? 0 : code.indexOf('\n' + head);
    if (begin < 0)
        return true;
    const qsizetype end = code.indexOf("\nclass ", begin + head.size());
    const QByteArray body = code.mid(begin, end < 0 ? -1 : end - begin);
    return body.contains("  def forward(");
}

bool hasForward(const ZipArchive& archive, ArchiveTexts& texts, const QByteArray& data)
{
    const std::optional<TopClass> top = topClass(data);
    const ZipEntry* code = top ? archive.find(top->file) : nullptr;
    return !code || definesForward(texts.read(code), top->name);
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
    const QByteArray data = texts.read(dataName);
    addMarks(data, identity);
    addMarks(texts.read(constantsName), identity);
    const QByteArray bytecode = texts.read(bytecodeName);
    addMarks(bytecode, identity);
    const bool lacksForward = !bytecode.isEmpty() && !bytecode.contains(".forward");
    identity.hasForward = !lacksForward && hasForward(*archive, texts, data);
    for (const ZipEntry& entry : archive->entries())
        if (entry.name.startsWith(codeFolder) && entry.name.endsWith(u".py"_s))
            addMarks(texts.read(&entry), identity);
}

} // namespace vitrine
