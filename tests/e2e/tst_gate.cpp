// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/shellprogram.h"
#include "tests/models/evidence/goodcampaign.h"
#include "tests/models/evidence/goodevidence.h"

#include <QFile>
#include <QJsonObject>
#include <QTest>

using namespace slipway;
using test::Answer;

namespace {

const test::GoodPlan kDefault{50, 100, 80}; // what the protocol asks for when a folder does not say

} // namespace

// What a pipeline asks: the verdict of a tag, and the reports that a CI system reads.
class GateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_ctl = std::make_unique<test::ShellProgram>(); }

    void aTagThatNothingJudgesIsClosed() {
        QCOMPARE(m_ctl->run("gate").code, 2);
        const Answer none = m_ctl->run("gate --tag v0.6.3");
        QCOMPARE(none.code, 4);
        m_ctl->publish(QStringLiteral("in/runs/r1"), dated(QStringLiteral("v0.6.3"), 1));
        QCOMPARE(m_ctl->run("import in").code, 0);
        const Answer other = m_ctl->run("gate --tag v0.6"); // a part of a tag is another one
        QCOMPARE(other.code, 4);
        QVERIFY2(other.err.contains("v0.6"), other.err.constData());
    }

    void theNewestCampaignOfATagDecides() {
        auto bad = dated(QStringLiteral("v0.6.3"), 2);
        test::changeJson(bad, QStringLiteral("phase2.json"), [](QJsonObject &report) {
            QJsonObject counts = report[QLatin1String("counts")].toObject();
            counts[QLatin1String("b")] = 3;
            report[QLatin1String("counts")] = counts;
        });
        m_ctl->publish(QStringLiteral("in/runs/r1"), dated(QStringLiteral("v0.6.3"), 1));
        m_ctl->publish(QStringLiteral("in/runs/r2"), bad);
        m_ctl->publish(QStringLiteral("in/runs/r3"), dated(QStringLiteral("v0.6.4"), 3));
        QCOMPARE(m_ctl->run("import in").code, 0);
        const int older = m_ctl->run("verify r1").code;
        const Answer newest = m_ctl->run("gate --tag v0.6.3");
        QCOMPARE(older, 3);       // reports alone carry no more
        QCOMPARE(newest.code, 4); // its report contradicts itself
        QVERIFY2(newest.out.startsWith("r2: INVALID EVIDENCE"), newest.out.constData());
        QCOMPARE(m_ctl->run("gate --tag v0.6.4").code, 3);
    }

    void aProvenTagIsOpen() {
        m_ctl->publish(QStringLiteral("in/runs/") + test::kGoodId, test::publishedCampaign());
        QCOMPARE(m_ctl->run("import in").code, 0);
        const Answer open = m_ctl->run("gate --tag v0.6.3 --json");
        QVERIFY2(open.code == m_ctl->run({QStringLiteral("verify"), test::kGoodId}).code,
                 open.out.constData());
        QVERIFY(QJsonDocument::fromJson(open.out)[QLatin1String("verdict")].isString());
    }

    void reportsAreWrittenForAnyVerdict() {
        m_ctl->publish(QStringLiteral("runs/r1"), test::goodEvidence(kDefault));
        m_ctl->write(QStringLiteral("step.md"), "before\n");
        const Answer answer =
            m_ctl->run("verify ./runs/r1 --junit junit.xml --summary step.md --annotations github --json");
        QCOMPARE(answer.code, 3);
        QVERIFY(!QJsonDocument::fromJson(answer.out).isNull()); // annotations do not disturb it
        QVERIFY2(answer.err.startsWith("::warning "), answer.err.constData());
        QVERIFY(m_ctl->read(QStringLiteral("junit.xml"))
                    .contains("<testcase classname=\"r1.campaign\" name=\"verdict\">"));
        QVERIFY(m_ctl->read(QStringLiteral("step.md")).startsWith("before\n## `r1`: UNPROVEN PASS\n"));
    }

    void aReportThatCannotBeWrittenEndsItAtOnce() {
        m_ctl->publish(QStringLiteral("runs/r1"), test::goodEvidence(kDefault));
        for (const char *words :
             {"verify ./runs/r1 --junit nowhere/junit.xml", "verify ./runs/r1 --summary nowhere/step.md",
              "run --fleet sandbox --id x --junit nowhere/junit.xml",
              "verify ./runs/r1 --annotations gitlab"}) {
            const Answer answer = m_ctl->run(words);
            QCOMPARE(answer.code, 2);
            QVERIFY2(answer.err.contains("nowhere/") || answer.err.contains("gitlab"),
                     answer.err.constData());
            QCOMPARE(answer.out, QByteArray());
        }
    }

    void secretsAreMasked() {
        auto files = test::goodEvidence(kDefault);
        test::changeJson(files, QStringLiteral("phase2.json"), [](QJsonObject &report) {
            report[QLatin1String("password")] = QStringLiteral("correct-horse-battery");
            report[QLatin1String("ok")] = QStringLiteral("password=correct-horse-battery");
        });
        m_ctl->publish(QStringLiteral("runs/r1"), files);
        const Answer answer =
            m_ctl->run("verify ./runs/r1 --junit junit.xml --summary step.md --annotations github --json");
        QVERIFY(answer.code == 1 || answer.code == 4);
        for (const QByteArray &text :
             {m_ctl->read(QStringLiteral("junit.xml")), m_ctl->read(QStringLiteral("step.md")), answer.err}) {
            QVERIFY(!text.isEmpty());
            QVERIFY2(!text.contains("correct-horse"), text.constData());
        }
    }

private:
    // Completed on that day, of that ref.
    static QList<EvidenceFile> dated(const QString &ref, int day) {
        auto files = test::goodEvidence(kDefault);
        test::changeJson(files, QStringLiteral("campaign-summary.json"), [&](QJsonObject &summary) {
            summary[QLatin1String("ai_memory_git_ref")] = ref;
            summary[QLatin1String("completed_at")] = QStringLiteral("2026-05-0%1T12:00:00Z").arg(day);
        });
        return files;
    }

    std::unique_ptr<test::ShellProgram> m_ctl;
};

QTEST_GUILESS_MAIN(GateTest)
#include "tst_gate.moc"
