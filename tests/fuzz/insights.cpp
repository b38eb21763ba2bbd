// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/insight/insight.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace slipway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const auto insights =
        readInsights(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)));
    if (!insights)
        return 0;
    for (auto it = insights->constBegin(); it != insights->constEnd(); ++it) {
        if (it.key().startsWith(QLatin1String("__")) || it->texts.contains(QString()))
            std::abort();
    }
    return 0;
}
