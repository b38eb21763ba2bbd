// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/pages/exportsample.h"
#include "models/core/instant.h"

#include "tests/models/evidence/goodevidence.h"

namespace slipway::test {

namespace {

const QDateTime kStart = instantOf(QStringLiteral("2026-04-20T17:48:00Z"));

QString hostile() {
    return QStringLiteral(
               "<script>alert(1)</script><img src=x onerror=alert(2)> \"'&quot; javascript:alert(3) ]]> --> "
               "</style></pre></details> \u202etxt.exe\u202c \u2066x\u2069 ") +
           QChar(0) + QChar(7) + QChar(0xd800) + QChar(0xfffe) + QStringLiteral(" \u05e9\u05dc\u05d5\u05dd");
}

} // namespace

Insight insight() {
    Insight insight;
    insight.headline = QStringLiteral("HEADLINE");
    insight.verdict = QStringLiteral("IN WORDS");
    insight.whatItTested = QStringLiteral("TESTED");
    insight.whatItProved = QStringLiteral("PROVED");
    insight.forNonTechnical = QStringLiteral("PLAIN");
    insight.forCLevel = QStringLiteral("RISK");
    insight.forSme = QStringLiteral("DETAILS");
    insight.nextRunChange = QStringLiteral("NEXT");
    insight.bugs = {{QStringLiteral("A BUG"),
                     QStringLiteral("IMPACT"),
                     QStringLiteral("CAUSE"),
                     {{QStringLiteral("the fix"), QStringLiteral("https://example.org/fix")}}}};
    return insight;
}

CampaignRecord ownRecord() {
    CampaignRecord record;
    record.summary.id = QStringLiteral("own-r2");
    record.summary.ref = QStringLiteral("release/v0.6.0");
    record.summary.fleet = QStringLiteral("sandbox");
    record.summary.protocol = QStringLiteral("ship-gate");
    record.summary.source = QStringLiteral("run");
    record.summary.state = RunState::Passed;
    record.summary.startedAt = kStart;
    record.summary.finishedAt = kStart.addSecs(1035);
    record.files = goodEvidence();
    changeJson(record.files, QStringLiteral("campaign-summary.json"), [&](QJsonObject &summary) {
        summary.insert(QStringLiteral("ai_memory_git_ref"), record.summary.ref);
        summary.insert(QStringLiteral("completed_at"), record.summary.finishedAt.toString(Qt::ISODate));
    });
    const Expectation plan = goodExpectation();
    record.peers = plan.peers;
    record.requiredPhases = plan.requiredPhases;
    record.parameters = {{QStringLiteral("faults"), plan.faults.join(QLatin1Char(' '))},
                         {QStringLiteral("cycles"), QString::number(plan.cycles)},
                         {QStringLiteral("writes"), QString::number(plan.writesPerCycle)},
                         {QStringLiteral("agents"), QStringLiteral("4")},
                         {QStringLiteral("writes_per_agent"), QString::number(plan.federationWrites / 4)},
                         {QStringLiteral("delivery_min"), QString::number(plan.deliveryMin)},
                         {QStringLiteral("convergence_min"), QString::number(plan.convergenceMin)},
                         {QStringLiteral("mcp_min_tools"), QString::number(plan.mcpMinTools)},
                         {QStringLiteral("memories"), QString::number(plan.memories)}};
    for (int phase = 1; phase <= 4; ++phase) {
        PhaseRun run;
        run.phase = phase;
        run.step = QStringLiteral("step");
        run.host = phase == 1 || phase == 3 ? QStringLiteral("node-a") : QStringLiteral("chaos");
        run.state = RunState::Passed;
        run.startedAt = kStart.addSecs(phase * 200);
        run.finishedAt = kStart.addSecs(phase * 200 + 30 * phase);
        run.exitCode = 0;
        run.jobId = QStringLiteral("nonce-%1").arg(phase);
        record.phaseRuns << run;
    }
    return record;
}

CampaignRecord importedRecord() {
    CampaignRecord record;
    record.summary.id = QStringLiteral("v1.0.0-final-r9");
    record.summary.source = kImported;
    record.summary.state = RunState::Passed;
    record.files = goodEvidence({700, 100, 80, 1});
    return record;
}

CampaignRecord hostileRecord() {
    CampaignRecord record = ownRecord();
    record.summary.id = QStringLiteral("hostile-r1");
    record.summary.ref = hostile();
    const QString text = hostile();
    Insight evil = insight();
    for (QString *field : {&evil.headline, &evil.verdict, &evil.whatItTested, &evil.whatItProved,
                           &evil.forNonTechnical, &evil.forCLevel, &evil.nextRunChange})
        *field = text;
    evil.forSme = text + QString(1024 * 1024, QLatin1Char('W')) + text;
    evil.bugs = {{text,
                  text,
                  text,
                  {{text, QStringLiteral("javascript:alert(1)")},
                   {text, QStringLiteral("data:text/html,<script>alert(1)</script>")},
                   {text, QStringLiteral("https://user:pw@example.org/")},
                   {text, QStringLiteral(" javascript:alert(1)")},
                   {text, QStringLiteral("//example.org/x")},
                   {text, QStringLiteral("https://example.org/\"onmouseover=\"alert(1)")},
                   {text, QStringLiteral("https://example.org/good?a=1&b=2")}}}};
    record.insight = evil;
    changeJson(record.files, QStringLiteral("phase1-node-a.json"), [&](QJsonObject &report) {
        report.insert(QStringLiteral("version"), text);
        report.insert(QStringLiteral("host"), text);
        report.insert(QStringLiteral("recall_count"), text);
    });
    changeJson(record.files, QStringLiteral("campaign-summary.json"),
               [&](QJsonObject &summary) { summary.insert(QStringLiteral("ai_memory_git_ref"), text); });
    fileOf(record.files, QStringLiteral("phase2.json")).bytes = text.toUtf8() + QByteArray(1024 * 1024, '<');
    record.files.append({QStringLiteral("a<b>&\"c'.json"), text.toUtf8()});
    record.files.append({QStringLiteral("\u202egnp.exe"), "x"});
    return record;
}

} // namespace slipway::test
