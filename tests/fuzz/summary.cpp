// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/publishedsummary.h"
#include "tests/fuzz/judged.h"

#include <cstddef>
#include <cstdint>

using namespace slipway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const QList<EvidenceFile> files{{QStringLiteral("campaign-summary.json"), bytes},
                                    {QStringLiteral("phase2.json"), "{\"phase\":2,\"pass\":true}"}};
    fuzz::expectSound(files, Expectation::published());
    const PublishedSummary summary = readPublishedSummary(files);
    if (summary.ref.size() > 200 || summary.ref.contains(QLatin1Char('\n')))
        std::abort();
    return 0;
}
