// SPDX-License-Identifier: GPL-3.0-or-later
// What ssh, ssh-keygen and ssh-agent answer, and what a person's files say: the first byte chooses the
// reader.
#include "app/ssh/knownhosts.h"
#include "app/ssh/sshblob.h"
#include "app/ssh/sshconfig.h"
#include "app/ssh/sshverdict.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace slipway;

namespace {

void expect(bool holds) {
    if (!holds)
        std::abort();
}

bool isPlain(const QString &text) {
    return std::none_of(text.begin(), text.end(),
                        [](QChar c) { return c < QLatin1Char(' ') || c.unicode() == 0x7f; });
}

void knownHosts(const QByteArray &text) {
    const KnownKeys found = readFoundKeys(text, QStringLiteral("known_hosts"));
    for (const QList<KnownKey> *keys : {&found.keys, &found.revoked, &found.authorities}) {
        for (const KnownKey &key : *keys)
            expect(QString::fromLatin1(typeOfBlob(key.blob)) == key.type);
    }
}

void revokedKeys(const QByteArray &text) {
    const auto keys = readRevokedKeys(text, QStringLiteral("revoked"));
    if (!keys)
        return;
    for (const KnownKey &key : *keys)
        expect(keyBytes(key.type + QLatin1Char(' ') + QString::fromLatin1(key.blob.toBase64())) == key.blob);
}

void verdict(const QByteArray &log) {
    expect(readVerdict(log, false).state != SshVerdict::State::Trusted);
    const SshVerdict trusts = readVerdict(log, true);
    expect(trusts.state != SshVerdict::State::Trusted ||
           trusts.fingerprint.startsWith(QLatin1String("SHA256:")));
    expect(isPlain(readVerdict(log, false).words));
}

void agentAnswers(const QByteArray &payload) {
    if (const auto keys = agent::readKeys(payload)) {
        for (const AgentKey &key : *keys) {
            expect(isPlain(key.comment));
            const auto again = agent::readKeys(agent::keysAnswer(key));
            expect(again && again->size() == 1 && again->constFirst().blob == key.blob);
        }
    }
    if (const auto request = agent::readSignRequest(payload))
        expect(agent::signRequest(*request) == payload);
}

void certificates(const QByteArray &blob) {
    expect(!timesOfCertificate(blob) || isCertificate(blob));
    const qsizetype half = blob.size() / 2;
    expect(!isCertificateOf(blob.left(half), blob.mid(half)) || isCertificate(blob.left(half)));
}

void options(const QByteArray &answer) {
    Host host;
    host.name = QStringLiteral("h");
    host.address = QStringLiteral("gate");
    const auto target = readTarget(host, answer);
    if (!target)
        return;
    expect(target->host.port != 0 && !target->host.user.isEmpty() && target->jumps.size() <= 8);
    for (const QString &jump : target->jumps)
        expect(!jump.isEmpty() && !jump.startsWith(QLatin1Char('-')) && !jump.contains(QLatin1Char(' ')));
    expect(!target->trust.name.isEmpty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size == 0)
        return 0;
    const QByteArray text(reinterpret_cast<const char *>(data + 1), static_cast<qsizetype>(size - 1));
    constexpr void (*kReaders[])(const QByteArray &) = {knownHosts,   revokedKeys,  verdict,
                                                        agentAnswers, certificates, options};
    kReaders[*data % std::size(kReaders)](text);
    return 0;
}
