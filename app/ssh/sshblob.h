// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace slipway {

/// Bytes of SSH's wire format (RFC 4251 §5) that come from an agent or a certificate. Every length is checked
/// against what is there.

/// A key that ssh-agent holds; the blob may be of a certificate.
struct AgentKey {
    QByteArray blob;
    QString comment;
};

/// What libssh wants signed (draft-miller-ssh-agent, SSH_AGENTC_SIGN_REQUEST).
struct SignRequest {
    QByteArray blob;
    QByteArray data;
    quint32 flags = 0;
};

constexpr qsizetype kMaxAgentMessage = qsizetype{256} * 1024; // as ssh-agent itself

/// The payloads of messages, without their length.
namespace agent {
constexpr char kFailure = 5;
constexpr char kListRequest = 11;
constexpr char kListAnswer = 12;
constexpr char kSignRequest = 13;
constexpr char kSignAnswer = 14;

Result<QList<AgentKey>> readKeys(const QByteArray &payload);
[[nodiscard]] QByteArray keysAnswer(const AgentKey &key); ///< a list of one
[[nodiscard]] std::optional<SignRequest> readSignRequest(const QByteArray &payload);
[[nodiscard]] QByteArray signRequest(const SignRequest &request);
} // namespace agent

/// "ssh-ed25519", "ssh-ed25519-cert-v01@openssh.com"; empty when the bytes are not a key.
[[nodiscard]] QByteArray typeOfBlob(const QByteArray &blob);
[[nodiscard]] bool isCertificate(const QByteArray &blob);
/// Whether a certificate is for that plain key (PROTOCOL.certkeys: its fields follow the nonce).
[[nodiscard]] bool isCertificateOf(const QByteArray &certificate, const QByteArray &key);

/// From when until when a certificate holds, in seconds since 1970; the largest number means for ever.
struct CertificateTimes {
    quint64 after = 0;
    quint64 before = 0;
};
[[nodiscard]] std::optional<CertificateTimes> timesOfCertificate(const QByteArray &certificate);

} // namespace slipway
