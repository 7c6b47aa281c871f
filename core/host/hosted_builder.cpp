#include "core/host/hosted_builder.h"

#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QFileInfo>

#include <utility>

namespace vitrine {

namespace {

/// Quantizing takes longer than a forward.
constexpr int patienceToBuild = 10;

class HostedBuilder : public VariantBuilder
{
public:
    HostedBuilder(HostProcess& process, HostedFile file, qint64 id)
        : m_process(process), m_file(std::move(file)), m_id(id), m_generation(process.generation())
    {
    }

    Result<QString> write(VariantKind kind, QIODevice& target) override
    {
        if (m_generation != m_process.generation())
            return Error{ErrorKind::Engine, tr("The process that built from %1 has ended.").arg(m_file.name)};
        bool isWritten = true;
        const auto take = [&](const QByteArray& part) {
            isWritten = isWritten && writeAll(target, part.constData(), part.size());
        };
        const auto reply = m_process.call(
            {{u"do"_s, u"write"_s}, {u"builder"_s, m_id}, {u"kind"_s, kindName(kind)}}, m_file, take);
        if (!reply)
            return reply.failure();
        if (!isWritten)
            return notWritable(target);
        return (*reply)[u"madeBy"_s].toString();
    }

private:
    HostProcess& m_process;
    HostedFile m_file;
    qint64 m_id = 0;
    int m_generation = 0;
};

} // namespace

Result<std::unique_ptr<VariantBuilder>> HostedFactory::fromDeit(DeitWeights, const QString&)
{
    return Error{ErrorKind::Unsupported,
                 tr("%1 builds from scripts only in a process of its own.").arg(m_info.name)};
}

Result<std::unique_ptr<VariantBuilder>> HostedFactory::fromScript(const QString& path,
                                                                  const QString& quantizedEngine)
{
    const HostedFile file{QFileInfo(path).fileName(), m_info.name, {}, patienceToBuild};
    const qint64 id = ++m_lastId;
    const auto reply = m_process.call({{u"do"_s, u"build"_s},
                                       {u"builder"_s, id},
                                       {u"engine"_s, m_info.id},
                                       {u"path"_s, path},
                                       {u"quantizedEngine"_s, quantizedEngine}},
                                      file);
    if (!reply)
        return reply.failure();
    return std::unique_ptr<VariantBuilder>(std::make_unique<HostedBuilder>(m_process, file, id));
}

} // namespace vitrine
