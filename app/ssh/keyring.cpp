// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/keyring.h"

#include "app/ssh/loginquestion.h"

#include <QFile>
#include <QScopeGuard>

#include <algorithm>
#include <chrono>
#include <cstring>

namespace slipway {

namespace {

constexpr int kTries = 3;
constexpr auto kLook = std::chrono::milliseconds(100);

/// What libssh asks for while it reads a key.
struct Passphrase {
    QByteArray text;
    bool requested = false;
};

int hand(const char *, char *buffer, size_t size, int, int, void *data) {
    auto *passphrase = static_cast<Passphrase *>(data);
    passphrase->requested = true;
    const auto length = static_cast<size_t>(passphrase->text.size());
    if (length == 0 || length >= size)
        return -1;
    std::memcpy(buffer, passphrase->text.constData(), length);
    buffer[length] = '\0';
    return 0;
}

KeyHandle import(const QString &file, Passphrase &passphrase) {
    ssh_key key = nullptr;
    if (ssh_pki_import_privkey_file(QFile::encodeName(file).constData(), nullptr, &hand, &passphrase, &key) !=
        SSH_OK)
        return {};
    return KeyHandle(key);
}

} // namespace

KeyRing::Loaded KeyRing::load(const QString &file, const Ask &ask, const std::function<bool()> &givenUp) {
    const auto unlocked = [&]() -> KeyHandle {
        const std::scoped_lock lock(m_mutex);
        const auto it = m_unlocked.find(file);
        return it == m_unlocked.end() ? KeyHandle() : KeyHandle(ssh_key_dup(it->second.get()));
    };
    if (KeyHandle key = unlocked())
        return {State::Loaded, std::move(key)};
    Passphrase none;
    if (KeyHandle key = import(file, none))
        return {State::Loaded, std::move(key)};
    if (!none.requested)
        return {State::NotReadable, {}};

    if (!takeTurn(givenUp))
        return {State::StillLocked, {}};
    const auto end = qScopeGuard([this] { endTurn(); });
    if (KeyHandle key = unlocked())
        return {State::Loaded, std::move(key)};
    for (int tries = 0; tries < kTries && !givenUp(); ++tries) {
        std::optional<QByteArray> answer = ask(file, tries > 0);
        if (!answer)
            break;
        Passphrase passphrase{*std::move(answer), false};
        KeyHandle key = import(file, passphrase);
        overwrite(passphrase.text);
        if (!key)
            continue;
        const std::scoped_lock lock(m_mutex);
        KeyHandle &kept = m_unlocked[file];
        kept = std::move(key);
        return {State::Loaded, KeyHandle(ssh_key_dup(kept.get()))};
    }
    return {State::StillLocked, {}};
}

bool KeyRing::takeTurn(const std::function<bool()> &givenUp) {
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            if (m_answered.wait_for(lock, kLook, [this] { return !m_isAsking; })) {
                m_isAsking = true;
                return true;
            }
        }
        if (givenUp())
            return false;
    }
}

void KeyRing::endTurn() {
    {
        const std::scoped_lock lock(m_mutex);
        m_isAsking = false;
    }
    m_answered.notify_one();
}

} // namespace slipway
