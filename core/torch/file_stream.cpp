#include "core/torch/file_stream.h"

#include "core/base/file_writing.h"

#include <optional>
#include <streambuf>

namespace vitrine::torch_engine {

namespace {

class DeviceBuffer : public std::streambuf
{
public:
    explicit DeviceBuffer(QIODevice& target) : m_target(target) {}

    const std::optional<Error>& error() const { return m_error; }

protected:
    std::streamsize xsputn(const char* data, std::streamsize size) override
    {
        if (!m_error && !writeAll(m_target, data, size))
            m_error = notWritable(m_target);
        return size;
    }

    int_type overflow(int_type character) override
    {
        const char byte = traits_type::to_char_type(character);
        xsputn(&byte, 1);
        return traits_type::not_eof(character);
    }

private:
    QIODevice& m_target;
    std::optional<Error> m_error;
};

} // namespace

Status writeTo(QIODevice& target, const std::function<void(std::ostream&)>& write)
{
    DeviceBuffer buffer(target);
    std::ostream stream(&buffer);
    write(stream);
    if (buffer.error())
        return *buffer.error();
    return Done{};
}

} // namespace vitrine::torch_engine
