// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <mutex>
#include <vector>

namespace slipway {

/// Runs closures in order on the thread it lives on. post() may be called from any thread; closures that are
/// still waiting when the mailbox dies are dropped. It is the one way in which values cross threads: its
/// mutex is one that ThreadSanitizer sees, which Qt's event queue is not.
class Mailbox final : public QObject {
    Q_OBJECT
public:
    explicit Mailbox(QObject *parent = nullptr);
    ~Mailbox() override;

    void post(std::function<void()> closure);

protected:
    void customEvent(QEvent *event) override;

private:
    std::mutex m_mutex;
    std::vector<std::function<void()>> m_closures;
};

} // namespace slipway
