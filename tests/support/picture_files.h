#pragma once

#include "core/image/image_source.h"

#include <QTemporaryDir>

namespace vitrine::test {

/// A folder of small pictures that differ, each 20 x 10 pixels of one colour.
class PictureFiles
{
public:
    static constexpr QSize size{20, 10};
    static constexpr qint64 pixelBytes = 600; ///< Of one decoded picture (rows are multiples of 4 bytes).

    QString path(int number) const;
    void write(int number, const QSize& pixels = size) const; ///< A failure stops the test program.
    /// Writes the picture and describes it.
    ImageSource source(int number) const;

private:
    QTemporaryDir m_folder;
};

} // namespace vitrine::test
