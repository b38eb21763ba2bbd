// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/insight/insight.h"

class QTextDocument;

namespace slipway {

/// Fills a document with an insight as its page will read: the page's headings and order, every text of it
/// plain.
void fillPreview(QTextDocument &document, const Insight &insight);

} // namespace slipway
