// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/index/indexpage.h"

#include "app/pages/index/runtable.h"
#include "app/pages/write/htmlwriter.h"
#include "app/pages/write/linechart.h"
#include "models/evidence/judge.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>

#include <algorithm>

namespace slipway {

namespace {

// By these a later version knows its own.
const QString kWritten = QStringLiteral("Written by Slipway ");
const QString kSchema = QStringLiteral("slipway-runs/");

QMap<Verdict, qsizetype> countsOf(const QList<RunEntry> &entries) {
    QMap<Verdict, qsizetype> counts;
    for (const RunEntry &entry : entries)
        ++counts[entry.verdict];
    return counts;
}

// Filters without a script: the style sheet hides the rows of other verdicts than the chosen one's.
void writeFilter(HtmlWriter &html, const QList<RunEntry> &entries) {
    const auto choice = [&](const QString &name, bool isChosen, const auto &label) {
        html.open("span");
        const QString id = QStringLiteral("show-") + name;
        if (isChosen)
            html.empty("input", {{"type", QStringLiteral("radio")},
                                 {"name", QStringLiteral("verdict")},
                                 {"id", id},
                                 {"checked", QStringLiteral("checked")}});
        else
            html.empty("input",
                       {{"type", QStringLiteral("radio")}, {"name", QStringLiteral("verdict")}, {"id", id}});
        html.open("label", {{"for", id}});
        label();
        html.close();
        html.close();
    };
    html.open("fieldset", {{"class", QStringLiteral("filter")}});
    html.element("legend", QStringLiteral("Show the runs with the verdict"),
                 {{"class", QStringLiteral("unseen")}});
    choice(QStringLiteral("all"), true, [&] {
        html.text(QStringLiteral("All "));
        html.element("b", QString::number(entries.size()));
    });
    const QMap<Verdict, qsizetype> counts = countsOf(entries);
    for (auto it = counts.begin(); it != counts.end(); ++it)
        choice(verdictClass(it.key()), false, [&] {
            html.verdict(it.key());
            html.element("b", QLatin1Char(' ') + QString::number(*it));
        });
    html.close();
}

// The script shows it and works it.
void writeSearch(HtmlWriter &html) {
    html.open("p", {{"id", QStringLiteral("search")}, {"hidden", QStringLiteral("hidden")}});
    html.open("label");
    html.text(QStringLiteral("Search "));
    html.empty("input", {{"type", QStringLiteral("search")},
                         {"placeholder", QStringLiteral("id, ref, verdict, why")}});
    html.close();
    html.element("span", QString(), {{"role", QStringLiteral("status")}});
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
    html.open("details", {{"class", QStringLiteral("card")}});
    html.element("summary", QStringLiteral("Trend of the bound and of the time that runs took"));
    for (const LineChart &chart : {bounds, durations}) {
        if (chart.points.size() < 2)
            continue;
        html.open("figure");
        writeChart(html, chart);
        html.close();
    }
    html.close();
}

// The reports of series, one a line; nothing where there is none.
void writeSeries(HtmlWriter &html, const QList<SeriesLink> &series) {
    if (series.isEmpty())
        return;
    html.open("section", {{"class", QStringLiteral("card")}});
    html.element("h2", QStringLiteral("Series, many runs judged as one"));
    html.open("ul");
    for (const SeriesLink &link : series) {
        html.open("li");
        html.verdict(link.verdict);
        html.text(QStringLiteral(" "));
        html.element("a", link.name,
                     {{"href", QStringLiteral("../series/%1/index.html")
                                   .arg(QString::fromLatin1(link.name.toUtf8().toPercentEncoding()))}});
        html.text(QStringLiteral(": ") + link.head);
        html.close();
    }
    html.close();
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

QByteArray indexPage(const QList<RunEntry> &entries, const QList<SeriesLink> &series) {
    const QMap<Verdict, qsizetype> counts = countsOf(entries);
    QStringList words;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        words << QStringLiteral("%1 %2").arg(*it).arg(verdictName(it.key()));
    const QString sentence =
        entries.size() == 1
            ? QStringLiteral("One campaign, judged from the files in its folder.")
            : QStringLiteral("%1 campaigns, each judged from the files in its folder.").arg(entries.size());
    HtmlWriter html;
    html.open("main");
    html.open("div", {{"class", QStringLiteral("answer")}});
    html.element("h1", QStringLiteral("Ship-gate runs"));
    html.element("p", sentence, {{"class", QStringLiteral("claim")}});
    html.close();
    writeSeries(html, series);
    writeFilter(html, entries);
    writeSearch(html);
    writeTrend(html, entries);
    writeRunTable(html, entries);
    html.close();
    html.open("footer");
    html.open("p");
    html.text(writtenBySlipway() + QStringLiteral(". The same list for programs: "));
    html.element("a", QStringLiteral("index.json"), {{"href", QStringLiteral("./index.json")}});
    html.text(QStringLiteral("; what is new, for a feed reader: "));
    html.element("a", QStringLiteral("feed.xml"), {{"href", QStringLiteral("./feed.xml")}});
    html.close();
    html.close();
    return html.page({QStringLiteral("Ship-gate runs"),
                      words.isEmpty()
                          ? sentence
                          : sentence + QLatin1Char(' ') + words.join(QStringLiteral(", ")) + QLatin1Char('.'),
                      QStringLiteral("./"), QStringLiteral("list.js")});
}

QByteArray indexJson(const QList<RunEntry> &entries, const QList<SeriesLink> &series) {
    QJsonArray runs;
    for (const RunEntry &entry : entries)
        runs.append(entryJson(entry));
    QJsonArray reports;
    for (const SeriesLink &link : series)
        reports.append(QJsonObject{{QStringLiteral("series"), link.name},
                                   {QStringLiteral("verdict"), verdictName(link.verdict)},
                                   {QStringLiteral("head"), link.head}});
    QJsonObject object{{QStringLiteral("schema"), kSchema + QLatin1Char('1')},
                       {QStringLiteral("runs"), runs}};
    if (!reports.isEmpty())
        object.insert(QStringLiteral("series"), reports);
    return QJsonDocument(object).toJson();
}

QString writtenBySlipway() {
    return kWritten + QStringLiteral(SLIPWAY_VERSION);
}

bool isIndexOfOurs(const QByteArray &bytes) {
    return bytes.contains(kWritten.toUtf8()) || bytes.contains('"' + kSchema.toUtf8());
}

} // namespace slipway
