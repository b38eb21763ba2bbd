// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/canary.h"
#include "models/cycles/cyclebuilder.h"
#include "tests/models/evidence/goodcampaign.h"
#include "tests/models/evidence/goodevidence.h"
#include "tests/models/evidence/observedlines.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <functional>

using namespace slipway;
using namespace slipway::test;

namespace {

using Change = std::function<void(Lines &)>;

const QString kStream = QStringLiteral("observations/phase4-chaos-chaos.obs.jsonl");

const QList<EvidenceFile> &campaign() {
    static const QList<EvidenceFile> files = [] {
        GoodCampaignPlan requested;
        requested.protocol = &canaryProtocol();
        return observedCampaign(requested);
    }();
    return files;
}

bool isOf(const QJsonObject &line, int canary) {
    return line.value(QLatin1String("fault")) == kCanaryClass &&
           line.value(QLatin1String("cycle")).toInt() == canary;
}

// The lines of one kind of this canary cycle, of one node where one is named.
Change in(int canary, const QString &kind, const QString &node,
          const std::function<void(QJsonObject &)> &change) {
    return [=](Lines &lines) {
        for (QJsonObject &line : lines) {
            if (isOf(line, canary) && line.value(QLatin1String("obs")) == kind &&
                (node.isEmpty() || line.value(QLatin1String("node")) == node))
                change(line);
        }
    };
}

// What a line of another node of the same cycle lists.
Change copiedFrom(int canary, const QString &kind, const QString &key, const QString &from) {
    return [=](Lines &lines) {
        QJsonValue list;
        for (const QJsonObject &line : std::as_const(lines)) {
            if (isOf(line, canary) && line.value(QLatin1String("obs")) == kind &&
                line.value(QLatin1String("node")) == from)
                list = line.value(key);
        }
        in(canary, kind, {}, [=](QJsonObject &line) { line.insert(key, list); })(lines);
    };
}

Change without(const std::function<bool(const QJsonObject &)> &matches) {
    return [=](Lines &lines) { lines.removeIf(matches); };
}

Judgement judgedWith(const Change &change) {
    QList<EvidenceFile> files = campaign();
    EvidenceFile &stream = fileOf(files, kStream);
    Lines lines = linesOf(stream.bytes);
    change(lines);
    stream.bytes = bytesOf(lines);
    return derive(*readPlan(files.constFirst().bytes), files, {canaryProtocol()}, {}).judgement;
}

} // namespace

