// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/cloud.h"

#include <QJsonObject>

namespace slipway {

/// Each reads one object of an answer of DigitalOcean's API; what identifies a thing is required, the rest
/// may be missing, since a token without a scope gets fields left out. The error names the field.
Result<CloudServer> parseServer(const QJsonObject &object);
Result<CloudNetwork> parseNetwork(const QJsonObject &object);
Result<Firewall> parseFirewall(const QJsonObject &object);
Result<Size> parseSize(const QJsonObject &object);
Result<Region> parseRegion(const QJsonObject &object);
Result<Image> parseImage(const QJsonObject &object);
Result<SshKey> parseSshKey(const QJsonObject &object);
Result<CloudAction> parseCloudAction(const QJsonObject &object);
Result<Account> parseAccount(const QJsonObject &object);
Result<Balance> parseBalance(const QJsonObject &object);

} // namespace slipway
