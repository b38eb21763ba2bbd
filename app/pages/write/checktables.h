// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/write/runpage.h"

namespace slipway {

/// A table that scrolls sideways by itself where it is wider than the page, up to its first row.
void openTable(HtmlWriter &html, const QString &caption, const char *style, const QStringList &columns);
void closeTable(HtmlWriter &html);

/// Whether a check needs nobody's attention.
[[nodiscard]] bool holds(const Check &check);
/// "phase1.recall" of "phase1.recall.node-a".
[[nodiscard]] QString stemOf(const Check &check);
/// "12 checks hold", "2 of 13 checks fail, 1 unknown".
[[nodiscard]] QString countText(const QList<Check> &checks);

/// "✗ fails", "– missing", … in its colour.
void writeResult(HtmlWriter &html, const char *tag, const Check &check);
/// "phase2.json, line 10 · bytes 137–144", with a way to the file; nothing where the check names none.
void writeSource(HtmlWriter &html, const RunPageContent &content, const SourceRange &source);

/// Those that do not hold as a table, the worst first, a row each with the reason; those that hold as one
/// line, which opens as one table of check × host.
void writeChecks(HtmlWriter &html, const RunPageContent &content, const QList<Check> &checks,
                 const QString &caption);

} // namespace slipway
