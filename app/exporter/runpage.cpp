// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/runpage.h"

#include "app/exporter/htmlwriter.h"
#include "models/evidence/filename.h"
#include "models/evidence/verdictclaim.h"

#include <algorithm>

namespace slipway {

namespace {

QList<Check> checksOf(const Judgement &judgement, int phase) {
    QList<Check> checks;
    std::copy_if(judgement.checks.begin(), judgement.checks.end(), std::back_inserter(checks),
                 [phase](const Check &check) { return check.phase == phase; });
    return checks;
}

void writeWhole(HtmlWriter &html, const RunPageContent &content) {
    const QList<Check> checks = checksOf(content.run.judgement, 0);
    if (checks.isEmpty())
        return;
    html.open("section", {{"id", QStringLiteral("whole")}});
    html.element("h2", QStringLiteral("The campaign as a whole"));
    html.element(
        "p", QStringLiteral("What this proves: the files belong together. The summary repeats the reports "
                            "as they are, and no report is of another campaign."));
    writeChecks(html, checks, QStringLiteral("Checks across the phases"));
    html.close();
}

void writeFileRows(HtmlWriter &html, const RunPageContent &content) {
    for (const EvidenceFile &file : content.run.files) {
        const auto masked = std::count_if(content.run.masked.begin(), content.run.masked.end(),
                                          [&](const Masked &m) { return m.file == file.name; });
        html.open("tr");
        html.open("td");
        const QByteArray address = nameBytes(file.name).value_or(QByteArray()).toPercentEncoding("/");
        html.element("a", file.name, {{"href", QStringLiteral("./") + QString::fromLatin1(address)}});
        if (masked > 0)
            html.text(QStringLiteral(" (masked in %1 places)").arg(masked));
        html.close();
        html.element("td", numberText(file.bytes.size()), {{"class", QStringLiteral("number")}});
        html.open("td");
        html.element("code", sha256Of(file.bytes));
        html.close();
        html.close();
    }
}

void writeArtefacts(HtmlWriter &html, const RunPageContent &content) {
    html.open("section", {{"id", QStringLiteral("artefacts")}});
    html.element("h2", QStringLiteral("All artefacts"));
    html.open("p");
    html.text(QStringLiteral("Every file of this folder with its SHA-256. The hash of this page is in "));
    html.element("a", kManifest, {{"href", QStringLiteral("./") + kManifest}});
    html.text(QStringLiteral(", which is signed where %1 lies beside it. ").arg(kManifestSignature));
    html.element("code", QStringLiteral("slipwayctl verify ./%1").arg(content.run.id));
    html.text(QStringLiteral(" compares all of it and judges the evidence anew."));
    html.close();
    html.open("div", {{"class", QStringLiteral("wide")},
                      {"tabindex", QStringLiteral("0")},
                      {"role", QStringLiteral("region")},
                      {"aria-label", QStringLiteral("Files of this run")}});
    html.open("table");
    html.element("caption", QStringLiteral("Files of this run"));
    html.open("thead");
    html.open("tr");
    html.element("th", QStringLiteral("File"), {{"scope", QStringLiteral("col")}});
    html.element("th", QStringLiteral("Bytes"),
                 {{"scope", QStringLiteral("col")}, {"class", QStringLiteral("number")}});
    html.element("th", QStringLiteral("SHA-256"), {{"scope", QStringLiteral("col")}});
    html.close();
    html.close();
    html.open("tbody");
    writeFileRows(html, content);
    html.close();
    html.close();
    html.close();
    for (const EvidenceFile &file : content.run.absent)
        html.element("p", QStringLiteral("%1 is not here: %2").arg(file.name, file.problem));
    if (!content.run.masked.isEmpty())
        html.element("p",
                     QStringLiteral("Secrets were overwritten with asterisks before publishing, a byte for a "
                                    "byte; the manifest lists where and of what kind. Hashes are of the "
                                    "published bytes."));
    html.close();
}

} // namespace

PublishedPlan asPublished(const RecordedPlan &plan) {
    return {plan.protocol, plan.parameters, plan.peers, plan.phases};
}

QByteArray runPage(const RunPageContent &content) {
    HtmlWriter html;
    writeHeader(html, content);
    html.open("main");
    writeNarrative(html, content.record.insight);
    for (int phase = 1; phase <= 4; ++phase)
        writePhase(html, content, phase);
    writeWhole(html, content);
    writeArtefacts(html, content);
    html.close();
    html.open("footer");
    html.element("p",
                 QStringLiteral("Written by Slipway %1 from the files of this folder. This page needs no "
                                "script and no network.")
                     .arg(QStringLiteral(SLIPWAY_VERSION)));
    html.close();
    return html.page(QStringLiteral("%1: %2").arg(
        content.run.id, verdictWithClaim(content.run.judgement.verdict, content.run.judgement.claim)));
}

} // namespace slipway
