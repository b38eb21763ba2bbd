// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/goodcampaign.h"
#include "tests/models/evidence/observedlines.h"
#include "tests/models/evidence/record.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <functional>

using namespace slipway;
using namespace slipway::test;

namespace {

const QString kChaos = kObservationFolder + QStringLiteral("phase4-chaos-chaos.obs.jsonl");
const QString kBurst = kObservationFolder + QStringLiteral("phase2-burst-chaos.obs.jsonl");
const QString kProbe = kObservationFolder + QStringLiteral("phase2-probe1-chaos.obs.jsonl");

// The observed campaign with one stream changed line by line; judged as a campaign that was run here, so that
// all that is derived fits.
Judgement judgedWith(const QString &stream, const std::function<void(Lines &)> &change, int writes = 6) {
    GoodCampaignPlan requested;
    requested.writes = writes;
    QList<EvidenceFile> files = observedCampaign(requested);
    for (EvidenceFile &file : files) {
        if (file.name != stream)
            continue;
        Lines lines = linesOf(file.bytes);
        change(lines);
        file.bytes = bytesOf(lines);
    }
    const auto plan = readPlan(files.constFirst().bytes);
    const Derivation derived = derive(*plan, files, {smallProtocol()}, {});
    files += derived.reports;
    files.append(derived.summary);
    return judgeEvidence(files, contextOf(false));
}

QJsonObject with(QJsonObject object, const QString &key, const QJsonValue &value) {
    object.insert(key, value);
    return object;
}

// The n-th line of this kind in this cycle.
QJsonObject &lineOf(Lines &lines, const QString &kind, int cycle, int n = 1) {
    for (QJsonObject &line : lines) {
        if (line.value(QStringLiteral("obs")).toString() == kind &&
            line.value(QStringLiteral("cycle")).toInt() == cycle && --n == 0)
            return line;
    }
    qFatal("no such line");
    return lines.first();
}

// The lines of a cycle, from its begin to its end.
Lines cycleOf(const Lines &lines, int cycle, qsizetype *at = nullptr) {
    Lines own;
    bool isIn = false;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString kind = lines.at(i).value(QStringLiteral("obs")).toString();
        if (kind == QLatin1String("cycle_begin") &&
            lines.at(i).value(QStringLiteral("cycle")).toInt() == cycle) {
            isIn = true;
            if (at)
                *at = i;
        }
        if (isIn)
            own.append(lines.at(i));
        isIn = isIn && kind != QLatin1String("cycle_end");
    }
    return own;
}

enum class Moved { ClockOfDay, Time };

// As if the clock of day had been set by `ms` before line `from`, or as if so much time had gone by there.
void move(Moved what, Lines &lines, qsizetype from, qint64 ms) {
    for (qsizetype i = from; i < lines.size(); ++i) {
        if (what == Moved::Time)
            lines[i].insert(QStringLiteral("up_ms"),
                            lines.at(i).value(QStringLiteral("up_ms")).toInteger() + ms);
        const QString text = lines.at(i).value(QStringLiteral("t")).toString();
        const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs).addMSecs(ms);
        lines[i].insert(QStringLiteral("t"),
                        time.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz")) +
                            text.right(4)); // its microseconds
        for (const char *key : {"start_us", "end_us", "fault_us"}) {
            if (lines.at(i).contains(QLatin1String(key)))
                lines[i].insert(QLatin1String(key),
                                lines.at(i).value(QLatin1String(key)).toInteger() + ms * 1000);
        }
    }
}

void renumber(Lines &lines, int number) {
    for (QJsonObject &line : lines) {
        if (line.contains(QStringLiteral("cycle")))
            line.insert(QStringLiteral("cycle"), number);
    }
}

// Cycle 7 settles only behind the answer of that name.
void settleAt(Lines &lines, const QString &name) {
    const QJsonObject settled = lineOf(lines, QStringLiteral("settled"), 7);
    lines.removeOne(settled);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines.at(i).value(QStringLiteral("cycle")).toInt() == 7 &&
            lines.at(i).value(QStringLiteral("name")).toString() == name) {
            lines.insert(i + 1, settled);
            return;
        }
    }
    qFatal("no such answer");
}

