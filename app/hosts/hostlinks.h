// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/remoteshell.h"
#include "models/fleet/fleet.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace slipway {

using ShellFactory = std::function<std::unique_ptr<RemoteShell>(const Host &)>;

/// The campaign's connections, one a host, opened when first needed and kept. Lives on the campaign's thread.
class HostLinks : public QObject {
    Q_OBJECT
public:
    explicit HostLinks(ShellFactory factory, QObject *parent = nullptr);
    ~HostLinks() override;

    using Ready = std::function<void(Result<RemoteShell *>)>;
    /// Calls `ready` once the host is connected, or with why it is not. A host that failed before is tried
    /// again.
    void connectTo(const Host &host, Ready ready);
    [[nodiscard]] bool isOpen(const QString &host) const;

Q_SIGNALS:
    void connectionChanged(const QString &host, bool connected, const QString &text);

private:
    struct Link {
        std::unique_ptr<RemoteShell> shell;
        std::vector<Ready> waiting;
    };
    void settle(const QString &name);

    ShellFactory m_factory;
    std::map<QString, Link> m_links;
};

} // namespace slipway
