// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/seriestable.h"

#include "models/campaign/campaignentry.h"
#include "models/campaign/versionorder.h"
#include "models/core/csvrowreader.h"
#include "models/core/instant.h"
#include "models/core/wholenumber.h"
#include "models/fleet/hosttable.h"
#include "models/fleet/inventorytext.h"

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

constexpr qsizetype kMaxBytes = qsizetype(16) * 1024 * 1024;
constexpr qsizetype kMaxRows = 100'000;
constexpr qsizetype kMaxColumns = 64;
constexpr qsizetype kMaxFact = 200;
constexpr qint64 kReports = 6; // of a campaign of the field
constexpr double kMaxNumber = 1e12;

enum class Kind {
    Run,
    Slot,
    Started,
    Completed,
    Claimed,
    Reports,
    Seconds,
    Cost,
    Lost,
    Acked,
    Converged,
    VerdictName,
    Fact
};

struct Column {
    Kind kind = Kind::Fact;
    QString name; ///< of a fact; of seconds: kWholeRun, "phase 2"
};

Column columnOf(const QString &title) {
    static const QList<std::pair<Kind, QStringList>> known{
        {Kind::Run,
         {QStringLiteral("run"), QStringLiteral("id"), QStringLiteral("campaign"),
          QStringLiteral("campaign_id")}},
        {Kind::Slot, {QStringLiteral("slot"), QStringLiteral("scheduled_at")}},
        {Kind::Started, {QStringLiteral("started_at")}},
        {Kind::Completed,
         {QStringLiteral("completed_at"), QStringLiteral("ended_at"), QStringLiteral("finished_at")}},
        {Kind::Claimed,
         {QStringLiteral("claimed_pass"), QStringLiteral("overall_pass"), QStringLiteral("claimed")}},
        {Kind::Reports, {QStringLiteral("reports_with_content"), QStringLiteral("reports")}},
        {Kind::Seconds,
         {QStringLiteral("seconds_from_first_report_to_end"), QStringLiteral("seconds"),
          QStringLiteral("duration_seconds"), QStringLiteral("wall_seconds")}},
        {Kind::Lost, {QStringLiteral("loss"), QStringLiteral("losses")}},
        {Kind::VerdictName, {QStringLiteral("verdict")}}};
    const QString word = title.trimmed().toLower().replace(QLatin1Char(' '), QLatin1Char('_'));
    for (const auto &[kind, names] : known) {
        if (names.contains(word))
            return {kind, kWholeRun};
    }
    // "cost_usd", "lost_acked_writes", "acknowledged_writes"
    if (word.startsWith(QLatin1String("cost")))
        return {Kind::Cost, {}};
    if (word == QLatin1String("lost") || word.endsWith(QLatin1String("_lost")) ||
        (word.startsWith(QLatin1String("lost_")) &&
         (word.contains(QLatin1String("write")) || word.endsWith(QLatin1String("share")))))
        return {Kind::Lost, {}};
    if (word.startsWith(QLatin1String("acked")) || word.startsWith(QLatin1String("acknowledged")))
        return {Kind::Acked, {}};
    if (word.startsWith(QLatin1String("converged")))
        return {Kind::Converged, {}};
    if (word.size() == 14 && word.startsWith(QLatin1String("phase")) &&
        word.endsWith(QLatin1String("_seconds")) && word.at(5).isDigit())
        return {Kind::Seconds, QStringLiteral("phase ") + word.at(5)};
    return {Kind::Fact, title.trimmed().left(kMaxFact)};
}

std::optional<bool> flagOf(const QString &cell) {
    const QString word = cell.toLower();
    if (word == QLatin1String("true") || word == QLatin1String("1") || word == QLatin1String("yes") ||
        word == QLatin1String("pass"))
        return true;
    if (word == QLatin1String("false") || word == QLatin1String("0") || word == QLatin1String("no") ||
        word == QLatin1String("fail"))
        return false;
    return std::nullopt;
}

std::optional<double> numberOf(const QString &cell) {
    bool isNumber = false;
    const double value = cell.toDouble(&isNumber);
    return isNumber && std::isfinite(value) && value >= 0 && value <= kMaxNumber ? std::optional(value)
                                                                                 : std::nullopt;
}

struct Row {
    SeriesRun run;
    std::optional<qint64> reports;
    std::optional<qint64> acked;
    std::optional<qint64> converged;
    std::optional<Verdict> told;
    QString series;
};

bool takeRunName(const QString &cell, Row &row) {
    if (const auto number = countOf(QStringView(cell)); number && *number >= 1 && *number <= kMaxRows) {
        row.run.ordinal = static_cast<int>(*number);
        return true;
    }
    const int ordinal = slotOf(cell);
    if (ordinal < 1)
        return false;
    row.run.ordinal = ordinal;
    row.run.id = cell;
    row.series = seriesOf(cell);
    return true;
}

bool takeTime(const QString &cell, QDateTime &time) {
    time = instantOf(cell);
    return time.isValid();
}

bool takeCount(const QString &cell, std::optional<qint64> &count) {
    count = countOf(QStringView(cell));
    return count.has_value();
}

// A number of writes, or a share of them.
bool takeLoss(const QString &cell, SeriesRun &run) {
    if (takeCount(cell, run.lost))
        return true;
    const auto share = numberOf(cell);
    if (!share || *share > 1)
        return false;
    if (*share > 0)
        run.lostShares.insert(QStringLiteral("all"), *share);
    return true;
}

