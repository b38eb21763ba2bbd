// SPDX-License-Identifier: GPL-3.0-or-later
// slipway-browser-pages FOLDER: runs as an export writes them, a hostile one among them, for a browser to
// look at.
#include "app/core/builtinprotocols.h"
#include "app/exporter/indexpage.h"
#include "app/exporter/runexport.h"
#include "app/exporter/treewriter.h"
#include "models/campaign/versionorder.h"
#include "tests/app/exporter/exportsample.h"
#include "tests/models/evidence/goodevidence.h"

#include <algorithm>
#include <cstdio>

using namespace slipway;

namespace {

QList<CampaignRecord> records() {
    CampaignRecord own = test::ownRecord();
    own.insight = test::insight();
    CampaignRecord losing = test::ownRecord();
    losing.summary.id = QStringLiteral("own-r3");
    for (const int cycle : {3, 7, 12})
        test::changeCycle(losing.files, cycle, [&](QJsonObject &line) {
            line.insert(QStringLiteral("converged"), 20 + cycle % 5);
        });
    CampaignRecord nothing;
    nothing.summary.id = QStringLiteral("own-r4");
    nothing.summary.source = kImported;
    return {own, losing, nothing, test::importedRecord(), test::hostileRecord()};
}

} // namespace

int main(int argc, char *argv[]) {
    if (argc != 2) {
        std::fputs("slipway-browser-pages FOLDER\n", stderr);
        return 2;
    }
    auto writer = TreeWriter::open(QString::fromLocal8Bit(argv[1]));
    if (!writer) {
        std::fprintf(stderr, "%s\n", qPrintable(writer.error().text));
        return 1;
    }
    QList<RunEntry> entries;
    for (const CampaignRecord &record : records()) {
        const auto run = planRun(record, {}, builtInProtocols(), {});
        if (!run || !writer->replaceRun(run->id, run->files)) {
            std::fprintf(stderr, "%s was not written\n", qPrintable(record.summary.id));
            return 1;
        }
        entries.append(entryOf(run->id, run->files, run->judgement));
    }
    std::sort(entries.begin(), entries.end(),
              [](const RunEntry &a, const RunEntry &b) { return versionLess(b.id, a.id); });
    return writer->replaceFile(QStringLiteral("index.html"), indexPage(entries)) ? 0 : 1;
}
