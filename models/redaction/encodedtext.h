// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/foundsecret.h"
#include "models/redaction/textview.h"

#include <functional>

namespace slipway {

/// Masks secrets of a decoded text in place and says where they were.
using MaskText = std::function<FoundSecrets(QByteArray &text)>;

/// Secrets within base64 (also of URLs) and hexadecimal digits, also wrapped into lines that stand in a log,
/// a block of YAML or a list: each run whose bytes are text is decoded, masked and encoded again. Only the
/// groups of letters that hold something masked change. `open`: where a run begins that may go on behind the
/// view.
void findEncoded(const TextView &view, const MaskText &maskText, FoundSecrets &found, qsizetype &open);

/// Runs of letters with a blank or a NUL between each two, as if none was there: UTF-16 in the midst of a
/// text.
[[nodiscard]] std::vector<TextView> spacedOutTexts(const TextView &view);

/// No control characters, NUL or broken UTF-8 in a number worth mentioning.
[[nodiscard]] bool isText(QByteArrayView bytes);

} // namespace slipway
