// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/desktop.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace slipway {

namespace {

const QString kPortal = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPortalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kSettings = QStringLiteral("org.freedesktop.portal.Settings");
const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
const QString kScheme = QStringLiteral("color-scheme");
constexpr int kDefaultTimeout = -1; // the service's own

} // namespace

Desktop::Desktop(QObject *parent) : QObject(parent) {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    // A slot is looked up by the names of its types; of one that nothing has used yet Qt knows no name, and
    // connects nothing.
    qRegisterMetaType<QDBusVariant>();
    (void)bus.connect(
        kPortal, kPortalPath, kSettings, QStringLiteral("SettingChanged"), this,
        SLOT(takeSetting(QString, QString, QDBusVariant))); // that it fits is held by tst_desktop
    QDBusMessage read =
        QDBusMessage::createMethodCall(kPortal, kPortalPath, kSettings, QStringLiteral("Read"));
    read << kAppearance << kScheme;
    auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(read), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        const QDBusPendingReply<QDBusVariant> reply = *answer;
        if (!reply.isError())
            takeScheme(reply.value().variant());
        answer->deleteLater();
    });
}

void Desktop::takeSetting(const QString &space, const QString &key, const QDBusVariant &value) {
    if (space == kAppearance && key == kScheme)
        takeScheme(value.variant());
}

// 1: dark, 2: light, else no preference. Read wraps it twice.
void Desktop::takeScheme(const QVariant &value) {
    const QVariant inner = value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant() : value;
    const uint scheme = inner.toUInt();
    const auto prefers = scheme == 1   ? std::optional(true)
                         : scheme == 2 ? std::optional(false)
                                       : std::nullopt;
    if (prefers == m_prefersDark)
        return;
    m_prefersDark = prefers;
    Q_EMIT preferenceChanged();
}

void Desktop::notify(const QString &title, const QString &text) {
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"),
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    call << QStringLiteral("Slipway") << uint(0) << QString() << title << text.toHtmlEscaped()
         << QStringList() << QVariantMap() << kDefaultTimeout;
    bus.send(call);
}

} // namespace slipway
