// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/host.h"

#include <QJsonObject>

namespace slipway {

/// What an object says about a machine, by the names that terraform providers, cloud command lines and people
/// give such fields ("public_ip", "ipv4_address", "PublicIpAddress", …). Pure.
struct HostObject {
    bool isHost = false; ///< it has a field that is an address of a machine, be it empty
    QString name;        ///< empty: it does not say
    QString id;          ///< as the provider counts it
    QString address;     ///< public IPv4, else a DNS name, else public IPv6
    QString privateAddress;
    QString user;
    QString port;
    QString role; ///< as it stands there, in lower case
    QString group;
    QStringList tags;
    QString problem;     ///< of a field that holds no address: "public: must be an IP address"
    bool isIpv6 = false; ///< its address is one, for want of another
    bool isDigitalOcean = false;
};

[[nodiscard]] HostObject readHostObject(const QJsonObject &object);

/// Whether the words of a name ("load_balancer_ip") are of something that serves hosts and is not one.
[[nodiscard]] bool isServiceName(const QString &name);

/// The host that an object describes, or nothing, with why, where it cannot be one.
struct HostOfObject {
    std::optional<Host> host;
    QString why;
};
[[nodiscard]] HostOfObject hostOf(const HostObject &object, const QString &fallbackName);

/// Lower case, without blanks, dashes and underscores: "Public IPv4" and "public_ipv4" are one field.
[[nodiscard]] QString fieldKey(const QString &name);

} // namespace slipway