bool takeCell(const Column &column, const QString &cell, Row &row) {
    SeriesRun &run = row.run;
    switch (column.kind) {
    case Kind::Run:
        return takeRunName(cell, row);
    case Kind::Slot:
        return takeTime(cell, run.slot);
    case Kind::Started:
        return takeTime(cell, run.startedAt);
    case Kind::Completed:
        return takeTime(cell, run.completedAt);
    case Kind::Claimed:
        run.claimedPass = flagOf(cell);
        return run.claimedPass.has_value();
    case Kind::Reports:
        return takeCount(cell, row.reports);
    case Kind::Seconds:
        if (const auto seconds = numberOf(cell))
            run.seconds.insert(column.name, *seconds);
        return run.seconds.contains(column.name);
    case Kind::Cost:
        run.cost = numberOf(cell);
        return run.cost.has_value();
    case Kind::Lost:
        return takeLoss(cell, run);
    case Kind::Acked:
        return takeCount(cell, row.acked);
    case Kind::Converged:
        return takeCount(cell, row.converged);
    case Kind::VerdictName:
        row.told = verdictFromName(cell.toUpper().replace(QLatin1Char('_'), QLatin1Char(' ')));
        return row.told.has_value();
    case Kind::Fact:
        run.facts.insert(column.name, cell.left(kMaxFact));
        return true;
    }
    return false;
}

// What a row can be at best; a table holds no evidence that could be judged.
Verdict verdictOf(const Row &row) {
    if (!row.run.hasEvidence)
        return Verdict::NoEvidence;
    if (row.told && *row.told != Verdict::Proven && *row.told != Verdict::UnprovenPass)
        return *row.told;
    if (row.run.claimedPass == false)
        return Verdict::Fail;
    if (row.reports.value_or(kReports) < kReports || !row.run.claimedPass)
        return Verdict::Incomplete;
    return Verdict::UnprovenPass;
}

void conclude(Row &row) {
    SeriesRun &run = row.run;
    if (!run.lost && row.acked && row.converged && *row.acked >= *row.converged)
        run.lost = *row.acked - *row.converged;
    // Without a column of reports a verdict, or a duration of what was reported, tells that there were some.
    run.hasEvidence = row.reports ? *row.reports > 0
                                  : (row.told && *row.told != Verdict::NoEvidence) || !run.seconds.isEmpty();
    run.verdict = verdictOf(row);
    if (run.id.isEmpty())
        run.id = QStringLiteral("row %1").arg(run.ordinal);
}

bool nothingRan(const Row &row) {
    return !row.run.startedAt.isValid() && !row.run.completedAt.isValid() && !row.run.claimedPass &&
           row.reports.value_or(0) == 0;
}

} // namespace

Result<SeriesTable> readSeriesTable(const QByteArray &bytes, const QString &what) {
    const auto refuse = [&](int line, const QString &why) {
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1 line %2: %3.").arg(what).arg(line).arg(why)};
    };
    if (bytes.size() > kMaxBytes)
        return refuse(1, QStringLiteral("the table is larger than 16 MiB"));
    const auto utf8 = inventoryText(bytes, what);
    if (!utf8)
        return utf8.error();
    const QString text = QString::fromUtf8(*utf8);
    CsvRowReader reader(text, separatorOf(text));
    if (!reader.read(0, 1))
        return refuse(reader.openQuote(), QStringLiteral("a quote is opened and never closed"));
    const QList<TableRow> &rows = reader.rows();
    if (rows.size() < 2 || rows.size() > kMaxRows + 1)
        return refuse(1, QStringLiteral("the table has %1 rows below its titles; from 1 to %2 are read")
                             .arg(std::max<qsizetype>(0, rows.size() - 1))
                             .arg(kMaxRows));
    QList<Column> columns;
    SeriesTable table;
    for (const QString &title : rows.constFirst().cells) {
        columns << columnOf(title);
        if (columns.constLast().kind == Kind::Fact)
            table.notes << QStringLiteral("The column \"%1\" is kept as a fact of each run.")
                               .arg(columns.constLast().name);
    }
    const auto has = [&](Kind kind) {
        return std::any_of(columns.begin(), columns.end(),
                           [kind](const Column &column) { return column.kind == kind; });
    };
    if (columns.size() > kMaxColumns || !has(Kind::Run) || !(has(Kind::Slot) || has(Kind::Completed)))
        return refuse(
            rows.constFirst().line,
            QStringLiteral(
                "the first row must name the columns \"run\" and \"slot\" or \"completed_at\", at most 64"));
    for (qsizetype i = 1; i < rows.size(); ++i) {
        const TableRow &cells = rows.at(i);
        if (cells.cells.size() > columns.size())
            return refuse(cells.line, QStringLiteral("it has %1 cells, and there are %2 columns")
                                          .arg(cells.cells.size())
                                          .arg(columns.size()));
        Row row;
        for (qsizetype k = 0; k < cells.cells.size(); ++k) {
            const QString &cell = cells.cells.at(k);
            if (!cell.isEmpty() && !takeCell(columns.at(k), cell, row))
                return refuse(cells.line, QStringLiteral("\"%1\" is not a valid %2")
                                              .arg(cell.left(60), rows.constFirst().cells.at(k).left(60)));
        }
        if (nothingRan(row)) {
            table.notes << QStringLiteral("Line %1: nothing ran.").arg(cells.line);
            continue;
        }
        if (!row.run.slot.isValid() && !row.run.moment().isValid())
            return refuse(cells.line, QStringLiteral("it tells neither a slot nor a time"));
        if (table.name.isEmpty())
            table.name = row.series;
        conclude(row);
        table.runs << row.run;
    }
    return table;
}

} // namespace slipway
