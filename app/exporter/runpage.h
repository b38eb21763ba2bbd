// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/exporter/runexport.h"
#include "models/campaign/publishedchecks.h"
#include "models/evidence/recordedplan.h"

namespace slipway {

class HtmlWriter;

inline const QString kPage = QStringLiteral("index.html");

/// What the page of a run is made from. Its files and texts are masked.
struct RunPageContent {
    const CampaignRecord &record;
    const RunExport &run; ///< files and judgement; the page and the manifest are not among the files yet
    const std::optional<PublishedPlan> &plan;
    const QList<PhaseSpan> &spans;
};

/// What a page tells of a plan that was recorded before the start.
[[nodiscard]] PublishedPlan asPublished(const RecordedPlan &plan);

/// `runs/<id>/index.html`: one file that needs no other, no network and no script. Pure.
[[nodiscard]] QByteArray runPage(const RunPageContent &content);

// Its parts, each in a file of its own.
void writeHeader(HtmlWriter &html, const RunPageContent &content);
void writeNarrative(HtmlWriter &html, const std::optional<Insight> &insight);
void writePhase(HtmlWriter &html, const RunPageContent &content, int phase);
void writeCycles(HtmlWriter &html, const RunPageContent &content, const QString &fault);
void writeChecks(HtmlWriter &html, const QList<Check> &checks, const QString &caption);

} // namespace slipway
