// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/series/slotcalendar.h"

#include "app/pages/write/htmlwriter.h"
#include "app/pages/write/svgparts.h"
#include "models/core/countof.h"
#include "models/series/seriescharts.h"

#include <QLocale>

#include <algorithm>

namespace slipway {

namespace {

using svg::number;

constexpr double kWidth = 960;
constexpr double kLeft = 48; // times of day stand to the left of it
constexpr double kTop = 20;  // days stand above it
constexpr double kHigh = 24; // of a row
constexpr double kGap = 3;
constexpr double kWidest = 62;
constexpr qsizetype kMaxDays = 31;
constexpr qsizetype kMaxRows = 12;
constexpr qsizetype kStripColumns = 60;
constexpr qsizetype kMaxCells = 2'400; // the last ones; all are in judgement.json
constexpr double kMark = 12;
constexpr double kNumbered = 40; // so wide that a number has room

struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

bool claimsPass(const SeriesSlot &slot, const QList<SeriesRun> &runs) {
    return std::any_of(slot.runs.begin(), slot.runs.end(),
                       [&](qsizetype i) { return runs.at(i).claimedPass == true; });
}

QString stateText(const SeriesSlot &slot, const QList<SeriesRun> &runs) {
    const auto verdict = slotVerdict(slot, runs);
    QStringList parts{slotRunsText(slot, runs), slotStateName(slot.state)};
    if (verdict)
        parts << verdictName(*verdict);
    if (claimsPass(slot, runs))
        parts << QStringLiteral("claims a pass");
    if (slot.isDoubled())
        parts << QStringLiteral("doubled");
    return parts.join(QStringLiteral(", "));
}

QString styleOf(const SeriesSlot &slot, const QList<SeriesRun> &runs) {
    if (slot.runs.isEmpty())
        return QStringLiteral("cell ") + slotStateName(slot.state);
    const auto verdict = slotVerdict(slot, runs);
    return QStringLiteral("cell ") + (verdict ? verdictClass(*verdict) : slotStateName(slot.state)) +
           (claimsPass(slot, runs) ? QStringLiteral(" claims") : QString());
}

void writeRect(HtmlWriter &html, const QString &style, const Box &box) {
    html.empty("rect", {{"class", style},
                        {"x", number(box.x)},
                        {"y", number(box.y)},
                        {"width", number(box.width)},
                        {"height", number(box.height)},
                        {"rx", QStringLiteral("3")}});
}

// What a cell says besides its fill: nothing is shown by colour alone.
void writeSigns(HtmlWriter &html, const SeriesSlot &slot, const QList<SeriesRun> &runs, const Box &box) {
    const auto verdict = slotVerdict(slot, runs);
    if (slot.isDoubled())
        html.empty("path",
                   {{"class", QStringLiteral("split")},
                    {"d", QStringLiteral("M%1 %2v%3")
                              .arg(number(box.x + box.width / 2), number(box.y), number(box.height))}});
    if (slot.state == SlotState::Late)
        html.empty("path", {{"class", QStringLiteral("corner")},
                            {"d", QStringLiteral("M%1 %2h8l-8 8Z").arg(number(box.x), number(box.y))}});
    if (verdict == Verdict::NoEvidence && box.width >= kNumbered)
        html.element("text", QString::number(runs.at(slot.runs.constFirst()).ordinal),
                     {{"class", QStringLiteral("number")},
                      {"x", number(box.x + box.width / 2)},
                      {"y", number(box.y + box.height / 2 + 4)},
                      {"text-anchor", QStringLiteral("middle")}});
    const bool hasMark =
        verdict && verdict != Verdict::NoEvidence && verdict != Verdict::UnprovenPass && box.width >= kMark;
    if (hasMark)
        html.empty("use", {{"class", QStringLiteral("sign")},
                           {"href", QStringLiteral("#m-") + verdictClass(*verdict)},
                           {"x", number(box.x + (box.width - kMark) / 2)},
                           {"y", number(box.y + (box.height - kMark) / 2)},
                           {"width", number(kMark)},
                           {"height", number(kMark)}});
}

void writeCell(HtmlWriter &html, const SeriesPageContent &content, const SeriesSlot &slot, const Box &box) {
    const QList<SeriesRun> &runs = content.judged.runs;
    const QString address =
        slot.runs.isEmpty() ? QString() : runAddress(content, runs.at(slot.runs.constFirst()));
    if (address.isEmpty())
        html.open("g");
    else
        html.open("a", {{"href", address}});
    html.element("title", QStringLiteral("%1: %2").arg(dayTimeText(slot.at), stateText(slot, runs)));
    writeRect(html, styleOf(slot, runs), box);
    writeSigns(html, slot, runs, box);
    html.close();
}

void openPicture(HtmlWriter &html, double width, double height, const QString &text) {
    html.open("div", {{"class", QStringLiteral("wide")},
                      {"tabindex", QStringLiteral("0")},
                      {"role", QStringLiteral("region")},
                      {"aria-label", QStringLiteral("Slots by day")}});
    html.open("svg", {{"class", QStringLiteral("chart calendar")},
                      {"viewBox", QStringLiteral("0 0 %1 %2").arg(number(width), number(height))},
                      {"role", QStringLiteral("group")},
                      {"aria-labelledby", QStringLiteral("slots-title slots-text")}});
    html.element("title", QStringLiteral("Slots by day"), {{"id", QStringLiteral("slots-title")}});
    html.element("desc", text, {{"id", QStringLiteral("slots-text")}});
}

void writeDays(HtmlWriter &html, const SeriesPageContent &content, const QList<SlotDay> &days, qsizetype rows,
               const QString &text) {
    const QList<SeriesSlot> &all = content.judged.table.slotList;
    // Where days have the same times, a slot of the first, shorter day stands in the row of its time.
    const auto fullest = std::max_element(days.begin(), days.end(), [](const SlotDay &a, const SlotDay &b) {
        return a.slotList.size() < b.slotList.size();
    });
    QList<QTime> times;
    for (const qsizetype i : fullest->slotList)
        times << all.at(i).at.toUTC().time();
    const double pitch = std::min(kWidest, (kWidth - kLeft) / static_cast<double>(days.size()));
    openPicture(html, kWidth, kTop + kHigh * static_cast<double>(rows), text);
    for (qsizetype row = 0; row < rows; ++row)
        svg::label(html, times.at(row).toString(QStringLiteral("HH:mm")), kLeft - 8,
                   kTop + kHigh * static_cast<double>(row) + kHigh / 2 + 3, "end");
    for (qsizetype column = 0; column < days.size(); ++column) {
        const SlotDay &day = days.at(column);
        const double x = kLeft + pitch * static_cast<double>(column);
        const bool isNamed = column == 0 || day.day.day() == 1 || pitch >= 26 || column % 2 == 0;
        if (isNamed)
            svg::label(html,
                       QLocale::c().toString(day.day, column == 0 || day.day.day() == 1
                                                          ? QStringLiteral("d MMM")
                                                          : QStringLiteral("d")),
                       x + pitch / 2, kTop - 8, "middle");
        for (qsizetype place = 0; place < day.slotList.size(); ++place) {
            const SeriesSlot &slot = all.at(day.slotList.at(place));
            const qsizetype byTime = times.indexOf(slot.at.toUTC().time());
            const auto row = static_cast<double>(byTime >= 0 ? byTime : place);
            writeCell(html, content, slot,
                      {x + kGap / 2, kTop + kHigh * row + kGap / 2, pitch - kGap, kHigh - kGap});
        }
    }
    html.close();
    html.close();
}

void writeStrip(HtmlWriter &html, const SeriesPageContent &content, const QString &text) {
    const QList<SeriesSlot> &all = content.judged.table.slotList;
    const qsizetype from = std::max<qsizetype>(0, all.size() - kMaxCells);
    const qsizetype rows = (all.size() - from + kStripColumns - 1) / kStripColumns;
    constexpr double kNames = 96;
    const double pitch = (kWidth - kNames) / static_cast<double>(kStripColumns);
    openPicture(html, kWidth, kHigh * static_cast<double>(rows), text);
    for (qsizetype i = from; i < all.size(); ++i) {
        const qsizetype place = i - from;
        const auto row = static_cast<double>(place / kStripColumns);
        const auto column = static_cast<double>(place % kStripColumns);
        if (place % kStripColumns == 0)
            svg::label(html, QLocale::c().toString(all.at(i).at.toUTC(), QStringLiteral("d MMM HH:mm")),
                       kNames - 8, kHigh * row + kHigh / 2 + 3, "end");
        writeCell(html, content, all.at(i),
                  {kNames + pitch * column + 1, kHigh * row + kGap / 2, pitch - 2, kHigh - kGap});
    }
    html.close();
    html.close();
}

void writeLegend(HtmlWriter &html, const SeriesJudgement &judged) {
    QMap<QString, std::pair<QString, int>> kinds; // style: name, count
    for (const SeriesSlot &slot : judged.table.slotList) {
        const auto verdict = slotVerdict(slot, judged.runs);
        auto &[name, count] =
            kinds[QStringLiteral("cell ") + (verdict ? verdictClass(*verdict) : slotStateName(slot.state))];
        name = verdict ? verdictName(*verdict) : slotStateName(slot.state);
        ++count;
    }
    html.open("ul", {{"class", QStringLiteral("legend")}});
    for (auto it = kinds.constBegin(); it != kinds.constEnd(); ++it) {
        html.open("li");
        html.open("svg", {{"width", QStringLiteral("22")},
                          {"height", QStringLiteral("14")},
                          {"aria-hidden", QStringLiteral("true")},
                          {"class", QStringLiteral("calendar")}});
        writeRect(html, it.key(), {1, 1, 20, 12});
        html.close();
        html.text(QStringLiteral("%1 %2").arg(it->first).arg(it->second));
        html.close();
    }
    html.element("li", QStringLiteral("outlined: claims a pass; dark corner: late; split: doubled"));
    html.close();
}

} // namespace

void writeSlotCalendar(HtmlWriter &html, const SeriesPageContent &content) {
    const SeriesJudgement &judged = content.judged;
    const QList<SeriesSlot> &all = judged.table.slotList;
    html.open("section", {{"id", QStringLiteral("slots")}, {"class", QStringLiteral("card")}});
    html.element("h2", QStringLiteral("Slots by day"));
    if (all.isEmpty()) {
        html.element("p", QStringLiteral("No slot's time has come."));
        html.close();
        return;
    }
    const QString text =
        QStringLiteral("%1; the fill is the recomputed verdict, the outline what was claimed.")
            .arg(countOf(all.size(), "slot"));
    const QList<SlotDay> days = slotDays(judged.table);
    qsizetype rows = 0;
    for (const SlotDay &day : days)
        rows = std::max(rows, day.slotList.size());
    html.open("figure");
    if (days.size() <= kMaxDays && rows <= kMaxRows)
        writeDays(html, content, days, rows, text);
    else
        writeStrip(html, content, text);
    html.open("figcaption");
    html.text(text);
    if (all.size() > kMaxCells)
        html.text(QStringLiteral(" The last %1 are drawn; judgement.json has all.").arg(kMaxCells));
    html.close();
    writeLegend(html, judged);
    html.open("details");
    html.element("summary", QStringLiteral("As a table"));
    QList<QStringList> table;
    for (const SeriesSlot &slot : all.last(std::min(all.size(), kMaxCells)))
        table << QStringList{QString::number(slot.number), dayTimeText(slot.at),
                             stateText(slot, judged.runs)};
    writeTable(html, QStringLiteral("Slots"),
               {QStringLiteral("Slot"), QStringLiteral("Time, UTC"), QStringLiteral("What is there")}, table);
    html.close();
    html.close();
    html.close();
}

} // namespace slipway
