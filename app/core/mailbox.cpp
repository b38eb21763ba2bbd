// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/mailbox.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

namespace slipway {

Mailbox::Mailbox(QObject *parent) : QObject(parent) {}

Mailbox::~Mailbox() = default;

void Mailbox::post(std::function<void()> closure) {
    bool wake = false;
    {
        const std::scoped_lock lock(m_mutex);
        wake = m_closures.empty();
        m_closures.push_back(std::move(closure));
    }
    if (wake)
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

void Mailbox::customEvent(QEvent *) {
    std::vector<std::function<void()>> closures;
    {
        const std::scoped_lock lock(m_mutex);
        closures.swap(m_closures);
    }
    for (const auto &closure : closures)
        closure();
}

} // namespace slipway
