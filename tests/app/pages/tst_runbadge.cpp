// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/runbadge.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace slipway;

namespace {

Judgement judgementOf(Verdict verdict, std::optional<double> bound = {}) {
    Judgement judgement;
    judgement.verdict = verdict;
    Check check;
    check.bound = bound;
    judgement.checks = {check, Check{}};
    return judgement;
}

} // namespace

class RunBadgeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysTheVerdictAndNoMore() {
        QCOMPARE(badgeText(judgementOf(Verdict::Proven, 0.99579)),
                 QStringLiteral("proven ≥ 0.9957")); // floored
        QCOMPARE(badgeText(judgementOf(Verdict::Proven)), QStringLiteral("proven"));
        QCOMPARE(badgeText(judgementOf(Verdict::UnprovenPass, 0.93)), QStringLiteral("unproven pass"));
        QCOMPARE(badgeText(judgementOf(Verdict::Fail)), QStringLiteral("fail"));
        QCOMPARE(badgeText(judgementOf(Verdict::InvalidEvidence)), QStringLiteral("invalid evidence"));
        QCOMPARE(badgeText(judgementOf(Verdict::NoEvidence)), QStringLiteral("no evidence"));
    }

    void onlyProvenIsGreen() {
        for (const Verdict verdict : {Verdict::Proven, Verdict::UnprovenPass, Verdict::Fail,
                                      Verdict::InvalidEvidence, Verdict::Incomplete, Verdict::NoEvidence}) {
            const QByteArray svg = runBadge(judgementOf(verdict, 0.999));
            QCOMPARE(svg.contains("#1A7A36"), verdict == Verdict::Proven);
            QXmlStreamReader xml(svg);
            while (!xml.atEnd())
                xml.readNext();
            QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        }
    }

    void markdownLeadsToThePage() {
        QCOMPARE(badgeMarkdown(QStringLiteral("v1.0-r2"), judgementOf(Verdict::Fail)),
                 QStringLiteral("[![ship gate: fail](runs/v1.0-r2/badge.svg)](runs/v1.0-r2/index.html)"));
    }
};

QTEST_GUILESS_MAIN(RunBadgeTest)
#include "tst_runbadge.moc"
