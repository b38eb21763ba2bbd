// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/checktables.h"

#include "app/pages/write/htmlwriter.h"
#include "models/evidence/excerpt.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kNameLength = 60; // of a file where it is cited
constexpr qsizetype kUnfolded = 3;    // checks of a section that do not hold and are seen at once

// What stands next to a measured value.
QString sampleText(const Check &check) {
    QStringList parts;
    if (check.n)
        parts << QStringLiteral("n = %1").arg(numberText(*check.n));
    if (check.bound)
        parts << QStringLiteral("95 % bound %1").arg(boundText(*check.bound));
    return parts.join(QStringLiteral(", "));
}

void writeSample(HtmlWriter &html, const Check &check) {
    if (const QString sample = sampleText(check); !sample.isEmpty())
        html.element("small", QLatin1Char(' ') + sample);
}

void writeOpenCheck(HtmlWriter &html, const RunPageContent &content, const Check &check) {
    html.open("tr", {{"id", anchorOf(check.id)}});
    writeResult(html, "td", check);
    html.open("td");
    html.element("span", check.proves);
    html.element("code", check.id);
    if (!check.reason.isEmpty())
        html.element("span", check.reason, {{"class", QStringLiteral("reason")}});
    html.close();
    html.element("td", check.expected);
    html.open("td");
    html.element("b", check.actual);
    writeSample(html, check);
    html.close();
    html.open("td");
    writeSource(html, content, check.source);
    html.close();
    html.close();
}

void writeOpenChecks(HtmlWriter &html, const RunPageContent &content, const QList<Check> &checks,
                     const QString &caption) {
    if (checks.isEmpty())
        return;
    openTable(html, caption, "checks",
              {QStringLiteral("Result"), QStringLiteral("Check"), QStringLiteral("Expected"),
               QStringLiteral("Measured"), QStringLiteral("Read from")});
    for (const Check &check : checks)
        writeOpenCheck(html, content, check);
    closeTable(html);
}

// What fails comes first, what is merely not supported last.
int rankOf(const Check &check) {
    if (check.outcome == Check::Outcome::Fail)
        return 0;
    return check.flaw == Check::Flaw::Unsupported ? 3 : check.flaw == Check::Flaw::Missing ? 2 : 1;
}

// The checks of one stem, one for each host that has it.
struct MatrixRow {
    QString stem;
    QList<const Check *> checks;
};

QList<MatrixRow> rowsOf(const QList<Check> &checks) {
    QList<MatrixRow> rows;
    QMap<QString, qsizetype> known;
    for (const Check &check : checks) {
        const QString stem = stemOf(check);
        const auto row = known.find(stem);
        if (row == known.end()) {
            known.insert(stem, rows.size());
            rows.append({stem, {&check}});
        } else {
            rows[*row].checks.append(&check);
        }
    }
    return rows;
}

QStringList hostsOf(const QList<Check> &checks) {
    QStringList hosts;
    for (const Check &check : checks) {
        if (!check.host.isEmpty() && !hosts.contains(check.host))
            hosts << check.host;
    }
    return hosts;
}

// The cell of a check that holds; its bytes are one step away.
void writeCell(HtmlWriter &html, const RunPageContent &content, const Check &check, bool withExpected,
               qsizetype span) {
    html.open("td", {{"id", anchorOf(check.id)}, {"colspan", QString::number(span)}});
    const QString address = addressOf(content, check.source.file);
    if (address.isEmpty())
        html.text(check.actual);
    else
        html.element(
            "a", check.actual,
            {{"href", address},
             {"title",
              QStringLiteral("%1, from byte %2").arg(check.source.file, numberText(check.source.offset))}});
    writeSample(html, check);
    if (withExpected)
        html.element("small", QStringLiteral(" expected %1").arg(check.expected));
    html.close();
}

void writeMatrixRow(HtmlWriter &html, const RunPageContent &content, const MatrixRow &row,
                    const QStringList &hosts, const QList<Check> &open) {
    const Check &first = *row.checks.constFirst();
    const bool isAlike = std::all_of(row.checks.begin(), row.checks.end(),
                                     [&](const Check *check) { return check->expected == first.expected; });
    html.open("tr");
    html.open("th", {{"scope", QStringLiteral("row")}});
    html.element("span", first.proves);
    html.element("code", row.stem);
    html.close();
    html.element("td", isAlike ? first.expected : QStringLiteral("of each node its own"));
    if (first.host.isEmpty()) {
        writeCell(html, content, first, false, std::max<qsizetype>(1, hosts.size()));
    } else {
        for (const QString &host : hosts) {
            const auto cell = std::find_if(row.checks.begin(), row.checks.end(),
                                           [&](const Check *check) { return check->host == host; });
            const bool isOpen = std::any_of(open.begin(), open.end(), [&](const Check &check) {
                return check.host == host && stemOf(check) == row.stem;
            });
            if (cell == row.checks.end())
                html.element("td", isOpen ? QStringLiteral("see above") : QStringLiteral("–"),
                             {{"class", QStringLiteral("muted")}});
            else
                writeCell(html, content, **cell, !isAlike, 1);
        }
    }
    html.close();
}

} // namespace