// The writes and the fault of cycle `to` take the times of those of cycle `from`, moved on.
void takeTimes(Lines &lines, int from, int to, int writes = 6) {
    const auto firstOf = [&](int cycle) {
        return lineOf(lines, QStringLiteral("write"), cycle).value(QStringLiteral("start_us")).toInteger();
    };
    const qint64 later = firstOf(to) - firstOf(from);
    const auto take = [&](const QString &kind, int n, const char *key) {
        const qint64 us = lineOf(lines, kind, from, n).value(QLatin1String(key)).toInteger();
        lineOf(lines, kind, to, n).insert(QLatin1String(key), us + later);
    };
    for (int n = 1; n <= writes; ++n) {
        take(QStringLiteral("write"), n, "start_us");
        take(QStringLiteral("write"), n, "end_us");
    }
    take(QStringLiteral("fault"), 1, "fault_us");
}

// So much later than the millisecond in which it was reported.
void endAfterReported(QJsonObject &write, qint64 us) {
    const QDateTime described =
        QDateTime::fromString(write.value(QStringLiteral("t")).toString(), Qt::ISODateWithMs);
    write.insert(QStringLiteral("end_us"), described.toMSecsSinceEpoch() * 1000 + us);
}

const Check *checkOf(const Judgement &judgement, const QString &id) {
    for (const Check &check : judgement.checks) {
        if (check.id == id)
            return &check;
    }
    return nullptr;
}

} // namespace

