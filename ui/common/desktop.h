// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant> // whole: of an unknown type no slot can be connected
#include <QObject>

#include <optional>

namespace slipway {

/// What a Linux desktop offers over the session bus: notifications (freedesktop.org's Notifications, 1.2) and
/// whether it wants dark windows (XDG Desktop Portal, org.freedesktop.appearance). Without a bus, or without
/// either service, nothing is shown and nothing is known. Nothing here waits.
class Desktop : public QObject {
    Q_OBJECT
public:
    explicit Desktop(QObject *parent = nullptr);

    /// Plain text; services that show markup get it escaped.
    void notify(const QString &title, const QString &text);
    /// Whether windows should be dark; unknown until the portal answered, or when it has no preference.
    [[nodiscard]] std::optional<bool> prefersDark() const { return m_prefersDark; }

Q_SIGNALS:
    void preferenceChanged();

private Q_SLOTS:
    void takeSetting(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void takeScheme(const QVariant &value);

    std::optional<bool> m_prefersDark;
};

} // namespace slipway
