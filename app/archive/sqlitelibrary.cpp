// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/sqlitelibrary.h"

#include <sqlite3.h>

namespace slipway {

QString sqliteLibraryVersion() {
    return QString::fromLatin1(sqlite3_libversion());
}

} // namespace slipway
