// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/foundsecret.h"
#include "models/redaction/textview.h"

namespace slipway {

/// Secrets that a table or an object holds apart from their names: below a heading (psql, MySQL, Markdown,
/// CSV with commas, semicolons or tabs), in the next cell, and {"value":"x","name":"DB_PASSWORD"}. Below
/// a heading 8 KiB are looked at.
void findTableSecrets(const TextView &view, FoundSecrets &found);

} // namespace slipway
