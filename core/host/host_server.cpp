#include "core/host/host_server.h"

#include "core/base/literals.h"
#include "core/base/process_memory.h"
#include "core/base/tr.h"
#include "core/host/fence.h"
#include "core/host/frames.h"
#include "core/host/host_messages.h"

#include <QCborArray>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace vitrine {

namespace {

using Clock = std::chrono::steady_clock;

Error senseless(const QString& what)
{
    return {ErrorKind::Usage,
            tr("The hosting process was asked something that makes no sense: %1.").arg(what)};
}

bool writeFrame(int descriptor, const QCborMap& reply)
{
    const QByteArray frame = frameOf(reply);
    for (qsizetype done = 0; done < frame.size();) {
        const ssize_t written =
            ::write(descriptor, frame.constData() + done, static_cast<std::size_t>(frame.size() - done));
        if (written < 0 && errno != EINTR)
            return false;
        done += std::max<ssize_t>(written, 0);
    }
    return true;
}

/// Takes what a builder writes.
class PartSender : public QIODevice
{
public:
    explicit PartSender(const std::function<bool(const QCborMap&)>& send) : m_send(send)
    {
        open(WriteOnly | Unbuffered);
    }
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char*, qint64) override { return -1; }
    qint64 writeData(const char* data, qint64 size) override
    {
        constexpr qint64 mostAtOnce = 1 << 20;
        const qint64 sent = std::min(size, mostAtOnce);
        return m_send({{u"part"_s, QByteArray(data, sent)}}) ? sent : -1;
    }

private:
    const std::function<bool(const QCborMap&)>& m_send;
};

/// False: there is no more.
bool readSome(int descriptor, FrameReader& reader)
{
    static std::array<char, 1 << 18> buffer;
    ssize_t size = 0;
    do
        size = ::read(descriptor, buffer.data(), buffer.size());
    while (size < 0 && errno == EINTR);
    if (size <= 0)
        return false;
    reader.add(QByteArray(buffer.data(), size));
    return true;
}

} // namespace

QCborMap HostServer::answer(const QCborMap& request)
{
    const Reply reply = perform(request);
    if (reply)
        return *reply;
    return errorMessage(reply.isCancelled() ? senseless(u"cancelled"_s) : reply.error());
}

HostServer::Reply HostServer::perform(const QCborMap& request)
{
    const QString what = request[u"do"_s].toString();
    if (what == u"engine"_s)
        return engineFacts(request[u"engine"_s].toString());
    if (what == u"write"_s)
        return write(request);
    if (what != u"threads"_s && what != u"load"_s && what != u"build"_s)
        return performOnModel(what, request);
    const auto asked = engine(request[u"engine"_s].toString());
    return asked ? performOnEngine(what, request, **asked) : asked.failure();
}

HostServer::Reply HostServer::performOnEngine(const QString& what, const QCborMap& request, Engine& engine)
{
    if (what == u"load"_s)
        return load(request, engine);
    if (what == u"build"_s)
        return build(request, engine);
    constexpr qint64 mostThreads = 1 << 16;
    engine.setThreads(
        static_cast<int>(std::clamp<qint64>(request[u"threads"_s].toInteger(), 1, mostThreads)));
    return QCborMap();
}

HostServer::Reply HostServer::performOnModel(const QString& what, const QCborMap& request)
{
    const qint64 id = request[u"model"_s].toInteger();
    const auto found = m_models.find(id);
    if (what == u"unload"_s) {
        if (m_models.erase(id) > 0)
            giveBackFreedMemory();
        return QCborMap();
    }
    if (found == m_models.end())
        return senseless(u"model %1"_s.arg(id));
    if (what == u"input"_s)
        return takeInput(request, found->second);
    if (found->second.inputId == 0 || request[u"input"_s].toInteger() != found->second.inputId)
        return senseless(u"input"_s);
    if (what == u"forward"_s)
        return forward(found->second);
    return what == u"profile"_s ? profile(found->second) : Reply(senseless(what));
}

