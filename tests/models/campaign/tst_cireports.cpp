// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/annotations.h"
#include "models/campaign/junitreport.h"
#include "models/campaign/stepsummary.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace slipway;

namespace {

Check checkNamed(const QString &id, int phase, Check::Outcome outcome, Check::Flaw flaw = Check::Flaw::None) {
    Check check;
    check.id = id;
    check.phase = phase;
    check.outcome = outcome;
    check.flaw = flaw;
    check.reason = QStringLiteral("because of %1").arg(id);
    check.expected = QStringLiteral("190");
    check.actual = QStringLiteral("166");
    check.source = {QStringLiteral("phase2.json"), 12, 3};
    return check;
}

CampaignRecord record(Verdict verdict, const QList<Check> &checks) {
    CampaignRecord result;
    result.summary.id = QStringLiteral("r14");
    result.files = {{QStringLiteral("phase2.json"), "{\n\"a\": 200,\n\"b\": 166\n}\n"}};
    result.judgement = Judgement{};
    result.judgement->verdict = verdict;
    result.judgement->reason = QStringLiteral("node-b holds 166");
    result.judgement->blamedPhase = 2;
    result.judgement->checks = checks;
    return result;
}

struct Counted {
    QStringList cases;
    QStringList failures;
    QStringList errors;
    int skipped = 0;
    int suiteTotal = 0;
    QString problem;
};

// What a CI system would read.
Counted readJunit(const QString &text) {
    Counted counted;
    QXmlStreamReader xml(text);
    QString name;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QLatin1String("testsuite"))
            counted.suiteTotal += xml.attributes().value(QLatin1String("tests")).toInt();
        if (xml.name() == QLatin1String("testcase")) {
            name = xml.attributes().value(QLatin1String("name")).toString();
            counted.cases << name;
        }
        if (xml.name() == QLatin1String("failure"))
            counted.failures << name;
        if (xml.name() == QLatin1String("error"))
            counted.errors << name;
        counted.skipped += xml.name() == QLatin1String("skipped") ? 1 : 0;
    }
    counted.problem = xml.hasError() ? xml.errorString() : QString();
    return counted;
}

const QString kHostile = QStringLiteral("]]>\x1b[31m<b>&amp;\n::error::x%0A`````|\u202E");

} // namespace

