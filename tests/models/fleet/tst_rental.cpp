// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"
#include "models/fleet/addressrange.h"
#include "models/fleet/rental.h"
#include "models/fleet/rentalnames.h"

#include <QTest>

using namespace slipway;

namespace {

const QDateTime kStart = utcOfSeconds(1'800'000'000);

RentalSpec spec() {
    RentalSpec spec;
    spec.name = QStringLiteral("gate-7");
    spec.members = defaultMembers();
    spec.owner = QStringLiteral("alice");
    return spec;
}

QByteArray line(const QString &what, const QString &kind = {}, const QString &name = {},
                const QString &id = {}, const QString &attempt = {}, const QJsonObject &data = {}) {
    return eventToLine({kStart, what, kind, name, id, attempt, data});
}

QByteArray begun() {
    return line(QStringLiteral("begun"), {}, {}, {}, {}, {{QStringLiteral("spec"), specToJson(spec())}});
}

const QString kServer = QStringLiteral("droplet");
const QString kNodeA = QStringLiteral("node-a");

} // namespace

class RentalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void costIsBilledBySecondsWithAMinimum() {
        const Money perHour = Money::ofDollars(0.03571);
        QCOMPARE(serverCost(perHour, 1).text(), QStringLiteral("$0.01"));
        QCOMPARE(serverCost(perHour, 60).text(), QStringLiteral("$0.01"));
        QCOMPARE(serverCost(perHour, 3600).micros, 35'710);
        QCOMPARE(serverCost(perHour, 3600).text(), QStringLiteral("$0.0357"));
        QCOMPARE(serverCost(perHour, 28 * 24 * 3600).text(), QStringLiteral("$24.00"));
        QCOMPARE(Money::ofDollars(-1.5).text(), QStringLiteral("-$1.50"));
    }

    void rangesOverlapOrNot_data() {
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("overlaps");
        QTest::newRow("the field's") << QStringLiteral("10.250.0.0/20") << true;
        QTest::newRow("inside") << QStringLiteral("10.250.3.128/25") << true;
        QTest::newRow("same") << QStringLiteral("10.250.3.0/24") << true;
        QTest::newRow("next") << QStringLiteral("10.250.4.0/24") << false;
        QTest::newRow("everything") << QStringLiteral("0.0.0.0/0") << true;
    }
    void rangesOverlapOrNot() {
        QFETCH(QString, other);
        QFETCH(bool, overlaps);
        const AddressRange range = *AddressRange::parse(QStringLiteral("10.250.3.0/24"));
        QCOMPARE(range.overlaps(*AddressRange::parse(other)), overlaps);
        QCOMPARE(AddressRange::parse(other)->overlaps(range), overlaps);
    }

    void badRangesAreRefused() {
        for (const char *text : {"10.250.0.1/24", "10.250.0.0", "10.250.0.0/33", "10.256.0.0/16",
                                 "10.250.00.0/24", "", "a/b", "10.250.0.0/24/1"})
            QVERIFY2(!AddressRange::parse(QLatin1String(text)), text);
        QVERIFY(!AddressRange::parse(QStringLiteral("8.8.8.0/24"))->fitsVpc());
        QVERIFY(!AddressRange::parse(QStringLiteral("10.0.0.0/8"))->fitsVpc());
        QVERIFY(AddressRange::parse(QStringLiteral("172.31.0.0/16"))->fitsVpc());
    }

    void aFreeRangeIsFound() {
        QCOMPARE(freeRange({})->text(), QStringLiteral("10.250.0.0/24"));
        QCOMPARE(freeRange({*AddressRange::parse(QStringLiteral("10.250.0.0/20"))})->text(),
                 QStringLiteral("10.250.16.0/24"));
        QVERIFY(!freeRange({*AddressRange::parse(QStringLiteral("10.0.0.0/8"))}));
    }

    void namesAreFoundAgain() {
        const QString tag = rentalnames::ownerTag(QStringLiteral("gate-7"), QStringLiteral("alice"), kStart,
                                                  QStringLiteral("0badcafe"));
        const auto owner = rentalnames::parseOwner(tag);
        QVERIFY(owner);
        QCOMPARE(owner->fleet, QStringLiteral("gate-7"));
        QCOMPARE(owner->owner, QStringLiteral("alice"));
        QCOMPARE(owner->until, kStart);
        QVERIFY(!rentalnames::parseOwner(QStringLiteral("slipway-of:a:b:c:d")));
        QCOMPARE(rentalnames::fleetOf(QStringLiteral("slipway-gate-7.node-a"), {}), QStringLiteral("gate-7"));
        QCOMPARE(rentalnames::fleetOf(QStringLiteral("slipway-gate-7"), {}), QStringLiteral("gate-7"));
        QCOMPARE(rentalnames::fleetOf(QStringLiteral("web"), {QStringLiteral("slipway-fleet:x")}),
                 QStringLiteral("x"));
        QCOMPARE(rentalnames::fleetOf(QStringLiteral("web"), {QStringLiteral("prod")}), QString());
        QCOMPARE(rentalnames::legalOwner(QStringLiteral("Jörg M.:x")), QStringLiteral("JrgMx"));
        QVERIFY(rentalnames::isOfField(QStringLiteral("aim-v0-6-vpc"), {}));
    }

