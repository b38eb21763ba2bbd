// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/observation/writeledger.h"

#include "tests/models/evidence/observedlines.h"

#include <QCryptographicHash>
#include <QTest>

using namespace slipway;
using namespace slipway::test;

namespace {

const QString kKey = QStringLiteral("0123456789abcdef0123456789abcdef");

QByteArray digits(const QByteArray &bytes) {
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().left(16);
}

QByteArray content(const QByteArray &id, qint64 length = 60) {
    return digits(writtenContent(kKey, QString::fromLatin1(id), length));
}

QByteArray root(const QByteArray &id) {
    return digits(kKey.toLatin1() + ':' + id + ":60");
}

Observation seen(const QByteArray &fields) {
    const auto observation = parseObservation(observedLine(fields).trimmed(), {});
    if (!observation)
        qFatal("%s", qPrintable(observation.error().text));
    return *observation;
}

WriteLedger ledgerWith(const QByteArrayList &acked) {
    WriteLedger ledger;
    ledger.begin(seen("'obs':'begin','key':'" + kKey.toLatin1() + "'"));
    for (const QByteArray &id : acked)
        ledger.addWrite(
            seen("'obs':'write','code':'201','id':'" + id + "','bytes':60,'sha256':'" + content(id) + "'"));
    return ledger;
}

void hold(WriteLedger &ledger, const QByteArray &node, const QByteArrayList &ids) {
    QByteArrayList rows;
    QByteArrayList roots;
    for (const QByteArray &id : ids) {
        rows << "'" + id + ' ' + content(id) + "'";
        roots << "'" + root(id) + "'";
    }
    ledger.addHeld(seen("'obs':'held','node':'" + node + "','rows':[" + rows.join(',') + "]"));
    ledger.addOwn(seen("'obs':'own','node':'" + node + "','roots':[" + roots.join(',') + "]"));
}

} // namespace

class WriteLedgerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNodeHoldsWhatItAnsweredUnchanged() {
        WriteLedger ledger = ledgerWith({"a", "b", "c"});
        hold(ledger, "n", {"a", "b", "z"});
        const auto holding = ledger.holdingOf(QStringLiteral("n"));
        QVERIFY(holding);
        QCOMPARE(holding->ids, (QSet<QString>{QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(holding->changed, 0);
        QCOMPARE(holding->notOwn, 0);
        QVERIFY(!ledger.holdingOf(QStringLiteral("m")));
        QCOMPARE(ledger.acknowledged().size(), 3);
        QCOMPARE(ledger.acknowledged().value(QStringLiteral("a")).toLatin1(), content("a"));
    }

    void onlyAcknowledgedWritesOfTheDerivedContentCount() {
        WriteLedger ledger = ledgerWith({"a"});
        const auto write = [&](const QByteArray &id, const QByteArray &code, const QByteArray &rest) {
            ledger.addWrite(seen("'obs':'write','id':'" + id + "','code':'" + code + "'" + rest));
        };
        write("refused", "503", ",'bytes':60,'sha256':'" + content("refused") + "'");
        write("other", "201", ",'bytes':60,'sha256':'" + content("a") + "'");
        write("longer", "201", ",'bytes':61,'sha256':'" + content("longer") + "'");
        write("unmeasured", "201", ",'sha256':'" + content("unmeasured") + "'");
        write("letter", "201", ",'sha256':'" + content("letter", 1) + "'");
        write("unhashed", "201", ",'bytes':60");
        write("huge", "201", ",'bytes':1048577,'sha256':'" + digits({}) + "'");
        QCOMPARE(ledger.acknowledged().keys(), QStringList(QStringLiteral("a")));
        write("one", "201", ",'bytes':1,'sha256':'" + content("one", 1) + "'");
        QVERIFY(ledger.acknowledged().contains(QStringLiteral("one")));
        write("largest", "201", ",'bytes':1048576,'sha256':'" + content("largest", 1048576) + "'");
        QCOMPARE(ledger.acknowledged().size(), 3);
    }

    void theFirstKeyCounts() {
        WriteLedger ledger = ledgerWith({});
        ledger.begin(seen("'obs':'begin','key':'other'"));
        ledger.addWrite(
            seen("'obs':'write','code':'201','id':'a','bytes':60,'sha256':'" + content("a") + "'"));
        QCOMPARE(ledger.acknowledged().size(), 1);
    }

    void aNodeIsAskedForContentsAndForItsOwnDatabase() {
        WriteLedger ledger = ledgerWith({"a"});
        ledger.addHeld(seen("'obs':'held','node':'n','rows':['a " + content("a") + "']"));
        QVERIFY(!ledger.holdingOf(QStringLiteral("n"))); // its database was not looked at
        ledger.addOwn(seen("'obs':'own','node':'n','roots':[]"));
        QCOMPARE(ledger.holdingOf(QStringLiteral("n"))->notOwn, 1);
        WriteLedger named = ledgerWith({"a"});
        named.addOwn(seen("'obs':'own','node':'n','roots':['" + root("a") + "']"));
        QVERIFY(!named.holdingOf(QStringLiteral("n"))); // it was not asked
        named.addHeld(seen("'obs':'held','node':'n','ids':['a']"));
        QVERIFY(!named.holdingOf(QStringLiteral("n"))); // names, and no contents
    }

    void whatIsSaidTwiceMustBeTheSame() {
        WriteLedger ledger = ledgerWith({"a", "b"});
        hold(ledger, "n", {"a"});
        hold(ledger, "n", {"a"});
        QVERIFY(ledger.holdingOf(QStringLiteral("n")));
        ledger.addHeld(seen("'obs':'held','node':'n','rows':['b " + content("b") + "']"));
        QVERIFY(!ledger.holdingOf(QStringLiteral("n")));
        hold(ledger, "n", {"a"}); // and stays so
        QVERIFY(!ledger.holdingOf(QStringLiteral("n")));
        WriteLedger own = ledgerWith({"a", "b"});
        hold(own, "n", {"a"});
        own.addOwn(seen("'obs':'own','node':'n','roots':['" + root("b") + "']"));
        QVERIFY(!own.holdingOf(QStringLiteral("n")));
    }

    void rowsOfOneIdMustAgree() {
        WriteLedger ledger = ledgerWith({"a", "b"});
        ledger.addOwn(seen("'obs':'own','node':'n','roots':['" + root("a") + "','" + root("b") + "']"));
        ledger.addHeld(seen("'obs':'held','node':'n','rows':['a " + content("a") + "','a " + content("a") +
                            "','b " + content("b") + "','b 0000000000000000']"));
        const auto holding = ledger.holdingOf(QStringLiteral("n"));
        QCOMPARE(holding->ids, QSet<QString>{QStringLiteral("a")});
        QCOMPARE(holding->changed, 1);
    }

    // Streams from before contents were derived.
    void namesAloneAreComparedWhereThereAreNoContents() {
        WriteLedger ledger;
        ledger.addWrite(seen("'obs':'write','code':'201','id':'a'"));
        ledger.addWrite(seen("'obs':'write','code':'201','id':'b'"));
        ledger.addHeld(seen("'obs':'held','node':'n','ids':['a','z']"));
        const auto holding = ledger.holdingOf(QStringLiteral("n"));
        QVERIFY(holding);
        QCOMPARE(holding->ids, QSet<QString>{QStringLiteral("a")});
        // A content without a key cannot be derived: it proves nothing.
        ledger.addWrite(
            seen("'obs':'write','code':'201','id':'c','bytes':60,'sha256':'" + content("c") + "'"));
        QCOMPARE(ledger.acknowledged().size(), 2);
        QVERIFY(!ledger.holdingOf(QStringLiteral("n")));
    }

    void clearingKeepsTheKeyAlone() {
        WriteLedger ledger = ledgerWith({"a"});
        hold(ledger, "n", {"a"});
        ledger.clear();
        QVERIFY(ledger.acknowledged().isEmpty());
        QVERIFY(!ledger.holdingOf(QStringLiteral("n")));
        ledger.addWrite(
            seen("'obs':'write','code':'201','id':'b','bytes':60,'sha256':'" + content("b") + "'"));
        hold(ledger, "n", {"b"});
        QCOMPARE(ledger.holdingOf(QStringLiteral("n"))->ids, QSet<QString>{QStringLiteral("b")});
        // And not that contents were reported.
        WriteLedger old;
        old.addWrite(seen("'obs':'write','code':'201','id':'c','bytes':60,'sha256':'00'"));
        old.clear();
        old.addWrite(seen("'obs':'write','code':'201','id':'a'"));
        old.addHeld(seen("'obs':'held','node':'n','ids':['a']"));
        QVERIFY(old.holdingOf(QStringLiteral("n")));
    }

    void noMoreNodesThanAFleetHasAreKept() {
        WriteLedger ledger = ledgerWith({"a"});
        for (int i = 0; i < 70; ++i)
            hold(ledger, "n" + QByteArray::number(i), {"a"});
        QVERIFY(ledger.holdingOf(QStringLiteral("n63")));
        QVERIFY(!ledger.holdingOf(QStringLiteral("n64")));
        hold(ledger, "n0", {}); // one that is kept is still listened to
        QVERIFY(!ledger.holdingOf(QStringLiteral("n0")));
    }

    void contentIsAsLongAsItWasAskedFor() {
        for (const qint64 length :
             {qint64(0), qint64(1), qint64(8), qint64(9), qint64(73), qint64(74), qint64(1048576)})
            QCOMPARE(writtenContent(kKey, QStringLiteral("a"), length).size(), length);
        QVERIFY(writtenContent(kKey, QStringLiteral("a"), 1048577).isEmpty());
        QVERIFY(writtenContent(kKey, QStringLiteral("a"), 80) !=
                writtenContent(kKey, QStringLiteral("b"), 80));
        QVERIFY(writtenContent(kKey, QStringLiteral("a"), 80) !=
                writtenContent(kKey, QStringLiteral("a"), 81).left(80));
    }
};

QTEST_APPLESS_MAIN(WriteLedgerTest)
#include "tst_writeledger.moc"
