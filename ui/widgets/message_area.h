#pragma once

#include "core/base/result.h"

#include <QFrame>

class QLabel;
class QListWidget;

namespace vitrine {

/// What went wrong, inside the window, until the user dismisses it. Nothing here waits for an answer. Equal
/// messages become one with a count; hidden while there are none.
class MessageArea : public QFrame
{
    Q_OBJECT

public:
    explicit MessageArea(QWidget* parent = nullptr);

    void add(const Error& error);
    void dismissAll();
    QStringList messages() const; ///< As shown, oldest first.

    static constexpr int messagesKept = 200; ///< Older ones go.

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void updateHeader();

    QLabel* m_header;
    QListWidget* m_list;
};

} // namespace vitrine
