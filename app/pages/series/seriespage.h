// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/series/seriessource.h"

#include <QSet>

namespace slipway {

class HtmlWriter;

/// What the page of a series is made from. Its texts are masked.
struct SeriesPageContent {
    const SeriesJudgement &judged;
    const SeriesSource &source;
    QSet<QString> published; ///< runs that lie in `runs/`
    QSet<QString> withPage;  ///< those with a page
    QString toolVersion;
};

/// `series/NAME/index.html`: one file that can be read whole without a script, a network or another file. In
/// it these last: `#criteria`, `#slots`, `#story`, `#charts`, `#alarms`, `#bound`, `#runs`. Pure.
[[nodiscard]] QByteArray seriesPage(const SeriesPageContent &content);

/// Where a run lies from the page; empty where it is not published.
[[nodiscard]] QString runAddress(const SeriesPageContent &content, const SeriesRun &run);
void writeRunLink(HtmlWriter &html, const SeriesPageContent &content, const SeriesRun &run,
                  const QString &label);
[[nodiscard]] QString dayTimeText(const QDateTime &at); ///< "2026-04-20 20:13"; "not recorded"
/// A table with these columns, as openTable() has it.
void writeTable(HtmlWriter &html, const QString &caption, const QStringList &head,
                const QList<QStringList> &rows);

// Its parts, each in a file of its own.
void writeSeriesHeader(HtmlWriter &html, const SeriesPageContent &content);
void writeCriteria(HtmlWriter &html, const SeriesPageContent &content);
void writeHoles(HtmlWriter &html, const SeriesPageContent &content);
void writeAlarms(HtmlWriter &html, const SeriesPageContent &content);
void writePools(HtmlWriter &html, const SeriesPageContent &content);
void writeChanges(HtmlWriter &html, const SeriesPageContent &content);
void writeRuns(HtmlWriter &html, const SeriesPageContent &content);

} // namespace slipway
