// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/indexpage.h"

#include "app/exporter/htmlwriter.h"
#include "app/exporter/linechart.h"
#include "models/evidence/judge.h"
#include "models/evidence/verdictclaim.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kPhases = 4;
const QString kUnsaid = QStringLiteral("–"); // by no file
// By these a later version knows its own.
const QString kWritten = QStringLiteral("Written by Slipway ");
const QString kSchema = QStringLiteral("slipway-runs/");

const PhaseJudgement *phaseOf(const RunEntry &entry, int phase) {
    const auto it = std::find_if(entry.phases.begin(), entry.phases.end(),
                                 [phase](const PhaseJudgement &p) { return p.phase == phase; });
    return it == entry.phases.end() ? nullptr : &*it;
}

void writeRow(HtmlWriter &html, const RunEntry &entry) {
    const QString folder = QStringLiteral("./") + QString::fromLatin1(QUrl::toPercentEncoding(entry.id));
    html.open("tr");
    html.open("th", {{"scope", QStringLiteral("row")}});
    html.element(
        "a", entry.id,
        {{"href", entry.hasPage ? folder + QStringLiteral("/index.html") : folder + QLatin1Char('/')}});
    html.close();
    for (int phase = 1; phase <= kPhases; ++phase) {
        html.open("td");
        const PhaseJudgement *judgement = phaseOf(entry, phase);
        html.verdict(judgement ? judgement->verdict : Verdict::NoEvidence);
        html.close();
    }
    html.open("td");
    html.verdict(entry.verdict);
    html.element("p", claimText(entry.claimedPass), {{"class", QStringLiteral("claim")}});
    html.element("p", entry.reason);
    if (const QString claim = claimSentence(entry.verdict, entry.claim); !claim.isEmpty())
        html.element("p", claim);
    html.close();
    html.element("td", entry.completedAt.isValid()
                           ? entry.completedAt.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"))
                           : kUnsaid);
    html.element("td", entry.ref.isEmpty() ? kUnsaid : entry.ref);
    html.element("td", entry.seconds ? secondsText(*entry.seconds) : kUnsaid);
    html.element("td", entry.bound ? boundText(*entry.bound) : kUnsaid,
                 {{"class", QStringLiteral("number")}});
    html.close();
}

void writeTable(HtmlWriter &html, const QList<RunEntry> &entries) {
    html.open("section");
    html.element("h2", QStringLiteral("Runs"));
    html.open("div", {{"class", QStringLiteral("wide")},
                      {"tabindex", QStringLiteral("0")},
                      {"role", QStringLiteral("region")},
                      {"aria-label", QStringLiteral("Runs, newest first")}});
    html.open("table", {{"class", QStringLiteral("runs")}});
    html.element(
        "caption",
        QStringLiteral(
            "Newest first. Verdicts are what the evidence says, each of the claim that stands with it."));
    html.open("thead");
    html.open("tr");
    for (const char *name : {"Campaign", "Phase 1", "Phase 2", "Phase 3", "Phase 4", "Verdict", "Completed",
                             "Ref", "Took", "95 % bound"})
        html.element("th", QString::fromLatin1(name), {{"scope", QStringLiteral("col")}});
    html.close();
    html.close();
    html.open("tbody");
    for (const RunEntry &entry : entries)
        writeRow(html, entry);
    html.close();
    html.close();
    html.close();
    html.close();
}

template <typename Value>
LineChart chartOf(const QList<RunEntry> &entries, Value value) {
    LineChart chart;
    chart.joined = true;
    chart.xName = QStringLiteral("runs in version order, of those that say it");
    double x = 0;
    std::for_each(entries.crbegin(), entries.crend(), [&](const RunEntry &entry) {
        if (const std::optional<double> y = value(entry))
            chart.points.append({++x, y});
    });
    return chart;
}

