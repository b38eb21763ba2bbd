// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/runpage.h"

#include "app/pages/write/htmlwriter.h"
#include "models/evidence/filename.h"
#include "models/evidence/verdictclaim.h"

#include <algorithm>
#include <array>

namespace slipway {

PublishedPlan asPublished(const RecordedPlan &plan) {
    return {plan.protocol, plan.parameters, plan.peers, plan.phases};
}

QString anchorOf(const QString &text) {
    QByteArray anchor = text.toUtf8().toPercentEncoding(QByteArray(), "~", '~');
    return QString::fromLatin1(anchor);
}

QString addressOf(const RunPageContent &content, const QString &file) {
    if (!findFile(content.run.files, file))
        return {};
    return QStringLiteral("./") +
           QString::fromLatin1(nameBytes(file).value_or(QByteArray()).toPercentEncoding("/"));
}

const PhaseJudgement *phaseJudgementOf(const RunPageContent &content, int phase) {
    const auto &phases = content.run.judgement.phases;
    const auto it = std::find_if(phases.begin(), phases.end(),
                                 [phase](const PhaseJudgement &p) { return p.phase == phase; });
    return it == phases.end() ? nullptr : &*it;
}

QString phaseName(int phase) {
    static const std::array names{QStringLiteral("Functional"), QStringLiteral("Federation"),
                                  QStringLiteral("Migration"), QStringLiteral("Chaos")};
    return names.at(static_cast<size_t>(phase - 1));
}

QList<CycleFile> cycleFilesOf(const QList<EvidenceFile> &evidence) {
    QList<CycleFile> files;
    for (const EvidenceFile &file : evidence) {
        if (!faultOfCycleFile(file.name).isEmpty())
            files.append(readCycleFile(file));
    }
    return files;
}

QByteArray runPage(const RunPageContent &content) {
    const Judgement &judgement = content.run.judgement;
    HtmlWriter html;
    writeHeader(html, content);
    html.open("div", {{"class", QStringLiteral("first")}});
    writeCause(html, content);
    writeFacts(html, content);
    html.close();
    if (content.record.insight)
        writeNarrative(html, *content.record.insight);
    for (int phase = 1; phase <= 4; ++phase)
        writePhase(html, content, phase);
    writeAcross(html, content);
    writeArtefacts(html, content);
    html.close(); // main, which the header opens
    html.open("footer");
    html.element("p", QStringLiteral(
                          "Written by Slipway %1 from the files of this folder, page layout %2, "
                          "rules version %3. All of it can be read without its script and without a network.")
                          .arg(content.manifest.toolVersion)
                          .arg(kPageLayout)
                          .arg(judgement.rulesVersion));
    html.close();
    return html.page({QStringLiteral("%1: %2").arg(verdictName(judgement.verdict), content.run.id),
                      withClaim(judgement.reason, judgement.verdict, judgement.claim), QStringLiteral("../"),
                      QStringLiteral("selfcheck.js"), true});
}

} // namespace slipway
