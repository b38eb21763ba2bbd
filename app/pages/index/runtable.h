// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/write/runentry.h"

#include <QList>

namespace slipway {

class HtmlWriter;

/// The runs of the list, as a page has them: the newest with a row each, in the order of `entries`, the
/// others with a line each, folded by year.
void writeRunTable(HtmlWriter &html, const QList<RunEntry> &entries);

} // namespace slipway