// Canary cycles: a campaign whose comparison did not see what was lost on purpose proves nothing.
class CanaryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSeenOnesCountForNothing() {
        const Judgement judgement = judgedWith([](Lines &) {});
        QVERIFY2(judgement.verdict == Verdict::Proven, qPrintable(judgement.reason));
        const Check *canary = checkWith(judgement, QStringLiteral("phase4.canary"));
        QVERIFY(canary && canary->outcome == Check::Outcome::Pass);
        QCOMPARE(canary->actual, QStringLiteral("3 of 3 seen"));
        QVERIFY(canary->source.length > 0);
        // The losses of the canaries are neither cycles nor losses of the class.
        QCOMPARE(checkWith(judgement, QStringLiteral("phase4.convergence.kill_primary_mid_write"))->actual,
                 QStringLiteral("180 of 180"));
        QList<CanaryCycle> canaries;
        const QList<Cycle> cycles = cyclesFromStream(*findFile(campaign(), kStream), nullptr, &canaries);
        QCOMPARE(cycles.size(), 45);
        QCOMPARE(canaries.size(), 3);
        for (const Cycle &cycle : cycles)
            QVERIFY(cycle.fault != kCanaryClass);
    }

    void whatIsNotSeenIsInvalidEvidence_data() {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("why");
        const auto row = [](const char *name, const Change &change, const char *why) {
            QTest::newRow(name) << change << QString::fromLatin1(why);
        };
        // A comparison that is blind to what a node answers, or to what it has on its disk.
        row("hidden, and reported as held",
            copiedFrom(2, QStringLiteral("held"), QStringLiteral("rows"), QStringLiteral("node-0")),
            "cycle 2 (hidden on node-2): node-2 is said to hold p4-r-0-2-alice-1, which was taken from it");
        row("forgotten, and reported as its own",
            copiedFrom(3, QStringLiteral("own"), QStringLiteral("roots"), QStringLiteral("node-1")),
            "cycle 3 (forgotten on node-0): node-0 is said to hold");
        row("the loss of another node",
            in(2, kCanaryClass, {},
               [](QJsonObject &line) { line.insert(QStringLiteral("node"), QStringLiteral("node-1")); }),
            "cycle 2 (hidden on node-1): node-1 is said to hold");
        row("the loss of another write",
            in(1, kCanaryClass, {},
               [](QJsonObject &line) {
                   line.insert(QStringLiteral("id"), QStringLiteral("p4-r-0-1-bob-2"));
               }),
            "cycle 1 (lost on node-0): node-0 is said to hold p4-r-0-1-bob-2");
        row("of a write that nobody acknowledged",
            in(1, kCanaryClass, {},
               [](QJsonObject &line) { line.insert(QStringLiteral("id"), QStringLiteral("none")); }),
            "the write that was to be lost, none, was not acknowledged");
        row(
            "it claims, and shows nothing",
            [](Lines &lines) {
                without([](const QJsonObject &line) {
                    return isOf(line, 2) && line.value(QLatin1String("obs")) == QLatin1String("held");
                })(lines);
            },
            "was not asked what it holds");
        row("it says nothing of what was lost", without([](const QJsonObject &line) {
                return isOf(line, 2) && line.value(QLatin1String("obs")) == kCanaryClass;
            }),
            "no node was made faulty");
        row("one is left out", without([](const QJsonObject &line) { return isOf(line, 3); }),
            "2 of 3 canary cycles ran");
        row("all are left out", without([](const QJsonObject &line) {
                return line.value(QLatin1String("fault")) == kCanaryClass;
            }),
            "0 of 3 canary cycles ran");
        row("it did not come to its end",
            in(2, QStringLiteral("cycle_end"), {},
               [](QJsonObject &line) { line.insert(QStringLiteral("complete"), false); }),
            "it was not measured");
    }

    void whatIsNotSeenIsInvalidEvidence() {
        QFETCH(const Change, change);
        QFETCH(const QString, why);
        const Judgement judgement = judgedWith(change);
        QCOMPARE(judgement.verdict, Verdict::InvalidEvidence);
        const Check *canary = checkWith(judgement, QStringLiteral("phase4.canary"));
        QVERIFY(canary && canary->flaw == Check::Flaw::Invalid);
        QVERIFY2(canary->reason.contains(why), qPrintable(canary->reason));
        QVERIFY2(canary->reason.contains(QStringLiteral("run the campaign again"), Qt::CaseInsensitive),
                 qPrintable(canary->reason));
    }

    void aCanaryIsNotACycleOfAClass_data() {
        QTest::addColumn<Change>("change");
        const auto row = [](const char *name, const Change &change) { QTest::newRow(name) << change; };
        row("another kind than its number has", in(2, kCanaryClass, {}, [](QJsonObject &line) {
                line.insert(QStringLiteral("kind"), QStringLiteral("lost"));
            }));
        row("a fault in it", [](Lines &lines) {
            for (qsizetype i = 0; i < lines.size(); ++i) {
                if (!isOf(lines.at(i), 2) || lines.at(i).value(QLatin1String("obs")) != kCanaryClass)
                    continue;
                QJsonObject fault = lines.at(i);
                fault.insert(QStringLiteral("obs"), QStringLiteral("fault"));
                lines.insert(i, fault);
                return;
            }
        });
        row("a cycle that lost is called one", [](Lines &lines) {
            for (QJsonObject &line : lines) {
                if (line.value(QLatin1String("fault")) == QLatin1String("kill_primary_mid_write") &&
                    line.value(QLatin1String("cycle")).toInt() == 45)
                    line.insert(QStringLiteral("fault"), kCanaryClass);
            }
        });
    }

    void aCanaryIsNotACycleOfAClass() {
        QFETCH(const Change, change);
        const Judgement judgement = judgedWith(change);
        QVERIFY2(judgement.verdict != Verdict::Proven && judgement.verdict != Verdict::UnprovenPass,
                 qPrintable(judgement.reason));
        QCOMPARE(checkWith(judgement, QStringLiteral("phase4.observations"))->flaw, Check::Flaw::Invalid);
    }

    // By the protocol that it recorded, evidence from before has none, and is judged as it was.
    void olderEvidenceNeedsNone() {
        const QList<EvidenceFile> files = observedCampaign();
        const Derivation derived =
            derive(*readPlan(files.constFirst().bytes), files, {smallProtocol(), canaryProtocol()}, {});
        QCOMPARE(derived.judgement.verdict, Verdict::Proven);
        QVERIFY(!checkWith(derived.judgement, QStringLiteral("phase4.canary")));
        QVERIFY(!findFile(derived.reports, QStringLiteral("phase4.json"))->bytes.contains("canary"));
    }

    // A campaign that was stopped before its first cycle has nothing to hide.
    void beforeTheFirstCycleTheyAreMissing() {
        const Judgement judgement = judgedWith([](Lines &lines) {
            lines.removeIf([](const QJsonObject &line) {
                return line.contains(QLatin1String("cycle")) && !isOf(line, 1);
            });
        });
        QCOMPARE(checkWith(judgement, QStringLiteral("phase4.canary"))->flaw, Check::Flaw::Missing);
    }

    void kindsFollowEachOther() {
        QCOMPARE(canaryKind(0), QString());
        QCOMPARE(canaryKind(1), QStringLiteral("lost"));
        QCOMPARE(canaryKind(3), QStringLiteral("forgotten"));
        QCOMPARE(canaryKind(5), QStringLiteral("hidden"));
    }
};

QTEST_APPLESS_MAIN(CanaryTest)
#include "tst_canary.moc"