// A judged campaign as a CI system reads it.
class CiReportsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingUnmeasuredIsSkippedOrGood() {
        const auto read = readJunit(junitReport(record(
            Verdict::Fail,
            {checkNamed(QStringLiteral("phase1.report"), 1, Check::Outcome::Pass),
             checkNamed(QStringLiteral("phase2.delivery"), 2, Check::Outcome::Fail),
             checkNamed(QStringLiteral("phase3.report"), 3, Check::Outcome::Unknown, Check::Flaw::Missing),
             checkNamed(QStringLiteral("phase4.bound"), 4, Check::Outcome::Unknown,
                        Check::Flaw::Unsupported)})));
        QCOMPARE(read.problem, QString());
        QCOMPARE(read.cases, (QStringList{QStringLiteral("verdict"), QStringLiteral("phase1.report"),
                                          QStringLiteral("phase2.delivery"), QStringLiteral("phase3.report"),
                                          QStringLiteral("phase4.bound")}));
        QCOMPARE(read.failures, (QStringList{QStringLiteral("verdict"), QStringLiteral("phase2.delivery")}));
        QCOMPARE(read.errors, (QStringList{QStringLiteral("phase3.report"), QStringLiteral("phase4.bound")}));
        QCOMPARE(read.skipped, 0);
        QCOMPARE(read.suiteTotal, 5);
    }

    void onlyProvenIsAGoodVerdict_data() {
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<QString>("level");
        for (const Verdict verdict : {Verdict::Proven, Verdict::UnprovenPass, Verdict::Fail,
                                      Verdict::InvalidEvidence, Verdict::Incomplete, Verdict::NoEvidence})
            QTest::newRow(qPrintable(verdictName(verdict)))
                << verdict
                << (verdict == Verdict::Proven         ? QStringLiteral("::notice ")
                    : verdict == Verdict::UnprovenPass ? QStringLiteral("::warning ")
                                                       : QStringLiteral("::error "));
    }
    void onlyProvenIsAGoodVerdict() {
        QFETCH(const Verdict, verdict);
        QFETCH(const QString, level);
        const CampaignRecord judged =
            record(verdict, {checkNamed(QStringLiteral("phase1.report"), 1, Check::Outcome::Pass)});
        QCOMPARE(readJunit(junitReport(judged)).failures.contains(QStringLiteral("verdict")),
                 verdict != Verdict::Proven);
        QCOMPARE(githubAnnotations(judged).size(), 1);
        QVERIFY2(githubAnnotations(judged).constFirst().startsWith(level),
                 qPrintable(githubAnnotations(judged).constFirst()));
        QVERIFY(stepSummary(judged).startsWith(QStringLiteral("## `r14`: %1\n").arg(verdictName(verdict))));
    }

    void whatWasNotJudgedIsNotGood() {
        CampaignRecord unjudged = record(Verdict::Proven, {});
        unjudged.judgement.reset();
        QVERIFY(githubAnnotations(unjudged).constFirst().startsWith(QStringLiteral("::error ")));
        QVERIFY(stepSummary(unjudged).contains(QStringLiteral("not judged")));
        QCOMPARE(readJunit(junitReport(unjudged)).failures, QStringList{QStringLiteral("verdict")});
    }

    void theCheckThatDecidedComesFirstWithItsLine() {
        const auto lines = githubAnnotations(
            record(Verdict::Fail, {checkNamed(QStringLiteral("phase2.identity"), 2, Check::Outcome::Unknown,
                                              Check::Flaw::Unsupported),
                                   checkNamed(QStringLiteral("phase2.delivery"), 2, Check::Outcome::Fail)}));
        QCOMPARE(lines.at(1),
                 QStringLiteral("::error file=runs/r14/phase2.json,line=3,title=phase2.delivery::because of "
                                "phase2.delivery. Expected 190, measured 166."));
        QVERIFY(lines.at(2).startsWith(QStringLiteral("::warning ")));
    }

    void atMostTenAreShown() {
        QList<Check> checks;
        for (int i = 0; i < 30; ++i)
            checks.append(checkNamed(QStringLiteral("phase2.check%1").arg(i), 2, Check::Outcome::Fail));
        QCOMPARE(githubAnnotations(record(Verdict::Fail, checks)).size(), 10);
    }

    void nothingFromOutsideIsMarkupOrACommand() {
        Check check = checkNamed(kHostile, 2, Check::Outcome::Fail);
        check.reason = check.expected = check.actual = check.proves = kHostile;
        check.source.file = kHostile;
        CampaignRecord hostile = record(Verdict::Fail, {check});
        hostile.summary.ref = hostile.judgement->reason = hostile.judgement->claim = kHostile;
        hostile.files = {{kHostile, "x\n"}};
        hostile.judgement->phases = {{2, Verdict::Fail, kHostile, kHostile}};
        Cycle cycle;
        cycle.fault = kHostile;
        hostile.cycles = {cycle};
        const auto read = readJunit(junitReport(hostile));
        QCOMPARE(read.problem, QString());
        QCOMPARE(read.cases.size(), 2);
        for (const QString &line : githubAnnotations(hostile)) {
            QVERIFY2(!line.contains(QLatin1Char('\n')) && !line.contains(QLatin1Char('\x1b')),
                     qPrintable(line));
            QVERIFY2(!line.contains(QStringLiteral("%0A")), qPrintable(line)); // it is written as %250A
        }
        // Each row of a table has the bars of its head, and no line is one of somebody else's.
        const QString summary = stepSummary(hostile);
        for (const QString &line : summary.split(QLatin1Char('\n'))) {
            QVERIFY2(!line.startsWith(QLatin1String("::")), qPrintable(line));
            if (line.startsWith(QLatin1String("| 2")))
                QCOMPARE(QString(line).remove(QStringLiteral("\\|")).count(QLatin1Char('|')), 5);
        }
    }

    void aCycleThatTestedNothingIsNotAGoodOne() {
        CampaignRecord judged = record(Verdict::UnprovenPass, {});
        const auto add = [&judged](std::optional<qint64> ok, std::optional<qint64> converged, bool injected) {
            Cycle cycle;
            cycle.fault = QStringLiteral("kill");
            cycle.ok = ok;
            cycle.converged = converged;
            cycle.faultInjected = injected;
            judged.cycles.append(cycle);
        };
        add(10, 10, true);
        add(10, 9, true);
        add(0, 0, true);
        add(10, {}, true);
        add(10, 10, false);
        QVERIFY2(stepSummary(judged).contains(QStringLiteral("kill\n█x???\n")),
                 qPrintable(stepSummary(judged)));
    }

    void manyCyclesAreBounded() {
        CampaignRecord judged = record(Verdict::UnprovenPass, {});
        for (int i = 0; i < 2500; ++i) {
            Cycle cycle;
            cycle.fault = QStringLiteral("class %1").arg(i % 25);
            judged.cycles.append(cycle);
        }
        const QString summary = stepSummary(judged);
        QCOMPARE(summary.count(QLatin1String("class ")), 20);
        QVERIFY(summary.contains(QStringLiteral("… and 500 more cycles")));
    }
};

QTEST_GUILESS_MAIN(CiReportsTest)
#include "tst_cireports.moc"