HostServer::Reply HostServer::engineFacts(const QString& id)
{
    const auto asked = engine(id);
    if (!asked)
        return asked.failure();
    return QCborMap{{u"version"_s, (*asked)->version()},
                    {u"blas"_s, (*asked)->blas()},
                    {u"quantizedEngines"_s, QCborArray::fromStringList((*asked)->quantizedEngines())},
                    {u"gaps"_s, QCborArray::fromStringList(m_gaps)}};
}

HostServer::Reply HostServer::load(const QCborMap& request, Engine& engine)
{
    const auto variant = variantIn(request[u"variant"_s].toMap());
    const qint64 id = request[u"model"_s].toInteger();
    if (!variant || id < 1)
        return senseless(u"load"_s);
    auto model = engine.load(*variant, request[u"quantizedEngine"_s].toString());
    if (!model)
        return model.failure();
    m_models[id] = {*std::move(model), 0, std::nullopt};
    return QCborMap();
}

HostServer::Reply HostServer::takeInput(const QCborMap& request, Entry& entry)
{
    auto input = tensorIn(request);
    const qint64 id = request[u"input"_s].toInteger();
    if (!input || id < 1)
        return senseless(u"input"_s);
    entry.input.emplace(std::make_shared<const InputTensor>(*std::move(input)));
    entry.inputId = id;
    return QCborMap();
}

HostServer::Reply HostServer::forward(Entry& entry)
{
    const auto begin = Clock::now();
    const auto scores = entry.model->forward(entry.input->tensor());
    const std::chrono::nanoseconds took = Clock::now() - begin;
    entry.input->restore();
    if (!scores)
        return scores.failure();
    return QCborMap{{u"scores"_s, bytesOf(*scores)},
                    {u"took"_s, qint64{took.count()}},
                    {u"notices"_s, QCborArray::fromStringList(entry.model->notices())}};
}

HostServer::Reply HostServer::profile(Entry& entry)
{
    const auto profile = entry.model->profile(entry.input->tensor());
    entry.input->restore();
    return profile ? Reply(profileMessage(*profile)) : Reply(profile.failure());
}

HostServer::Reply HostServer::build(const QCborMap& request, Engine& engine)
{
    VariantFactory* factory = engine.factory();
    const qint64 id = request[u"builder"_s].toInteger();
    if (!factory || id < 1)
        return senseless(u"build"_s);
    auto builder =
        factory->fromScript(request[u"path"_s].toString(), request[u"quantizedEngine"_s].toString());
    if (!builder)
        return builder.failure();
    m_builders.clear(); // one at a time
    m_builders[id] = *std::move(builder);
    return QCborMap();
}

HostServer::Reply HostServer::write(const QCborMap& request)
{
    const auto found = m_builders.find(request[u"builder"_s].toInteger());
    const auto kind = kindFromName(request[u"kind"_s].toString());
    if (found == m_builders.end() || !kind)
        return senseless(u"write"_s);
    PartSender sender(m_send);
    const auto madeBy = found->second->write(*kind, sender);
    return madeBy ? Reply(QCborMap{{u"madeBy"_s, *madeBy}}) : Reply(madeBy.failure());
}

Result<Engine*> HostServer::engine(const QString& id)
{
    if (const auto found = m_engines.find(id); found != m_engines.end())
        return found->second.get();
    auto made = m_registry.make(id);
    if (!made)
        return made.failure();
    if (Status limited = m_engines.empty() ? m_limit() : Status(Done{}); !limited)
        return limited.failure();
    keepFreedMemory(); // as where models run on the worker's thread: both measure alike
    return m_engines.emplace(id, *std::move(made)).first->second.get();
}

int serveHost(const EngineRegistry& engines, int replies, qint64 memoryLimitBytes)
{
    const auto send = [replies](const QCborMap& part) { return writeFrame(replies, part); };
    HostServer server(engines, enterFence(), send, [=] { return limitMemory(memoryLimitBytes); });
    FrameReader reader;
    while (readSome(STDIN_FILENO, reader)) {
        auto request = reader.next();
        while (request && *request) {
            if (!writeFrame(replies, server.answer(**request)))
                return 1;
            request = reader.next();
        }
        if (!request)
            return 1;
    }
    return 0;
}

} // namespace vitrine
