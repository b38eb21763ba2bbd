// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/hostkey.h"
#include "models/core/result.h"
#include "models/fleet/host.h"

namespace slipway {

/// Keys that a person accepted, one file (0600): "IDENTITY type base64" a line, with the host's own identity
/// ("id=…") where it has one, since addresses are used again, and name@address:port where not. Any thread;
/// each call reads or replaces the whole file.
class HostKeyPins {
public:
    explicit HostKeyPins(QString file) : m_file(std::move(file)) {}

    [[nodiscard]] QStringList keysOf(const Host &host) const; ///< "type base64"
    Result<void> pin(const Host &host, const HostKey &key) const;
    /// Answers with how many pins there were of the host.
    Result<int> forget(const Host &host) const;
    [[nodiscard]] const QString &file() const { return m_file; }

private:
    [[nodiscard]] Result<void> replace(const Host &host, const QByteArray &content) const;

    QString m_file;
};

/// "type base64", whatever comment follows.
[[nodiscard]] QString keyPart(const QString &line);

} // namespace slipway
