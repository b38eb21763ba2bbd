// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testpaths.h"

namespace testPaths {
QString programs() {
    return QStringLiteral(SLIPWAY_BIN_DIR);
}

QString program(const char *name) {
    return programs() + QLatin1Char('/') + QLatin1String(name);
}

QString source(const char *path) {
    return QStringLiteral(SLIPWAY_SOURCE_DIR "/") + QLatin1String(path);
}
} // namespace testPaths
