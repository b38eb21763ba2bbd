// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/secretname.h"
#include "models/redaction/valuereader.h"

namespace slipway {

/// What stands between a name and its value.
enum class Separator { Equals, Colon, Blank, Flag, Markup };

/// Whether this value, behind this name, is a secret.
[[nodiscard]] bool isSecretValue(const TextView &view, const SecretName &name, const SecretValue &value,
                                 Separator separator);
/// Words that are a passphrase or the seed of a wallet, and no sentence.
[[nodiscard]] bool isPhrase(const TextView &view, qsizetype from, qsizetype to);
/// All asterisks: it was masked before.
[[nodiscard]] bool isMaskedText(const TextView &view, qsizetype from, qsizetype to);
/// Nothing but words, as of a heading or a list of names: "user name", "maxTokens".
[[nodiscard]] bool isWords(const TextView &view, qsizetype from, qsizetype to);
/// Letters and digits mixed as in no word of a language.
[[nodiscard]] bool looksRandom(const TextView &view, qsizetype from, qsizetype to);

} // namespace slipway
