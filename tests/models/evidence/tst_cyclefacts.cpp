// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cyclefacts.h"
#include "tests/models/evidence/goodcampaign.h"
#include "tests/models/evidence/goodevidence.h"
#include "tests/models/evidence/observedlines.h"

#include <QJsonArray>
#include <QTest>

#include <functional>

using namespace slipway;
using namespace slipway::test;

namespace {

const QString kKill = QStringLiteral("kill_primary_mid_write");
const QString kLastAcked = QStringLiteral("p4-r-1-2-bob-4");

// The third cycle of a campaign in which all went well, with its lines changed.
QList<CycleFacts> factsWith(const std::function<void(Lines &)> &change) {
    QList<EvidenceFile> files = observedCampaign(threeCycles());
    EvidenceFile &stream = fileOf(files, QStringLiteral("observations/phase4-chaos-chaos.obs.jsonl"));
    Lines lines = linesOf(stream.bytes);
    change(lines);
    return factsOf({stream.name, bytesOf(lines)}, kKill, 2);
}

bool is(const QJsonObject &line, const char *kind) {
    return line.value(QLatin1String("obs")) == QLatin1String(kind) &&
           line.value(QLatin1String("cycle")).toInt() == 2;
}

} // namespace

// What a cycle lost, by the ids of its writes, whether it was recorded or ran again.
class CycleFactsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCycleInWhichAllWentWell() {
        const QList<CycleFacts> found = factsWith([](Lines &) {});
        QCOMPARE(found.size(), 1);
        const CycleFacts &facts = found.constFirst();
        QCOMPARE(facts.result(), CycleResult::Clean);
        QVERIFY(facts.lost.isEmpty() && facts.extra.isEmpty() && !facts.isLate);
        QCOMPARE(facts.cycle.number, 2);
        QCOMPARE(facts.effect, QStringLiteral("effective true, status 137"));
        QVERIFY(facts.tookMs() && *facts.tookMs() > 0);
    }

    void aRowThatOneSurvivorLacksIsLost() {
        const auto found = factsWith([](Lines &lines) {
            for (QJsonObject &line : lines) {
                if (!is(line, "held") || line.value(QLatin1String("node")) != QLatin1String("node-2"))
                    continue;
                QJsonArray rows = line.value(QLatin1String("rows")).toArray();
                rows.removeLast();
                line.insert(QStringLiteral("rows"), rows);
            }
        });
        QCOMPARE(found.constFirst().lost, QStringList{kLastAcked});
        QCOMPARE(found.constFirst().result(), CycleResult::Lost);
    }

    void aRowThatNobodyAcknowledgedIsExtra() {
        const auto found = factsWith([](Lines &lines) {
            for (QJsonObject &line : lines) {
                if (!is(line, "held"))
                    continue;
                QJsonArray rows = line.value(QLatin1String("rows")).toArray();
                rows.append(QStringLiteral("more 0123456789abcdef"));
                line.insert(QStringLiteral("rows"), rows);
            }
        });
        QCOMPARE(found.constFirst().extra, QStringList{QStringLiteral("more")});
        QCOMPARE(found.constFirst().result(), CycleResult::Clean);
    }

    void whatCameAfterTheWaitIsLate() {
        const auto found = factsWith([](Lines &lines) {
            for (QJsonObject &line : lines) {
                if (is(line, "settled"))
                    line.insert(QStringLiteral("complete"), false);
            }
        });
        QCOMPARE(found.constFirst().result(), CycleResult::Late);
        QCOMPARE(cycleResultName(found.constFirst().result()), QStringLiteral("late"));
    }

    void withoutAnEffectNothingWasMeasured() {
        const auto found = factsWith([](Lines &lines) {
            lines.removeIf([](const QJsonObject &line) { return is(line, "fault_effect"); });
        });
        QCOMPARE(found.constFirst().result(), CycleResult::NotMeasured);
    }

    void eachTimeIsReported() {
        const auto found = factsWith([](Lines &lines) {
            Lines again;
            for (const QJsonObject &line : std::as_const(lines)) {
                if (line.value(QLatin1String("cycle")).toInt() == 2)
                    again << line;
            }
            lines << again << again;
        });
        QCOMPARE(found.size(), 3);
        QCOMPARE(found.constLast().result(), CycleResult::Clean);
    }

    void aCycleThatDidNotEndIsNone() {
        const auto found = factsWith([](Lines &lines) {
            lines.removeIf([](const QJsonObject &line) { return is(line, "cycle_end"); });
        });
        QVERIFY(found.isEmpty());
    }
};

QTEST_APPLESS_MAIN(CycleFactsTest)
#include "tst_cyclefacts.moc"
