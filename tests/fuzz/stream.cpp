// SPDX-License-Identifier: GPL-3.0-or-later
// A stream of observations as a host or a folder has it, plain or compressed: the first byte chooses.
#include "models/cycles/cyclebuilder.h"
#include "models/evidence/streamfacts.h"
#include "models/observation/zstream.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace slipway;

namespace {

void expect(bool holds) {
    if (!holds)
        std::abort();
}

RecordedPlan planWith(const PlannedRun &run) {
    RecordedPlan plan;
    plan.campaign = QStringLiteral("r");
    plan.run = QStringLiteral("k");
    plan.key = QStringLiteral("0");
    plan.programs = {{run.program, QStringLiteral("a")}};
    plan.runs = {run};
    return plan;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size == 0)
        return 0;
    static const PlannedRun run{
        4,   QStringLiteral("chaos"), QStringLiteral("chaos"), QStringLiteral("p.sh"), QStringLiteral("t"),
        true};
    const bool isPacked = data[0] % 2 == 1;
    const EvidenceFile file{
        run.streamFile() + (isPacked ? kCompressedSuffix : QString()),
        QByteArray(reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size - 1))};
    qint64 next = 0;
    const auto read = forEachLine(file, [&](QByteArrayView line, qint64 offset) {
        expect(offset == next && !line.contains('\n') && line.size() <= kLineLimit);
        next = offset + line.size() + 1;
        return true;
    });
    expect(read || !read.error().text.isEmpty());
    const StreamFacts facts = streamFacts(planWith(run), run, {file});
    expect(facts.present && (read || !facts.problem.isEmpty()));
    qint64 from = 0;
    for (const Cycle &cycle : cyclesFromStream(file)) {
        expect(cycle.source.offset >= from && cycle.source.length > 0);
        from = cycle.source.offset;
    }
    return 0;
}
