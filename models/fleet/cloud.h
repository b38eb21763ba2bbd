// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/fleet/money.h"

#include <QDateTime>
#include <QList>
#include <QStringList>

namespace slipway {

/// What a cloud reports of an account, as plain values.

struct CloudServer {
    qint64 id = 0; ///< the identity: names are not unique
    QString name;
    QString status; ///< new, active, off, archive, or what the API comes up with
    bool locked = false;
    QDateTime createdAt;
    QString size;
    Money perHour;
    QString region;
    QString publicAddress; ///< IPv4; may be empty while new, and for a while after
    QString privateAddress;
    QString networkId;
    QStringList tags;

    friend bool operator==(const CloudServer &, const CloudServer &) = default;
};

struct CloudNetwork {
    QString id;
    QString name;
    QString description;
    QString region;
    QString range;
    bool isDefault = false; ///< can never be deleted
    QDateTime createdAt;

    friend bool operator==(const CloudNetwork &, const CloudNetwork &) = default;
};

struct Firewall {
    QString id;
    QString name;
    QString status; ///< waiting, succeeded, failed
    QStringList tags;
    int pendingChanges = 0;
    QDateTime createdAt;

    friend bool operator==(const Firewall &, const Firewall &) = default;
};

struct Size {
    QString slug;
    Money perHour;
    Money perMonth;
    bool available = false;
    QStringList regions;
};

struct Region {
    QString slug;
    QString name;
    bool available = false;
    QStringList sizes;
};

struct Image {
    qint64 id = 0;
    QString slug; ///< empty for one's own
    QString name;
    QStringList regions;
};

/// A key that the account knows.
struct SshKey {
    qint64 id = 0;
    QString name;
    QString fingerprint; ///< colon-separated MD5 of the key, not SHA256
};

struct CloudAction {
    qint64 id = 0;
    QString status; ///< in-progress, completed, errored
    QString type;
};

struct Account {
    QString email;
    QString status;
    int serverLimit = 0;
};

/// True as of `generatedAt`, which may be a day ago: never a live meter.
struct Balance {
    Money monthToDate;
    QDateTime generatedAt;
};

} // namespace slipway
