// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/hosts/hostlinks.h"

#include <utility>

namespace slipway {

HostLinks::HostLinks(ShellFactory factory, QObject *parent)
    : QObject(parent), m_factory(std::move(factory)) {}

HostLinks::~HostLinks() = default;

void HostLinks::connectTo(const Host &host, Ready ready) {
    const QString name = host.name;
    Link &link = m_links[name];
    if (!link.shell) {
        link.shell = m_factory(host);
        connect(link.shell.get(), &RemoteShell::stateChanged, this, [this, name] { settle(name); });
    }
    const auto state = link.shell->state();
    if (state == RemoteShell::State::Open) {
        ready(link.shell.get());
        return;
    }
    link.waiting.push_back(std::move(ready));
    if (state != RemoteShell::State::Connecting)
        link.shell->open();
}

void HostLinks::settle(const QString &name) {
    Link &link = m_links[name];
    switch (link.shell->state()) {
    case RemoteShell::State::Closed:
    case RemoteShell::State::Connecting:
        return;
    case RemoteShell::State::Open: {
        Q_EMIT connectionChanged(name, true, QStringLiteral("connected"));
        for (const Ready &ready : std::exchange(link.waiting, {}))
            ready(link.shell.get());
        return;
    }
    case RemoteShell::State::Lost:
    case RemoteShell::State::Failed: {
        const Error error = link.shell->error();
        Q_EMIT connectionChanged(name, false, error.text);
        for (const Ready &ready : std::exchange(link.waiting, {}))
            ready(error);
        return;
    }
    }
}

bool HostLinks::isOpen(const QString &host) const {
    const auto it = m_links.find(host);
    return it != m_links.end() && it->second.shell && it->second.shell->state() == RemoteShell::State::Open;
}

} // namespace slipway
