// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/write/runpage.h"

namespace slipway {

/// The bytes that a number was read from, among the lines around them, with the number marked in the colour
/// of `style` (a class of page.css) and a way to the file. Says so where the file is empty or not there.
void writeExcerptBox(HtmlWriter &html, const RunPageContent &content, const SourceRange &source,
                     const QString &style);

} // namespace slipway
