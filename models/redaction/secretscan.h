// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/foundsecret.h"
#include "models/redaction/textview.h"

#include <QSet>

namespace slipway {

struct ScanOptions {
    bool privateAddresses = false;
    QSet<QByteArray> kept; ///< values that are evidence: a name alone makes no secret of them
};

struct ScanResult {
    FoundSecrets found; ///< places are those of the source; sorted, they do not overlap
    qsizetype open =
        0; ///< from here to the end something may go on that was not seen whole; size() when nothing
};

/// All secrets of a text: as it stands, without its escapes, within base64, within letters that stand apart.
/// A pure function; time and memory are linear in the text, whatever is in it.
[[nodiscard]] ScanResult scanForSecrets(const TextView &text, const ScanOptions &options);

} // namespace slipway