// One point is not a trend.
void writeTrend(HtmlWriter &html, const QList<RunEntry> &entries) {
    LineChart bounds = chartOf(entries, [](const RunEntry &entry) { return entry.bound; });
    bounds.title = QStringLiteral("95 % lower bound of convergence, the least of a run's fault classes");
    bounds.threshold = Expectation::published().convergenceMin;
    bounds.thresholdName = QStringLiteral("threshold %1").arg(*bounds.threshold);
    LineChart durations = chartOf(entries, [](const RunEntry &entry) -> std::optional<double> {
        return entry.seconds ? std::optional(static_cast<double>(*entry.seconds) / 60) : std::nullopt;
    });
    durations.title = QStringLiteral("Minutes that the phases of a run took");
    durations.isShare = false;
    durations.unit = QStringLiteral(" min");
    if (bounds.points.size() < 2 && durations.points.size() < 2)
        return;
    html.open("section");
    html.element("h2", QStringLiteral("Trend"));
    for (const LineChart &chart : {bounds, durations}) {
        if (chart.points.size() < 2)
            continue;
        html.open("figure");
        writeChart(html, chart);
        html.close();
    }
    html.close();
}

QJsonObject entryJson(const RunEntry &entry) {
    QJsonArray phases;
    for (const PhaseJudgement &phase : entry.phases)
        phases.append(QJsonObject{{QStringLiteral("phase"), phase.phase},
                                  {QStringLiteral("verdict"), verdictName(phase.verdict)},
                                  {QStringLiteral("headline"), phase.headline}});
    QJsonObject object{
        {QStringLiteral("id"), entry.id},
        {QStringLiteral("ref"), entry.ref},
        {QStringLiteral("completed_at"), entry.completedAt.toUTC().toString(Qt::ISODate)},
        {QStringLiteral("verdict"), verdictName(entry.verdict)},
        {QStringLiteral("claimed"), entry.claimedPass ? QJsonValue(*entry.claimedPass) : QJsonValue()},
        {QStringLiteral("reason"), entry.reason},
        {QStringLiteral("claim"), entry.claim},
        {QStringLiteral("phases"), phases},
        {QStringLiteral("manifest_sha256"), entry.manifestSha256},
    };
    if (entry.isUtcAssumed)
        object.insert(QStringLiteral("completed_at_zone"), QStringLiteral("assumed"));
    if (entry.seconds)
        object.insert(QStringLiteral("seconds"), *entry.seconds);
    if (entry.bound)
        object.insert(QStringLiteral("bound"), *entry.bound);
    return object;
}

} // namespace

QByteArray indexPage(const QList<RunEntry> &entries) {
    HtmlWriter html;
    html.open("header");
    html.element("h1", QStringLiteral("Ship-gate runs"));
    html.element(
        "p",
        entries.size() == 1
            ? QStringLiteral("One campaign, judged from the files in its folder.")
            : QStringLiteral("%1 campaigns, each judged from the files in its folder.").arg(entries.size()));
    html.close();
    html.open("main");
    writeTrend(html, entries);
    writeTable(html, entries);
    html.close();
    html.open("footer");
    html.element("p", kWritten + QStringLiteral("%1. The same list for programs: index.json.")
                                     .arg(QStringLiteral(SLIPWAY_VERSION)));
    html.close();
    return html.page(QStringLiteral("Ship-gate runs"));
}

QByteArray indexJson(const QList<RunEntry> &entries) {
    QJsonArray runs;
    for (const RunEntry &entry : entries)
        runs.append(entryJson(entry));
    return QJsonDocument(QJsonObject{{QStringLiteral("schema"), kSchema + QLatin1Char('1')},
                                     {QStringLiteral("runs"), runs}})
        .toJson();
}

bool isIndexOfOurs(const QByteArray &bytes) {
    return bytes.contains(kWritten.toUtf8()) || bytes.contains('"' + kSchema.toUtf8());
}

} // namespace slipway
