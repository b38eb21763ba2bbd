// SPDX-License-Identifier: GPL-3.0-or-later
// Which format an inventory is in.
#include "models/fleet/fleetimport.h"
#include "models/fleet/hostlines.h"
#include "models/fleet/hosttable.h"
#include "models/fleet/inventorytext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace slipway {

namespace {

bool hasAny(const QJsonObject &object, std::initializer_list<const char *> keys) {
    return std::any_of(keys.begin(), keys.end(),
                       [&](const char *key) { return object.contains(QLatin1String(key)); });
}

FleetFormat formatOfArray(const QJsonArray &array) {
    const QJsonObject first = array.first().toObject();
    if (array.isEmpty() || hasAny(first, {"size_slug", "networks"}))
        return FleetFormat::Doctl;
    if (hasAny(first, {"Instances", "InstanceId", "public_net", "networkInterfaces", "plan", "linode_id"}))
        return FleetFormat::Cloud;
    // A list of whole numbers or of other things is what doctl never writes, but an output may hold it.
    return array.first().isDouble() ? FleetFormat::Doctl : FleetFormat::TerraformOutput;
}

FleetFormat formatOfObject(const QJsonObject &object) {
    const QJsonObject all = object.value(QLatin1String("all")).toObject();
    if (object.contains(QLatin1String("schema")))
        return FleetFormat::Slipway;
    if (hasAny(object, {"format_version", "lineage"}) ||
        (object.contains(QLatin1String("terraform_version")) && hasAny(object, {"resources", "modules"})))
        return FleetFormat::TerraformState;
    if (object.value(QLatin1String("errors")).isArray() || object.value(QLatin1String("droplets")).isArray())
        return FleetFormat::Doctl;
    if (object.contains(QLatin1String("_meta")) || hasAny(all, {"children", "hosts"}))
        return FleetFormat::Ansible;
    if (hasAny(object, {"Reservations", "Instances"}))
        return FleetFormat::Cloud;
    return FleetFormat::TerraformOutput;
}

bool nameEndsWith(const QString &name, std::initializer_list<const char *> ends) {
    return std::any_of(ends.begin(), ends.end(), [&](const char *end) {
        return name.endsWith(QLatin1String(end), Qt::CaseInsensitive);
    });
}

bool hasLine(const QString &text, const QString &pattern) {
    return QRegularExpression(pattern,
                              QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption)
        .match(text)
        .hasMatch();
}

} // namespace

Result<FleetFormat> detectFleetFormat(const QByteArray &bytes, const QString &what) {
    const auto utf8 = inventoryText(bytes, what);
    if (!utf8)
        return utf8.error();
    const QByteArray trimmed = utf8->trimmed();
    if (trimmed.isEmpty())
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1 is empty.").arg(what)};
    if (trimmed.startsWith('[') || trimmed.startsWith('{') || trimmed.startsWith('"')) {
        const QJsonDocument document = QJsonDocument::fromJson(trimmed);
        if (document.isArray())
            return formatOfArray(document.array());
        if (trimmed.startsWith('{'))
            return formatOfObject(document.object());
        static const QRegularExpression value(QStringLiteral("\\A\"[^\"\\n]*\"\\z"));
        if (value.match(QString::fromUtf8(trimmed)).hasMatch())
            return FleetFormat::TerraformOutput; // of one output that is a string
    }
    const QString text = QString::fromUtf8(trimmed);
    if (isDropletTable(text))
        return FleetFormat::Doctl;
    if (hasHostColumns(text))
        return FleetFormat::Csv;
    if (hasLine(text, QStringLiteral("^[ \\t]*(Host|Match|Include)[ \\t=]")))
        return FleetFormat::SshConfig;
    if (nameEndsWith(what, {".yml", ".yaml"}) || hasLine(text, QStringLiteral("\\A(---\\s*$|all:\\s*$)")) ||
        hasLine(text, QStringLiteral("^[ \\t]+hosts:[ \\t]*$")) ||
        hasLine(text, QStringLiteral("^\\[[^\\]\\n]+\\][ \\t]*([#;].*)?$")) ||
        hasLine(text, QStringLiteral("^[^#;\\n]*\\bansible_[a-z_]+[ \\t]*=")))
        return FleetFormat::Ansible;
    if (nameEndsWith(what, {".csv", ".tsv"}))
        return FleetFormat::Csv;
    if (areHostLines(text))
        return FleetFormat::Hosts;
    return Error{ErrorCode::InvalidInput,
                 QStringLiteral("%1 is in no format that is known. Say which with --format.").arg(what)};
}

} // namespace slipway
