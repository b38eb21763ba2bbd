// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cycleline.h"
#include "tests/fuzz/judged.h"

#include <cstddef>
#include <cstdint>

using namespace slipway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const EvidenceFile file{QStringLiteral("cycles-kill_primary_mid_write.jsonl"),
                            QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size))};
    for (const Cycle &cycle : readCycleFile(file).cycles) {
        // What was read can be written, and reads as the same.
        const QByteArray line = cycleToLine(cycle);
        const auto again = parseCycleLine(line, {});
        if (!again || cycleToLine(*again) != line)
            std::abort();
    }
    fuzz::expectSound({file}, Expectation::published());
    return 0;
}
