// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/htmlwriter.h"
#include "app/pages/write/runpage.h"
#include "models/core/quantitytext.h"

#include <algorithm>

namespace slipway {

namespace {

void writeRow(HtmlWriter &html, const RunPageContent &content, const EvidenceFile &file) {
    const auto masked = std::count_if(content.run.masked.begin(), content.run.masked.end(),
                                      [&](const Masked &m) { return m.file == file.name; });
    const QString sha256 = sha256Of(file.bytes);
    html.open("tr", {{"id", QStringLiteral("file-") + anchorOf(file.name)},
                     {"data-file", file.name},
                     {"data-sha256", sha256}});
    html.open("td");
    html.element("a", file.name, {{"href", addressOf(content, file.name)}});
    if (masked > 0)
        html.text(QStringLiteral(" (masked in %1 places)").arg(masked));
    html.close();
    html.element("td", numberText(file.bytes.size()), {{"class", QStringLiteral("number")}});
    html.open("td");
    html.element("code", sha256);
    html.close();
    html.close();
}

void writeTable(HtmlWriter &html, const RunPageContent &content) {
    html.open("div", {{"class", QStringLiteral("wide")},
                      {"tabindex", QStringLiteral("0")},
                      {"role", QStringLiteral("region")},
                      {"aria-label", QStringLiteral("Files of this run")}});
    html.open("table", {{"class", QStringLiteral("files")}});
    html.open("thead");
    html.open("tr");
    html.element("th", QStringLiteral("File"), {{"scope", QStringLiteral("col")}});
    html.element("th", QStringLiteral("Bytes"),
                 {{"scope", QStringLiteral("col")}, {"class", QStringLiteral("number")}});
    html.element("th", QStringLiteral("SHA-256"), {{"scope", QStringLiteral("col")}});
    html.close();
    html.close();
    html.open("tbody");
    for (const EvidenceFile &file : content.run.files)
        writeRow(html, content, file);
    html.close();
    html.close();
    html.close();
}

} // namespace

void writeArtefacts(HtmlWriter &html, const RunPageContent &content) {
    qint64 bytes = 0;
    for (const EvidenceFile &file : content.run.files)
        bytes += file.bytes.size();
    html.open("section", {{"id", QStringLiteral("files")}, {"class", QStringLiteral("card")}});
    html.element("h2", QStringLiteral("All artefacts"));
    html.open("p", {{"class", QStringLiteral("muted")}});
    html.text(QStringLiteral("What this page was made from. "));
    html.element("code", QStringLiteral("slipwayctl verify ./%1").arg(content.run.id));
    html.text(QStringLiteral(" compares every file with "));
    html.element("a", kManifest, {{"href", QStringLiteral("./") + kManifest}});
    html.text(QStringLiteral(" and judges the evidence anew. The hash of this page is in it too, and it is "
                             "signed where %1 lies beside it.")
                  .arg(kManifestSignature));
    html.close();
    html.open("details");
    html.element("summary", QStringLiteral("%1, %2, each with its size and SHA-256")
                                .arg(content.run.files.size() == 1
                                         ? QStringLiteral("1 file")
                                         : QStringLiteral("%1 files").arg(content.run.files.size()),
                                     bytesText(bytes)));
    writeTable(html, content);
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

} // namespace slipway
