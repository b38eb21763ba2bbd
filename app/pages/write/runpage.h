// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/write/runexport.h"
#include "models/campaign/publishedchecks.h"
#include "models/cycles/cycleline.h"
#include "models/evidence/recordedplan.h"

namespace slipway {

class HtmlWriter;

/// What the page of a run is made from. Its files and texts are masked.
struct RunPageContent {
    const CampaignRecord &record;
    const RunExport &run; ///< files and judgement; the page and the manifest are not among the files yet
    const EvidenceManifest &manifest; ///< its files and masks are not known yet
    const std::optional<PublishedPlan> &plan;
    const QList<PhaseSpan> &spans;
    const QList<CycleFile> &cycles; ///< of each fault class, in the order of the files
};

/// What a page says of a plan that was recorded before the start.
[[nodiscard]] PublishedPlan asPublished(const RecordedPlan &plan);

/// `runs/<id>/index.html`: one file that can be read whole without any other, a network or its script. Pure.
/// In it these last: `#cause`, `#facts`, `#focus`, `#phase-1` … `#phase-4`, `#across`, `#files`, and
/// anchorOf() a check's id, "file-NAME" and "FAULT.NUMBER" of a cycle.
/// The cycles that a run's files show, for RunPageContent.
[[nodiscard]] QList<CycleFile> cycleFilesOf(const QList<EvidenceFile> &files);
[[nodiscard]] QByteArray runPage(const RunPageContent &content);

/// A fragment that names this text: letters, digits, dots, hyphens and underscores stay, any other byte
/// becomes `~` and two hexadecimal digits.
[[nodiscard]] QString anchorOf(const QString &text);
/// "./phase2.json"; empty where the folder holds no such file.
[[nodiscard]] QString addressOf(const RunPageContent &content, const QString &file);
[[nodiscard]] const PhaseJudgement *phaseJudgementOf(const RunPageContent &content, int phase);
[[nodiscard]] QString phaseName(int phase); ///< "Functional"

// Its parts, each in a file of its own.
void writeHeader(HtmlWriter &html, const RunPageContent &content);
void writeCause(HtmlWriter &html, const RunPageContent &content);
void writeFacts(HtmlWriter &html, const RunPageContent &content);
void writeNarrative(HtmlWriter &html, const Insight &insight);
void writePhase(HtmlWriter &html, const RunPageContent &content, int phase);
void writeAcross(HtmlWriter &html, const RunPageContent &content); ///< checks of no phase
void writeCycles(HtmlWriter &html, const RunPageContent &content);
void writeArtefacts(HtmlWriter &html, const RunPageContent &content);

} // namespace slipway
