// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/fieldcycles.h"

#include <QTest>

using namespace slipway;

namespace {

Observation piece(const QString &fault, const QJsonValue &offset, const QByteArray &bytes,
                  const QString &kind = QStringLiteral("field_cycles")) {
    Observation observation;
    observation.kind = kind;
    observation.fields = {{QStringLiteral("fault"), fault},
                          {QStringLiteral("offset"), offset},
                          {QStringLiteral("base64"), QString::fromLatin1(bytes.toBase64())}};
    return observation;
}

QByteArray line(int number) {
    return "{\"cycle\":" + QByteArray::number(number) + ",\"fault\":\"f\"}\n";
}

const QString kF = QStringLiteral("f");

} // namespace

class FieldCyclesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void piecesAreJoinedToFilesAndCycles() {
        FieldCycles cycles;
        const QByteArray bytes = line(1) + line(2);
        cycles.add(piece(kF, 0, bytes.left(30)));
        QCOMPARE(cycles.takeFinished().size(), 1);
        QVERIFY(cycles.takeFinished().isEmpty());
        cycles.add(piece(kF, 30, bytes.mid(30)));
        const QList<Cycle> rest = cycles.takeFinished();
        QCOMPARE(rest.size(), 1);
        QCOMPARE(rest.at(0).number, 2);
        QCOMPARE(rest.at(0).source,
                 (SourceRange{QStringLiteral("cycles-f.jsonl"), line(1).size(), line(2).size() - 1}));
        cycles.add(piece(QStringLiteral("g"), 0, line(7)));
        QCOMPARE(cycles.files().size(), 2);
        QCOMPARE(cycles.files().at(0).name, QStringLiteral("cycles-f.jsonl"));
        QCOMPARE(cycles.files().at(0).bytes, bytes);
        QCOMPARE(cycles.files().at(1).bytes, line(7));
    }

    void whatDoesNotFollowIsLeftOut() {
        FieldCycles cycles;
        cycles.add(piece(kF, 0, line(1)));
        cycles.add(piece(kF, 1, line(2)));                  // overlaps
        cycles.add(piece(kF, line(1).size() + 1, line(3))); // leaves a gap
        cycles.add(piece(kF, 2.5, line(4)));
        cycles.add(piece(kF, QJsonValue(), line(5)));
        cycles.add(piece(kF, line(1).size(), line(6), QStringLiteral("output")));
        QCOMPARE(cycles.files().at(0).bytes, line(1));
        QCOMPARE(cycles.takeFinished().size(), 1);
    }

    void aScriptMayBeginItsFileAnew() {
        FieldCycles cycles;
        cycles.add(piece(kF, 0, line(1) + "{\"cyc"));
        cycles.add(piece(kF, 0, line(3)));
        QCOMPARE(cycles.files().at(0).bytes, line(3));
        const QList<Cycle> finished = cycles.takeFinished();
        QCOMPARE(finished.size(), 2);
        QCOMPARE(finished.at(1).number, 3);
    }

    void linesThatAreNotCyclesStayInTheFile() {
        FieldCycles cycles;
        cycles.add(piece(kF, 0, "noise\n" + line(1)));
        QCOMPARE(cycles.takeFinished().size(), 1);
        QCOMPARE(cycles.files().at(0).bytes, "noise\n" + line(1));
    }

    void linesThatAreNotCyclesAreReadToABound() {
        FieldCycles cycles;
        const QByteArray blank = QByteArray(40'000, '\n');
        cycles.add(piece(kF, 0, blank + line(1)));
        QCOMPARE(cycles.takeFinished().size(), 1);
        const QByteArray noise = QByteArray("x\n").repeated(10'001);
        cycles.add(piece(kF, blank.size() + line(1).size(), noise + line(2)));
        QVERIFY(cycles.takeFinished().isEmpty());
        QCOMPARE(cycles.files().at(0).bytes, blank + line(1) + noise + line(2));
    }

    void namesFromHostsDoNotBecomePaths() {
        FieldCycles cycles;
        for (const char *name : {"../x", "", "a/b", "a b"})
            cycles.add(piece(QString::fromLatin1(name), 0, line(1)));
        QVERIFY(cycles.files().isEmpty());
    }

    void classesAndBytesHaveTheirLimits() {
        FieldCycles cycles;
        for (int i = 0; i < 70; ++i)
            cycles.add(piece(QStringLiteral("f%1").arg(i), 0, line(1)));
        QCOMPARE(cycles.files().size(), 64);
        cycles.add(piece(QStringLiteral("f0"), line(1).size(), line(2))); // one that is known goes on
        QCOMPARE(cycles.files().at(0).bytes, line(1) + line(2));

        constexpr qsizetype kLimit = qsizetype(64) * 1024 * 1024;
        FieldCycles full;
        full.add(piece(kF, 0, QByteArray(kLimit - 1, 'x')));
        full.add(piece(kF, kLimit - 1, "\n\n"));
        QCOMPARE(full.files().at(0).bytes.size(), kLimit - 1);
        full.add(piece(kF, kLimit - 1, "\n"));
        QCOMPARE(full.files().at(0).bytes.size(), kLimit);
    }
};

QTEST_APPLESS_MAIN(FieldCyclesTest)
#include "tst_fieldcycles.moc"
