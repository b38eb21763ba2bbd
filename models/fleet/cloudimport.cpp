// SPDX-License-Identifier: GPL-3.0-or-later
// What the command lines of other clouds print as JSON: aws ec2 describe-instances, hcloud server list,
// gcloud compute instances list, vultr-cli and linode-cli.
#include "models/fleet/fleetimport.h"
#include "models/fleet/hostobject.h"
#include "models/fleet/inventorytext.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace slipway {

namespace {

void addMachine(FleetImport &import, const QJsonValue &value, const QString &where) {
    const HostObject object = readHostObject(value.toObject());
    const HostOfObject made = hostOf(object, plainNameOf(object.id));
    if (!object.isHost || !made.host) {
        leaveOut(import, where,
                 object.isHost
                     ? QStringLiteral("%1 %2").arg(object.name.isEmpty() ? object.id : object.name, made.why)
                     : QStringLiteral("is not a machine with an address"));
        return;
    }
    Host host = *made.host;
    if (isPlainName(object.id))
        host.id = object.id;
    if (object.isIpv6)
        addNote(import, QStringLiteral("%1: %2 has no public IPv4 address and is reached by IPv6.")
                            .arg(where, host.name));
    takeImported(import, host, where);
}

void addMachines(FleetImport &import, const QJsonArray &machines, const QString &where) {
    for (qsizetype i = 0; i < machines.size(); ++i) {
        const QString at = QStringLiteral("%1[%2]").arg(where).arg(i);
        const QJsonValue inside = machines.at(i)[QLatin1String("Instances")];
        if (inside.isArray())
            addMachines(import, inside.toArray(), at + QStringLiteral(".Instances"));
        else
            addMachine(import, machines.at(i), at);
    }
}

} // namespace

Result<FleetImport> importCloud(const QByteArray &bytes, const QString &what) {
    const auto utf8 = inventoryText(bytes, what);
    if (!utf8)
        return utf8.error();
    QJsonParseError parse{};
    const QJsonDocument document = QJsonDocument::fromJson(*utf8, &parse);
    if (document.isNull())
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is not JSON: %2 at byte %3").arg(what, parse.errorString()).arg(parse.offset)};
    FleetImport import;
    if (document.isArray()) {
        addMachines(import, document.array(), what + QStringLiteral(": "));
    } else {
        const QJsonObject object = document.object();
        for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
            if (it.value().isArray())
                addMachines(import, it.value().toArray(), QStringLiteral("%1: %2").arg(what, it.key()));
        }
    }
    return finished(std::move(import), QStringLiteral("%1 lists no machine that can be taken.").arg(what));
}

} // namespace slipway