void openTable(HtmlWriter &html, const QString &caption, const char *style, const QStringList &columns) {
    html.open("div", {{"class", QStringLiteral("wide")},
                      {"tabindex", QStringLiteral("0")},
                      {"role", QStringLiteral("region")},
                      {"aria-label", caption}});
    html.open("table", {{"class", QString::fromLatin1(style)}});
    html.open("thead");
    html.open("tr");
    for (const QString &column : columns)
        html.element("th", column, {{"scope", QStringLiteral("col")}});
    html.close();
    html.close();
    html.open("tbody");
}

void closeTable(HtmlWriter &html) {
    html.close();
    html.close();
    html.close();
}

bool holds(const Check &check) {
    return check.outcome == Check::Outcome::Pass && check.flaw == Check::Flaw::None;
}

QString stemOf(const Check &check) {
    const QString end = QLatin1Char('.') + check.host;
    return !check.host.isEmpty() && check.id.endsWith(end) ? check.id.chopped(end.size()) : check.id;
}

QString countText(const QList<Check> &checks) {
    const auto count = [&](auto test) { return std::count_if(checks.begin(), checks.end(), test); };
    const auto all = checks.size();
    const auto held = count(holds);
    if (held == all)
        return all == 1 ? QStringLiteral("1 check holds") : QStringLiteral("%1 checks hold").arg(all);
    const auto failed = count([](const Check &check) { return check.outcome == Check::Outcome::Fail; });
    const auto unknown = all - held - failed;
    QStringList parts;
    if (failed > 0)
        parts << QStringLiteral("%1 of %2 checks fail").arg(failed).arg(all);
    else
        parts << QStringLiteral("%1 of %2 checks hold").arg(held).arg(all);
    if (unknown > 0)
        parts << QStringLiteral("%1 unknown").arg(unknown);
    return parts.join(QStringLiteral(", "));
}

void writeResult(HtmlWriter &html, const char *tag, const Check &check) {
    const auto write = [&](const char *text, const char *style) {
        html.element(tag, QString::fromUtf8(text),
                     {{"class", QStringLiteral("result ") + QString::fromLatin1(style)}});
    };
    if (check.outcome == Check::Outcome::Pass)
        return write("✓ holds", "proven");
    if (check.outcome == Check::Outcome::Fail)
        return write("✗ fails", "fail");
    switch (check.flaw) {
    case Check::Flaw::Missing:
        return write("– missing", "incomplete");
    case Check::Flaw::Unsupported:
        return write("○ not supported", "unproven");
    case Check::Flaw::Invalid:
    case Check::Flaw::None:
        break;
    }
    write("⊘ invalid", "invalid");
}

void writeSource(HtmlWriter &html, const RunPageContent &content, const SourceRange &source) {
    if (source.file.isEmpty())
        return;
    const QString address = addressOf(content, source.file);
    if (address.isEmpty())
        return html.element("code", source.file);
    const QByteArray bytes = fileBytes(content.run.files, source.file);
    html.element("a",
                 QStringLiteral("%1, line %2")
                     .arg(clippedText(source.file, kNameLength))
                     .arg(lineNumberOf(bytes, source.offset)),
                 {{"href", address}});
    html.element("small", source.length > 1 ? QStringLiteral(" bytes %1 to %2")
                                                  .arg(numberText(source.offset),
                                                       numberText(source.offset + source.length - 1))
                                            : QStringLiteral(" byte %1").arg(numberText(source.offset)));
}

void writeChecks(HtmlWriter &html, const RunPageContent &content, const QList<Check> &checks,
                 const QString &caption) {
    QList<Check> held;
    QList<Check> open;
    for (const Check &check : checks)
        (holds(check) ? held : open).append(check);
    std::stable_sort(open.begin(), open.end(),
                     [](const Check &a, const Check &b) { return rankOf(a) < rankOf(b); });
    writeOpenChecks(html, content, open.first(std::min(open.size(), kUnfolded)),
                    QStringLiteral("%1 that do not hold").arg(caption));
    if (open.size() > kUnfolded) {
        html.open("details");
        html.element("summary", QStringLiteral("%1 more that do not hold").arg(open.size() - kUnfolded));
        writeOpenChecks(html, content, open.sliced(kUnfolded),
                        QStringLiteral("%1 that do not hold either").arg(caption));
        html.close();
    }
    if (held.isEmpty())
        return;
    const QStringList hosts = hostsOf(held);
    html.open("details");
    html.element(
        "summary",
        QStringLiteral("✓ ") + countText(held) +
            (hosts.isEmpty() ? QString() : QStringLiteral(", on ") + hosts.join(QStringLiteral(", "))));
    QStringList columns{QStringLiteral("Check"), QStringLiteral("Expected")};
    columns += hosts.isEmpty() ? QStringList{QStringLiteral("Measured")} : hosts;
    openTable(html, QStringLiteral("%1 that hold").arg(caption), "matrix", columns);
    for (const MatrixRow &row : rowsOf(held))
        writeMatrixRow(html, content, row, hosts, open);
    closeTable(html);
    html.close();
}

} // namespace slipway
