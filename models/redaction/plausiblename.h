// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace slipway {

/// A word as names are made of: letters, at most three digits behind them, capitals as in "dbPassword" or
/// "TOKEN". "wjBTde6Lg", "P95W77Z" and "qkzxvbtr" are not.
[[nodiscard]] bool isPlausibleWord(std::string_view word);
/// Holds a word, and all its words, whatever stands between them, are plausible: "vault.db_password2".
[[nodiscard]] bool isPlausibleName(std::string_view text);

/// A function that reads a secret from elsewhere: getenv, os.environ.get, ENV.fetch, lookup, read_password.
/// Not one that is made from a text: Secret, String.from, hash.
[[nodiscard]] bool isReaderOfSecrets(std::string_view function);
/// Of the environment, so that its second argument may be what is taken when there is none.
[[nodiscard]] bool isReaderOfEnvironment(std::string_view function);

} // namespace slipway
