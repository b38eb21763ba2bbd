// SPDX-License-Identifier: GPL-3.0-or-later
// The first byte chooses the report, the rest is its text.
#include "tests/fuzz/judged.h"

#include <array>
#include <cstddef>
#include <cstdint>

using namespace slipway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    static const std::array names{QStringLiteral("phase1-node-a.json"), QStringLiteral("phase2.json"),
                                  QStringLiteral("phase3.json"), QStringLiteral("phase4.json")};
    if (size == 0)
        return 0;
    const QByteArray bytes(reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size - 1));
    fuzz::expectSound({{names.at(data[0] % names.size()), bytes}}, Expectation::published());
    return 0;
}
