#pragma once

#include <QCoreApplication>
#include <QEvent>
#include <QObject>

#include <deque>
#include <mutex>
#include <utility>

namespace vitrine {

/// Hands values to the thread that this object lives on, in the order of posting: receive() is called
/// there, once a value, from its event loop. A queued signal would do the same, but what it hands over
/// is ordered by locks inside Qt, which ThreadSanitizer cannot see; the mutex here it can.
template <typename T>
class Mailbox : public QObject
{
public:
    ~Mailbox() override
    {
        const std::lock_guard lock(m_mutex);
        m_letters.clear();
    }

    /// Any thread.
    void post(T letter)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_letters.push_back(std::move(letter));
        }
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }

protected:
    virtual void receive(T letter) = 0;
    void customEvent(QEvent*) override
    {
        std::unique_lock lock(m_mutex);
        T letter = std::move(m_letters.front());
        m_letters.pop_front();
        lock.unlock();
        receive(std::move(letter));
    }

private:
    std::mutex m_mutex;
    std::deque<T> m_letters;
};

} // namespace vitrine
