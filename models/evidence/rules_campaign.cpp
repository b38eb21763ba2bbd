// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace slipway::rules {

namespace {

const QString kSummary = QStringLiteral("campaign-summary.json");

// What in the plan asks for nothing, so that anything would pass; empty when all asks for something.
QString emptyWish(const Expectation &expectation) {
    if (expectation.requiredPhases.isEmpty())
        return QStringLiteral("no phase is required");
    if (expectation.peers.isEmpty())
        return QStringLiteral("no peer is named");
    if (expectation.faults.isEmpty())
        return QStringLiteral("no fault class is named");
    for (const auto &[name, value] :
         {std::pair{"cycles", expectation.cycles}, std::pair{"writes of a cycle", expectation.writesPerCycle},
          std::pair{"writes of phase 2", expectation.federationWrites},
          std::pair{"memories", expectation.memories}, std::pair{"MCP tools", expectation.mcpMinTools}}) {
        if (value < 1)
            return QStringLiteral("0 %1 are asked for").arg(QLatin1String(name));
    }
    const auto isShare = [](double share) { return share > 0 && share <= 1; };
    if (!isShare(expectation.deliveryMin))
        return QStringLiteral("the share that must arrive is not above 0");
    if (!isShare(expectation.convergenceMin))
        return QStringLiteral("the share that must converge is not above 0");
    return {};
}

void judgePlan(const Expectation &expectation, Checks &checks) {
    Check &check = checks.add(QStringLiteral("campaign.plan"), QString(),
                              QStringLiteral("The plan asks for something, so that not everything passes."),
                              QStringLiteral("every threshold above 0"));
    const QString wish = emptyWish(expectation);
    if (wish.isEmpty())
        Checks::pass(check, QStringLiteral("%1 phases, %2 peers, %3 fault classes")
                                .arg(expectation.requiredPhases.size())
                                .arg(expectation.peers.size())
                                .arg(expectation.faults.size()));
    else
        Checks::unknown(check, Check::Flaw::Invalid, wish,
                        QStringLiteral("the plan proves nothing: ") + wish);
}

void judgeNames(const QList<EvidenceFile> &files, Checks &checks) {
    QSet<QString> names;
    for (const EvidenceFile &file : files) {
        if (!names.contains(file.name)) {
            names.insert(file.name);
            continue;
        }
        Check &check =
            checks.add(QStringLiteral("campaign.files"), QString(),
                       QStringLiteral("Each file is there once."), QStringLiteral("distinct names"));
        check.source = {file.name, 0, file.bytes.size()};
        Checks::unknown(check, Check::Flaw::Invalid, clipped(file.name),
                        QStringLiteral("%1 is there twice").arg(clipped(file.name)));
        return;
    }
}

QList<Report> reportsOf(const QList<EvidenceFile> &files) {
    QList<Report> reports;
    for (const EvidenceFile &file : files) {
        if (!file.name.startsWith(QLatin1String("phase")) || !file.name.endsWith(QLatin1String(".json")))
            continue;
        if (Report report(files, file.name); report.readable())
            reports.append(report);
    }
    return reports;
}

// The summary repeats the reports. Where it repeats one that is there otherwise, one of the two was changed.
void judgeCopies(const Report &summary, const QList<Report> &reports, Checks &checks) {
    const QJsonArray copies = summary.value(QStringLiteral("phases")).toArray();
    if (copies.isEmpty())
        return;
    Check &check = checks.add(QStringLiteral("campaign.copies"), QString(),
                              QStringLiteral("The reports in the summary are those in the files."),
                              QStringLiteral("equal"));
    check.source = summary.rangeOf(QStringLiteral("phases"));
    check.n = copies.size();
    for (const QJsonValue entry : copies) {
        const QJsonObject copy = entry.toObject();
        const auto same = [&](const char *key, const Report &report) {
            return report.value(QLatin1String(key)) == copy.value(QLatin1String(key));
        };
        const bool isThere = std::any_of(reports.begin(), reports.end(),
                                         [&](const Report &report) { return report.object() == copy; });
        const auto other = std::find_if(reports.begin(), reports.end(), [&](const Report &report) {
            return same("phase", report) && same("host", report);
        });
        if (isThere || other == reports.end())
            continue;
        Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("not equal"),
                        QStringLiteral("%1 is not the report that the summary repeats").arg(other->name()));
        return;
    }
    Checks::pass(check, QStringLiteral("equal"));
}