    void illegalSpecsAreRefused_data() {
        QTest::addColumn<QString>("name");
        for (const char *name : {"", "UPPER", "under_score", "dot.ted", "-a", "a-", "a b", "v0.6.3-r1",
                                 "a234567890123456789012345678901234567890x"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void illegalSpecsAreRefused() {
        QFETCH(QString, name);
        RentalSpec bad = spec();
        bad.name = name;
        QVERIFY(!checkSpec(bad).ok());
        bad = spec();
        bad.members[1].host = name;
        QVERIFY(!checkSpec(bad).ok());
    }

    void aSpecSurvivesItsJournal() {
        QVERIFY(checkSpec(spec()).ok());
        QCOMPARE(*specFromJson(specToJson(spec())), spec());
    }

    void aJournalAddsUp() {
        QByteArray journal = begun() + line(QStringLiteral("intent"), QStringLiteral("vpc"));
        Rental rental = *readRental(journal, QStringLiteral("j"));
        QVERIFY(rental.requested.contains(QStringLiteral("vpc")));
        QVERIFY(rental.networkId.isEmpty());
        journal += line(QStringLiteral("made"), QStringLiteral("vpc"), {}, QStringLiteral("uuid")) +
                   line(QStringLiteral("intent"), kServer, kNodeA, {}, QStringLiteral("slipway-op:1"));
        rental = *readRental(journal, QStringLiteral("j"));
        QCOMPARE(rental.networkId, QStringLiteral("uuid"));
        QVERIFY(rental.members[0].uncertain());
        QVERIFY(!rental.members[1].uncertain());
        journal += line(QStringLiteral("made"), kServer, kNodeA, QStringLiteral("4711"), {},
                        {{QStringLiteral("micros"), 35710}}) +
                   line(QStringLiteral("key"), kServer, kNodeA, {}, {},
                        {{QStringLiteral("key"), QStringLiteral("ssh-ed25519 AAAA")}}) +
                   line(QStringLiteral("host"), kServer, kNodeA, {}, {},
                        {{QStringLiteral("public"), QStringLiteral("203.0.113.9")},
                         {QStringLiteral("private"), QStringLiteral("10.250.0.9")}}) +
                   line(QStringLiteral("duplicate"), kServer, kNodeA, QStringLiteral("4712"), {},
                        {{QStringLiteral("micros"), 20000},
                         {QStringLiteral("created"), kStart.addSecs(3600).toString(Qt::ISODate)}});
        rental = *readRental(journal, QStringLiteral("j"));
        QCOMPARE(rental.serverIds(), (QList<qint64>{4711, 4712}));
        QCOMPARE(rental.perHour().micros, 55'710); // the duplicate costs too
        QCOMPARE(rental.cost(kStart.addSecs(7200)).value().micros, 91'420);
        Rental given = rental;
        given.take(
            {kStart.addSecs(5400), QStringLiteral("gone"), kServer, {}, QStringLiteral("4712"), {}, {}});
        QCOMPARE(given.serverIds(), (QList<qint64>{4711}));
        QVERIFY(given.livingDuplicates().isEmpty());
        QCOMPARE(given.perHour().micros, 35'710);
        QCOMPARE(given.cost(kStart.addSecs(7200)).value().micros, 81'420); // and has cost
        QCOMPARE(rental.cost({}), std::nullopt); // one lives, and nobody knows how long
        const Host host = rental.hosts().constFirst();
        QCOMPARE(host.id, QStringLiteral("droplet-4711"));
        QCOMPARE(host.address, QStringLiteral("203.0.113.9"));
        QCOMPARE(host.hostKeys, QStringList{QStringLiteral("ssh-ed25519 AAAA")});
        // What a launch said of keeping holds for those that follow; they say nothing.
        const auto used = [&](const QString &campaign, const QJsonObject &data) {
            journal += line(QStringLiteral("used"), {}, {}, campaign, {}, data);
            return *readRental(journal, QStringLiteral("j"));
        };
        QVERIFY(!used(QStringLiteral("one"), {}).spec.keep);
        QVERIFY(used(QStringLiteral("two"), {{QStringLiteral("keep"), true}}).spec.keep);
        rental = used(QStringLiteral("three"), {});
        QVERIFY(rental.spec.keep);
        QCOMPARE(rental.campaign, QStringLiteral("three"));
        journal += line(QStringLiteral("gone"), kServer, kNodeA, QStringLiteral("4711")) +
                   line(QStringLiteral("gone"), kServer, {}, QStringLiteral("4712")) +
                   line(QStringLiteral("ended"));
        rental = *readRental(journal, QStringLiteral("j"));
        QVERIFY(rental.serverIds().isEmpty());
        QVERIFY(rental.state == Rental::State::Ended);
        QCOMPARE(rental.perHour().micros, 0);
    }

    // Killed while it wrote a line: that line was never acted upon.
    void aHalfLineAtTheEndIsLeftOut() {
        const QByteArray whole = begun() + line(QStringLiteral("intent"), QStringLiteral("tag"));
        for (qsizetype cut = begun().size(); cut < whole.size(); ++cut)
            QVERIFY(readRental(whole.left(cut), QStringLiteral("j"))->requested.isEmpty());
        QVERIFY(!readRental(begun() + "garbage\n" + line(QStringLiteral("ready")), QStringLiteral("j")).ok());
        QVERIFY(!readRental({}, QStringLiteral("j")).ok());
    }
};

QTEST_APPLESS_MAIN(RentalTest)
#include "tst_rental.moc"
