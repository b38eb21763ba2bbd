// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <functional>

namespace slipway::test {

/// A file with one secret in it, made up from a seed: a kind of secret, in a context, in an encoding.
struct SecretSample {
    QByteArray name; ///< "token of DigitalOcean, in JSON, UTF-16LE"
    QByteArray bytes;
    QByteArray canary; ///< the secret, or what of it is secret
    bool isJson = false;
    std::function<QByteArray(const QByteArray &)> read; ///< from the file's bytes to plain text
};

/// What stands before and behind the secret in each sample and must stay.
inline constexpr const char *kBefore = "first words stay";
inline constexpr const char *kAfter = "last words stay";

/// Every kind in every context and encoding that can hold it. The same seed gives the same samples.
[[nodiscard]] QList<SecretSample> secretSamples(quint32 seed);

/// Texts that hold no secret.
[[nodiscard]] QList<QByteArray> harmlessTexts();

} // namespace slipway::test
