#include "core/torch/file_stream.h"

#include "core/base/file_writing.h"

#include <QFile>

#include <optional>
#include <streambuf>

namespace vitrine::torch_engine {

namespace {

class FileBuffer : public std::streambuf
{
public:
    explicit FileBuffer(QFile& file) : m_file(file) {}

    const std::optional<Error>& error() const { return m_error; }

protected:
    std::streamsize xsputn(const char* data, std::streamsize size) override
    {
        if (!m_error && !writeAll(m_file, data, size))
            m_error = notWritable(m_file);
        return size;
    }

    int_type overflow(int_type character) override
    {
        const char byte = traits_type::to_char_type(character);
        xsputn(&byte, 1);
        return traits_type::not_eof(character);
    }

private:
    QFile& m_file;
    std::optional<Error> m_error;
};

} // namespace

Status writeFileBy(const QString& path, const std::function<void(std::ostream&)>& write)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
        return notWritable(file);
    FileBuffer buffer(file);
    std::ostream stream(&buffer);
    write(stream);
    if (buffer.error())
        return *buffer.error();
    return Done{};
}

} // namespace vitrine::torch_engine
