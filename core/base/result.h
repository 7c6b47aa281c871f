#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace vitrine {

enum class ErrorKind {
    NotFound,     ///< The file or folder does not exist.
    Unreadable,   ///< It exists, but cannot be read or written (permission, disk, broken device).
    Malformed,    ///< It is not what it claims to be: truncated, broken or hostile content.
    Unsupported,  ///< It is well formed, but not something Vitrine can use.
    Incompatible, ///< Two good things do not fit each other (model and image, labels and model).
    TooLarge,     ///< A limit that protects the machine was reached.
    Network,      ///< A server cannot be reached, or does not give what was asked for.
    Engine,       ///< LibTorch refused or failed.
    NotAllowed,   ///< It could be done, if the user allows it.
    Usage,        ///< The request itself makes no sense.
};

/// What went wrong. `message` is one sentence for the user: what happened, to which file, what to do.
/// `detail` may hold the library's own words; it is shown on demand only.
struct Error
{
    ErrorKind kind = ErrorKind::Engine;
    QString message;
    QString detail = {}; ///< May be left out.

    bool operator==(const Error&) const = default;
};

/// An Error of the commonest kind.
inline Error malformed(const QString& message)
{
    return {ErrorKind::Malformed, message};
}

/// The user stopped the work. Not an error.
struct Cancelled
{
    bool operator==(const Cancelled&) const = default;
};

/// Why there is no value; converts into any Result.
using Failure = std::variant<Error, Cancelled>;

/// A value, an Error, or Cancelled. Every boundary in Vitrine returns one; nothing throws across it.
template <typename T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}
    Result(Cancelled) : m_state(std::in_place_index<1>, Cancelled{}) {}
    Result(Failure failure) : m_state(std::in_place_index<1>, std::move(failure)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }
    bool isCancelled() const { return !ok() && std::holds_alternative<Cancelled>(failure()); }

    /// Precondition: ok().
    T& value() & { return std::get<0>(m_state); }
    const T& value() const& { return std::get<0>(m_state); }
    T&& value() && { return std::get<0>(std::move(m_state)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    /// Precondition: !ok(). To hand a failure on: `if (!r) return r.failure();`
    const Failure& failure() const { return std::get<1>(m_state); }
    /// Precondition: !ok() and !isCancelled().
    const Error& error() const { return std::get<Error>(failure()); }

private:
    std::variant<T, Failure> m_state;
};

struct Done
{
};
/// The Result of work that yields nothing but success.
using Status = Result<Done>;

} // namespace vitrine
