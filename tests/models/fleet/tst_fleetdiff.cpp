// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleetdiff.h"
#include "models/fleet/fleetimport.h"

#include <QTest>

using namespace slipway;

namespace {

Host hostAt(const QString &name, const QString &address, const QString &id = {}) {
    Host host = importedHost(name);
    host.address = host.privateAddress = address;
    host.id = id;
    return host;
}

QStringList reported(const QList<HostChange> &changes) {
    QStringList lines;
    for (const HostChange &change : changes)
        lines << hostChangeName(change.kind) + QLatin1Char(' ') + change.name + QLatin1Char(' ') +
                     change.fields.join(QStringLiteral("; "));
    return lines;
}

const QString kKey = QStringLiteral("ssh-ed25519 AAAA");

} // namespace

class FleetDiffTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void changesAreReportedHostByHost() {
        const Fleet before{
            QStringLiteral("g"),
            {hostAt(QStringLiteral("a"), QStringLiteral("203.0.113.1")),
             hostAt(QStringLiteral("b"), QStringLiteral("203.0.113.2")),
             hostAt(QStringLiteral("old"), QStringLiteral("203.0.113.3"), QStringLiteral("droplet-3"))},
            {}};
        const Fleet after{
            QStringLiteral("g"),
            {hostAt(QStringLiteral("a"), QStringLiteral("203.0.113.51")),
             hostAt(QStringLiteral("c"), QStringLiteral("203.0.113.4")),
             hostAt(QStringLiteral("new"), QStringLiteral("203.0.113.3"), QStringLiteral("droplet-3"))},
            {}};
        QCOMPARE(reported(fleetChanges(before, after)),
                 (QStringList{QStringLiteral("changed a address: 203.0.113.1 → 203.0.113.51; privateAddress: "
                                             "203.0.113.1 → 203.0.113.51"),
                              QStringLiteral("added c "), QStringLiteral("changed new name: old → new"),
                              QStringLiteral("removed b ")}));
        for (const HostChange &change : fleetChanges(before, before))
            QCOMPARE(change.kind, HostChange::Kind::Same);
    }

    void whatPeopleSetStays() {
        Host set = hostAt(QStringLiteral("a"), QStringLiteral("203.0.113.1"));
        set.user = QStringLiteral("ada");
        set.port = 2222;
        set.identityFile = QStringLiteral("/k");
        set.serverPath = QStringLiteral("/opt/server");
        set.tags = {QStringLiteral("mine")};
        set.role = HostRole::Chaos;
        set.hostKeys = {kKey};
        const Fleet present{
            QStringLiteral("g"), {set}, {{QStringLiteral("mcp_min_tools"), QStringLiteral("30")}}};
        Host again = hostAt(QStringLiteral("a"), QStringLiteral("203.0.113.1"));
        QCOMPARE(updatedFleet(present, {QStringLiteral("g"), {again}, {}}), present);
        again.user = QStringLiteral("root");
        QCOMPARE(updatedFleet(present, {QStringLiteral("g"), {again}, {}}).hosts.constFirst().user,
                 QStringLiteral("root"));
    }

    // A key that was pinned for one machine must not be trusted for another.
    void pinnedKeysStayWithTheirMachine() {
        Host set = hostAt(QStringLiteral("a"), QStringLiteral("203.0.113.1"));
        set.hostKeys = {kKey};
        const auto keysAfter = [](const Host &present, const Host &imported) {
            return updatedFleet({QStringLiteral("g"), {present}, {}}, {QStringLiteral("g"), {imported}, {}})
                .hosts.constFirst()
                .hostKeys;
        };
        QCOMPARE(keysAfter(set, hostAt(QStringLiteral("a"), QStringLiteral("203.0.113.1"))),
                 QStringList{kKey});
        QVERIFY(keysAfter(set, hostAt(QStringLiteral("a"), QStringLiteral("203.0.113.51"))).isEmpty());
        set.id = QStringLiteral("droplet-1");
        QCOMPARE(keysAfter(set, hostAt(QStringLiteral("a"), QStringLiteral("203.0.113.51"),
                                       QStringLiteral("droplet-1"))),
                 QStringList{kKey});
        QVERIFY(keysAfter(set, hostAt(QStringLiteral("a"), QStringLiteral("203.0.113.1"),
                                      QStringLiteral("droplet-2")))
                    .isEmpty());
    }
};

QTEST_APPLESS_MAIN(FleetDiffTest)
#include "tst_fleetdiff.moc"