// Times and repetition in streams of observations.
class StreamTimesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        m_sound = judgedWith(kChaos, [](Lines &) {});
    }

    void aStreamAsItWasObservedIsProven() {
        const Judgement &judgement = m_sound;
        compareWithRecord(described(judgement));
        QVERIFY2(judgement.verdict == Verdict::Proven, qPrintable(judgement.reason));
        QCOMPARE(checkOf(judgement, QStringLiteral("campaign.clocks"))->actual,
                 QStringLiteral("times in order"));
        QCOMPARE(checkOf(judgement, QStringLiteral("phase4.times"))->actual,
                 QStringLiteral("45 cycles in order"));
    }

    void aClockThatWasSetIsReportedAndTheRunStands_data() {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("described");
        QTest::newRow("an hour back")
            << qint64(-3'600'000) << QStringLiteral("the clock of chaos was set back by 3600 s in phase 4");
        QTest::newRow("a day forward")
            << qint64(86'400'000)
            << QStringLiteral("the clock of chaos was set forward by 86400 s in phase 4");
    }

    void aClockThatWasSetIsReportedAndTheRunStands() {
        QFETCH(const qint64, ms);
        QFETCH(const QString, described);
        const Judgement judgement = judgedWith(kChaos, [ms](Lines &lines) {
            qsizetype at = 0;
            (void)cycleOf(lines, 20, &at);
            // When the fault strikes all four are acknowledged, two of them by another time of day.
            lineOf(lines, QStringLiteral("fault"), 20).insert(QStringLiteral("acked_before"), 4);
            move(Moved::ClockOfDay, lines, at + 3, ms); // in the midst of cycle 20
        });
        QVERIFY2(judgement.verdict == Verdict::Proven, qPrintable(judgement.reason));
        compareWithRecord(without(test::described(judgement), test::described(m_sound)));
        QVERIFY2(checkOf(judgement, QStringLiteral("campaign.clocks"))->actual.startsWith(described),
                 qPrintable(checkOf(judgement, QStringLiteral("campaign.clocks"))->actual));
        // What was in flight in that cycle is not known, so it does not count.
        QCOMPARE(checkOf(judgement, QStringLiteral("phase4.bound.kill_primary_mid_write"))->n, 44);
    }

    // Its acknowledgement was on its way when the server was killed.
    void aWriteThatBeganBeforeTheKillMayBeAcknowledged() {
        const Judgement judgement = judgedWith(kChaos, [](Lines &lines) {
            lineOf(lines, QStringLiteral("write"), 7, 5)
                .insert(QStringLiteral("code"), QStringLiteral("201"));
        });
        QCOMPARE(checkOf(judgement, QStringLiteral("phase4.times"))->reason, QString());
        compareWithRecord(without(described(judgement), described(m_sound)));
    }

    // Clocks are read a second apart at most. That the write took longer than its cycle is another matter.
    void aWriteMayEndASecondAfterItWasReported() {
        const Judgement judgement = judgedWith(kChaos, [](Lines &lines) {
            endAfterReported(lineOf(lines, QStringLiteral("write"), 7), 1'000'000);
            lineOf(lines, QStringLiteral("fault"), 7).insert(QStringLiteral("acked_before"), 3);
        });
        QCOMPARE(checkOf(judgement, QStringLiteral("phase4.observations"))->reason, QString());
    }

    void twoWritesMayTakeTheSameTimesByChance() {
        const Judgement judgement = judgedWith(
            kChaos, [](Lines &lines) { takeTimes(lines, 7, 8, 2); }, 2);
        QCOMPARE(checkOf(judgement, QStringLiteral("phase4.observations"))->reason, QString());
    }

    void aFaultMayStrikeWithTheFirstWrite() {
        const Judgement judgement = judgedWith(kChaos, [](Lines &lines) {
            QJsonObject &fault = lineOf(lines, QStringLiteral("fault"), 7);
            fault.insert(QStringLiteral("acked_before"), 0);
            fault.insert(QStringLiteral("fault_us"),
                         lineOf(lines, QStringLiteral("write"), 7).value(QStringLiteral("start_us")));
        });
        QCOMPARE(checkOf(judgement, QStringLiteral("phase4.observations"))->reason, QString());
    }

    void aCycleMaySettleAtOnce() {
        const Judgement judgement = judgedWith(kChaos, [](Lines &lines) {
            lineOf(lines, QStringLiteral("settled"), 7).insert(QStringLiteral("ms"), 0);
        });
        QCOMPARE(checkOf(judgement, QStringLiteral("phase4.observations"))->reason, QString());
    }

    void aWriteMayBeAcknowledgedAtTheMomentOfTheFault() {
        const Judgement judgement = judgedWith(kChaos, [](Lines &lines) {
            QJsonObject &fault = lineOf(lines, QStringLiteral("fault"), 7);
            fault.insert(QStringLiteral("acked_before"), 4);
            lineOf(lines, QStringLiteral("write"), 7, 4)
                .insert(QStringLiteral("end_us"), fault.value(QStringLiteral("fault_us")));
        });
        QCOMPARE(checkOf(judgement, QStringLiteral("phase4.times"))->reason, QString());
    }

    // The writes of a cycle once more, each of them longer by the same time.
    void aCycleIsACopyAlsoWhereItsWritesAreLonger_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<int>("writes");
        QTest::addColumn<bool>("copy");
        QTest::newRow("they began earlier") << QStringLiteral("start_us") << 10 << true;
        QTest::newRow("they ended later") << QStringLiteral("end_us") << 10 << true;
        QTest::newRow("too few to decide") << QStringLiteral("start_us") << 9 << false;
    }
    void aCycleIsACopyAlsoWhereItsWritesAreLonger() {
        QFETCH(const QString, key);
        QFETCH(const int, writes); // of which all but two are acknowledged
        QFETCH(const bool, copy);
        const Judgement judgement = judgedWith(
            kChaos,
            [&](Lines &lines) {
                takeTimes(lines, 7, 8, writes);
                for (int n = 1; n <= writes - 2; ++n) {
                    QJsonObject &line = lineOf(lines, QStringLiteral("write"), 8, n);
                    line.insert(key, line.value(key).toInteger() + (key == QLatin1String("end_us") ? 3 : -3));
                }
            },
            writes);
        QCOMPARE(checkOf(judgement, QStringLiteral("phase4.observations"))
                     ->reason.contains(QStringLiteral("cycle 8 is a copy of cycle 7")),
                 copy);
    }

    // Writes that took the same times are not copies where their fault struck at another moment.
    void aCycleWithAFaultOfItsOwnIsNotACopy() {
        const Judgement judgement = judgedWith(kChaos, [](Lines &lines) {
            takeTimes(lines, 7, 8);
            QJsonObject &fault = lineOf(lines, QStringLiteral("fault"), 8);
            fault.insert(QStringLiteral("fault_us"), fault.value(QStringLiteral("fault_us")).toInteger() + 1);
        });
        QCOMPARE(checkOf(judgement, QStringLiteral("phase4.times"))->reason, QString());
    }

    // Without the time since boot a clock that was set leaves no order of times.
    void aClockThatWasSetInAnOldStreamProvesNothing() {
        const Judgement judgement = judgedWith(kChaos, [](Lines &lines) {
            for (QJsonObject &line : lines)
                line.remove(QStringLiteral("up_ms"));
            move(Moved::ClockOfDay, lines, lines.size() / 2, -3'600'000);
        });
        QCOMPARE(judgement.verdict, Verdict::UnprovenPass);
        compareWithRecord(without(described(judgement), described(m_sound)));
        QVERIFY2(
            judgement.reason.contains(QStringLiteral("he clock of chaos was set back by 3600 s in phase 4")),
            qPrintable(judgement.reason));
    }

    void anOldStreamStillProves() {
        const Judgement judgement = judgedWith(kChaos, [](Lines &lines) {
            for (QJsonObject &line : lines)
                line.remove(QStringLiteral("up_ms"));
        });
        QVERIFY2(judgement.verdict == Verdict::Proven, qPrintable(judgement.reason));
    }

    void whatOverlapsOnOneHostIsInvalid_data() {
        QTest::addColumn<QString>("stream");
        QTest::addColumn<QString>("reason");
        QTest::newRow("phases") << QString(kProbe).replace(QLatin1String("probe1"), QLatin1String("probe2"))
                                << QStringLiteral("hase 4 began on chaos before phase 2 had ended there");
        QTest::newRow("steps of a phase")
            << kBurst
            << QStringLiteral(
                   "tep probe1 of phase 2 began on chaos before step burst of phase 2 had ended there");
    }
    void whatOverlapsOnOneHostIsInvalid() {
        QFETCH(const QString, stream);
        QFETCH(const QString, reason);
        const Judgement judgement =
            judgedWith(stream, [](Lines &lines) { move(Moved::Time, lines, lines.size() - 1, 50'000'000); });
        QCOMPARE(judgement.verdict, Verdict::InvalidEvidence);
        compareWithRecord(without(described(judgement), described(m_sound)));
        QVERIFY2(judgement.reason.contains(reason), qPrintable(judgement.reason));
    }

    void contradictionsAreInvalid_data() {
        using Change = std::function<void(Lines &)>;
        QTest::addColumn<QString>("stream");
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, const QString &reason, const Change &change,
                            const QString &stream = kChaos) {
            QTest::newRow(name) << stream << change << reason;
        };
        row("a cycle is there twice", QStringLiteral("cycle 7 comes after cycle 7"), [](Lines &lines) {
            qsizetype at = 0;
            const Lines own = cycleOf(lines, 7, &at);
            lines = lines.mid(0, at) + own + lines.mid(at);
        });
        row("cycles change places", QStringLiteral("cycle 8 comes after cycle 6"), [](Lines &lines) {
            qsizetype at = 0;
            const Lines seven = cycleOf(lines, 7, &at);
            const Lines eight = cycleOf(lines, 8);
            lines = lines.mid(0, at) + eight + seven + lines.mid(at + seven.size() + eight.size());
        });
        row("a copy under another number", QStringLiteral("was written before"), [](Lines &lines) {
            qsizetype at = 0;
            const qsizetype size = cycleOf(lines, 8, &at).size();
            Lines own = cycleOf(lines, 7);
            renumber(own, 8);
            lines = lines.mid(0, at) + own + lines.mid(at + size);
        });
        row("a copy with writes of its own", QStringLiteral("cycle 8 is a copy of cycle 7"),
            [](Lines &lines) { takeTimes(lines, 7, 8); });
        row("a cycle within another", QStringLiteral("a cycle begins before cycle 7 ended"),
            [](Lines &lines) { lines.removeOne(lineOf(lines, QStringLiteral("cycle_end"), 7)); });
        row("a write of another cycle", QStringLiteral("it is of another cycle"), [](Lines &lines) {
            lineOf(lines, QStringLiteral("write"), 7).insert(QStringLiteral("cycle"), 8);
        });
        row("a write that ended before it began", QStringLiteral("a write ended before it began"),
            [](Lines &lines) {
                QJsonObject &line = lineOf(lines, QStringLiteral("write"), 7);
                line.insert(QStringLiteral("end_us"), line.value(QStringLiteral("start_us")).toInteger() - 1);
            });
        row("a write from before its cycle", QStringLiteral("a write outside the time"), [](Lines &lines) {
            QJsonObject &line = lineOf(lines, QStringLiteral("write"), 7);
            line.insert(QStringLiteral("start_us"),
                        line.value(QStringLiteral("start_us")).toInteger() - 5'000'000);
        });
        row(
            "a write from before its burst", QStringLiteral("a write outside the time"),
            [](Lines &lines) {
                for (const char *key : {"start_us", "end_us"}) {
                    QJsonObject &line = lineOf(lines, QStringLiteral("write"), 0);
                    line.insert(QLatin1String(key),
                                line.value(QLatin1String(key)).toInteger() - 86'400'000'000);
                }
            },
            kBurst);
        row("a write that ends after it was reported", QStringLiteral("a write outside the time"),
            [](Lines &lines) {
                QJsonObject &line = lineOf(lines, QStringLiteral("write"), 7);
                line.insert(QStringLiteral("end_us"),
                            line.value(QStringLiteral("end_us")).toInteger() + 5'000'000);
            });
        row("a write without times", QStringLiteral("a write without the times"),
            [](Lines &lines) { lineOf(lines, QStringLiteral("write"), 7).remove(QStringLiteral("end_us")); });
        row("a write that ends a little more than a second after it was reported",
            QStringLiteral("a write outside the time"),
            [](Lines &lines) { endAfterReported(lineOf(lines, QStringLiteral("write"), 7), 1'000'001); });
        row("a fault before its burst", QStringLiteral("struck before its burst began"), [](Lines &lines) {
            lineOf(lines, QStringLiteral("fault"), 7)
                .insert(
                    QStringLiteral("fault_us"),
                    lineOf(lines, QStringLiteral("write"), 7).value(QStringLiteral("start_us")).toInteger() -
                        1);
        });
        row("a fault of another time", QStringLiteral("a fault outside the cycle"), [](Lines &lines) {
            QJsonObject &line = lineOf(lines, QStringLiteral("fault"), 7);
            line.insert(QStringLiteral("fault_us"),
                        line.value(QStringLiteral("fault_us")).toInteger() - 5'000'000);
        });
        const auto within = [](const char *kind, const char *key, const QJsonValue &value) {
            return [=](Lines &lines) {
                lineOf(lines, QLatin1String(kind), 7).insert(QLatin1String(key), value);
            };
        };
        row("a fault that was not injected", QStringLiteral("the effect of a fault that was not injected"),
            within("fault", "injected", false));
        row("another node was killed", QStringLiteral("was killed when its status is 137, and not node-9"),
            within("fault_effect", "node", QStringLiteral("node-9")));
        row("who was killed ended by itself", QStringLiteral("and not node-0 with status 0"),
            within("fault_effect", "status", 0));
        row("a node was asked before the writes", QStringLiteral("asked what it holds before the writes had"),
            [](Lines &lines) { settleAt(lines, QStringLiteral("stats-node-2")); });
        row("a write after all had settled", QStringLiteral("a write after all had settled"),
            [](Lines &lines) {
                const QJsonObject settled = lineOf(lines, QStringLiteral("settled"), 7);
                lines.removeOne(settled);
                lines.insert(lines.indexOf(lineOf(lines, QStringLiteral("write"), 7, 6)), settled);
            });
        row(
            "peers were asked before the writes", QStringLiteral("asked what it holds before the writes had"),
            [](Lines &lines) {
                const QJsonObject settled = lineOf(lines, QStringLiteral("settled"), 0);
                lines.removeOne(settled);
                lines.insert(lines.size() - 1, settled);
            },
            kBurst);
        row(
            "a second probe", QStringLiteral("a second probe"),
            [](Lines &lines) {
                lines.insert(1, with(lines.at(1), QStringLiteral("code"), QStringLiteral("503")));
            },
            kProbe);
        row("a second fault", QStringLiteral("a second fault"), [](Lines &lines) {
            const QJsonObject fault = lineOf(lines, QStringLiteral("fault"), 7);
            lines.insert(lines.indexOf(fault), fault);
        });
        row("an effect without its fault", QStringLiteral("a fault that did not strike"),
            [](Lines &lines) { lines.removeOne(lineOf(lines, QStringLiteral("fault"), 7)); });
        row("more acknowledged writes than there were", QStringLiteral("the fault says 5"), [](Lines &lines) {
            lineOf(lines, QStringLiteral("fault"), 7).insert(QStringLiteral("acked_before"), 5);
        });
        row("the killed node answers", QStringLiteral("node-0 was killed in this cycle"), [](Lines &lines) {
            lineOf(lines, QStringLiteral("held"), 7).insert(QStringLiteral("node"), QStringLiteral("node-0"));
        });
        row("the killed node acknowledges", QStringLiteral("acknowledged by node-0, which had been killed"),
            [](Lines &lines) {
                QJsonObject &line = lineOf(lines, QStringLiteral("write"), 7, 6);
                line.insert(QStringLiteral("code"), QStringLiteral("201"));
                move(Moved::Time, lines, lines.indexOf(line), 3000);
            });
        row("settled for longer than the cycle", QStringLiteral("it settled for longer"), [](Lines &lines) {
            lineOf(lines, QStringLiteral("settled"), 7).insert(QStringLiteral("ms"), 5000);
        });
        row("settled for less than no time", QStringLiteral("it settled for longer"), [](Lines &lines) {
            lineOf(lines, QStringLiteral("settled"), 7).insert(QStringLiteral("ms"), -1);
        });
        row("the time since boot goes back", QStringLiteral("the time since boot goes back"),
            [](Lines &lines) {
                QJsonObject &line = lineOf(lines, QStringLiteral("settled"), 7);
                line.insert(QStringLiteral("up_ms"), line.value(QStringLiteral("up_ms")).toInteger() - 5000);
            });
        row("the time since boot is left out once", QStringLiteral("on some lines and not on others"),
            [](Lines &lines) {
                lineOf(lines, QStringLiteral("settled"), 7).remove(QStringLiteral("up_ms"));
            });
        row(
            "a write of phase 2 twice", QStringLiteral("was written before"),
            [](Lines &lines) {
                const QJsonObject write = lineOf(lines, QStringLiteral("write"), 0, 3);
                lines.insert(lines.indexOf(write), with(write, QStringLiteral("agent"), QStringLiteral("b")));
            },
            kBurst);
    }

    void contradictionsAreInvalid() {
        using Change = std::function<void(Lines &)>;
        QFETCH(const QString, stream);
        QFETCH(const Change, change);
        QFETCH(const QString, reason);
        const Judgement judgement = judgedWith(stream, change);
        QCOMPARE(judgement.verdict, Verdict::InvalidEvidence);
        QVERIFY2(judgement.reason.contains(reason), qPrintable(judgement.reason));
        compareWithRecord(without(described(judgement), described(m_sound)));
    }

private:
    Judgement m_sound;
};

QTEST_APPLESS_MAIN(StreamTimesTest)
#include "tst_streamtimes.moc"