// The field names its hosts aim-<campaign>-node-a, with . and / as -: a report of another campaign shows.
void judgeHosts(const Report &summary, const QList<Report> &reports, Checks &checks) {
    static const QRegularExpression name(QStringLiteral("^aim-(.+)-node-[^-]+$"));
    QString id = summary.text(QStringLiteral("campaign_id"));
    id.replace(QLatin1Char('.'), QLatin1Char('-')).replace(QLatin1Char('/'), QLatin1Char('-'));
    if (id.isEmpty())
        return;
    for (const Report &report : reports) {
        const QString host = report.text(QStringLiteral("host"));
        const auto match = name.match(host);
        if (!match.hasMatch() || match.captured(1) == id)
            continue;
        Check &check = checks.add(QStringLiteral("campaign.hosts"), QString(),
                                  QStringLiteral("The reports are from this campaign's hosts."), id);
        check.source = report.rangeOf(QStringLiteral("host"));
        Checks::unknown(check, Check::Flaw::Invalid, host,
                        QStringLiteral("%1 is from %2, a host of another campaign").arg(report.name(), host));
        return;
    }
}

} // namespace

void judgeCampaign(const QList<EvidenceFile> &files, const Expectation &expectation, QList<Check> &checks) {
    Checks list(checks, 0);
    judgePlan(expectation, list);
    judgeNames(files, list);
    const Report summary(files, kSummary);
    if (!summary.present())
        return;
    Check &check = list.add(QStringLiteral("campaign.summary"), QString(),
                            QStringLiteral("The summary can be read."), QStringLiteral("a JSON object"));
    check.source = {kSummary, 0, summary.bytes().size()};
    const QString size = QStringLiteral("%1 bytes").arg(summary.bytes().size());
    if (!summary.readable()) {
        Checks::unknown(check, Check::Flaw::Invalid, summary.blank() ? kBlank : size, summary.problem());
        return;
    }
    Checks::pass(check, size);
    const QList<Report> reports = reportsOf(files);
    judgeCopies(summary, reports, list);
    judgeHosts(summary, reports, list);
}

void judgeFindings(const QList<Finding> &findings, QList<Check> &checks) {
    Checks list(checks, 0);
    for (const Finding &finding : findings) {
        Check &check =
            list.add(QStringLiteral("campaign.finding.%1").arg(clipped(finding.check)), QString(),
                     QStringLiteral("Nothing was wrong with the evidence before it was passed on."),
                     QStringLiteral("no finding"));
        check.source = {kManifest, 0, 0};
        Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("a finding"),
                        QStringLiteral("before it was passed on: %1").arg(clipped(finding.reason)));
    }
}

void judgeSummaryClaim(const QList<EvidenceFile> &files, Verdict verdict, QList<Check> &checks) {
    const Report summary(files, kSummary);
    const QString key = QStringLiteral("overall_pass");
    const QJsonValue claimed = summary.value(key);
    if (!claimed.isBool())
        return;
    Checks list(checks, 0);
    const bool holds = verdict == Verdict::Proven || verdict == Verdict::UnprovenPass;
    Check &check =
        list.add(QStringLiteral("campaign.claim"), QString(),
                 QStringLiteral("The summary claims what the evidence says."),
                 holds ? QStringLiteral("overall_pass: true") : QStringLiteral("overall_pass: false"));
    check.source = summary.rangeOf(key);
    const QString actual = QStringLiteral("overall_pass: ") + summary.text(key);
    if (claimed.toBool() == holds)
        Checks::pass(check, actual);
    else if (holds)
        Checks::unknown(check, Check::Flaw::Invalid, actual,
                        QStringLiteral("the summary claims a fail, every report says otherwise"));
    else
        Checks::fail(
            check, actual,
            QStringLiteral("the summary claims a pass, the evidence says %1").arg(verdictName(verdict)));
}

} // namespace slipway::rules
