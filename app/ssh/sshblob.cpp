// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshblob.h"

#include "models/core/plaintext.h"

namespace slipway {

namespace {

constexpr quint32 kMaxKeys = 2048; // as ssh
constexpr qsizetype kMaxComment = 200;
const QByteArray kCertificate("-cert-v01@openssh.com");

/// Reads on from where it stands; once something is missing, nothing more is read.
class Reader {
public:
    explicit Reader(const QByteArray &bytes) : m_bytes(bytes) {}

    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] bool atEnd() const { return m_at == m_bytes.size(); }
    [[nodiscard]] QByteArray rest() const { return m_ok ? m_bytes.mid(m_at) : QByteArray(); }

    quint64 number(int size) {
        const QByteArray bytes = take(size);
        quint64 value = 0;
        for (const char byte : bytes)
            value = value << 8 | static_cast<quint8>(byte);
        return value;
    }
    QByteArray string() {
        const quint64 size = number(4);
        return size > static_cast<quint64>(m_bytes.size()) ? fail() : take(static_cast<qsizetype>(size));
    }

private:
    QByteArray fail() {
        m_ok = false;
        return {};
    }
    QByteArray take(qsizetype size) {
        if (!m_ok || m_bytes.size() - m_at < size)
            return fail();
        const QByteArray bytes = m_bytes.mid(m_at, size);
        m_at += size;
        return bytes;
    }

    QByteArray m_bytes;
    qsizetype m_at = 0;
    bool m_ok = true;
};

QByteArray number(quint32 value) {
    QByteArray bytes(4, '\0');
    for (int i = 0; i < 4; ++i)
        bytes[i] = static_cast<char>(value >> (24 - 8 * i) & 0xff);
    return bytes;
}

QByteArray string(const QByteArray &bytes) {
    return number(static_cast<quint32>(bytes.size())) + bytes;
}

// How many strings of a certificate are its public key.
int keyFields(const QByteArray &type) {
    if (type.startsWith("ssh-ed25519"))
        return 1;
    if (type.startsWith("ssh-rsa") || type.startsWith("ecdsa-sha2-") || type.startsWith("sk-ssh-ed25519"))
        return 2;
    return type.startsWith("sk-ecdsa-sha2-") ? 3 : 0;
}

} // namespace

Result<QList<AgentKey>> agent::readKeys(const QByteArray &payload) {
    const Error bad{ErrorCode::InvalidInput, QStringLiteral("ssh-agent's list of keys cannot be read")};
    if (payload.isEmpty() || payload.at(0) != kListAnswer)
        return bad;
    Reader reader(payload.mid(1));
    const quint64 count = reader.number(4);
    if (!reader.ok() || count > kMaxKeys)
        return bad;
    QList<AgentKey> keys;
    for (quint64 i = 0; i < count && reader.ok(); ++i) {
        const QByteArray blob = reader.string();
        const QString comment = plainText(QString::fromUtf8(reader.string().left(kMaxComment)));
        keys << AgentKey{blob, comment};
    }
    if (!reader.ok() || !reader.atEnd())
        return bad;
    return keys;
}

QByteArray agent::keysAnswer(const AgentKey &key) {
    return QByteArray(1, kListAnswer) + number(1) + string(key.blob) + string(key.comment.toUtf8());
}

std::optional<SignRequest> agent::readSignRequest(const QByteArray &payload) {
    if (payload.isEmpty() || payload.at(0) != kSignRequest)
        return std::nullopt;
    Reader reader(payload.mid(1));
    SignRequest request;
    request.blob = reader.string();
    request.data = reader.string();
    request.flags = static_cast<quint32>(reader.number(4));
    return reader.ok() && reader.atEnd() ? std::optional(request) : std::nullopt;
}

QByteArray agent::signRequest(const SignRequest &request) {
    return QByteArray(1, kSignRequest) + string(request.blob) + string(request.data) + number(request.flags);
}

QByteArray typeOfBlob(const QByteArray &blob) {
    Reader reader(blob);
    const QByteArray type = reader.string();
    return reader.ok() ? type : QByteArray();
}

bool isCertificate(const QByteArray &blob) {
    return typeOfBlob(blob).endsWith(kCertificate);
}

bool isCertificateOf(const QByteArray &certificate, const QByteArray &key) {
    QByteArray plain = typeOfBlob(key);
    if (plain.endsWith("@openssh.com"))
        plain.chop(12);
    Reader ofCertificate(certificate);
    if (ofCertificate.string() != plain + kCertificate)
        return false;
    ofCertificate.string(); // the nonce
    Reader ofKey(key);
    ofKey.string();
    const QByteArray fields = ofKey.rest();
    return ofCertificate.ok() && !fields.isEmpty() && ofCertificate.rest().startsWith(fields);
}

std::optional<CertificateTimes> timesOfCertificate(const QByteArray &certificate) {
    if (!isCertificate(certificate))
        return std::nullopt;
    Reader reader(certificate);
    const int fields = keyFields(reader.string());
    if (fields == 0)
        return std::nullopt;
    reader.string(); // the nonce
    for (int i = 0; i < fields; ++i)
        reader.string();
    reader.number(8); // serial
    reader.number(4); // of a user or of a host
    reader.string();  // key id
    reader.string();  // principals
    CertificateTimes times;
    times.after = reader.number(8);
    times.before = reader.number(8);
    return reader.ok() ? std::optional(times) : std::nullopt;
}

} // namespace slipway
