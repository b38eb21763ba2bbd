// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshhandles.h"

#include <QByteArray>
#include <QString>

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

namespace slipway {

/// Private keys that a person unlocked, kept until the process ends, so that a reconnect at night asks
/// nobody. Of many connections that want one key, one asks. Any thread. A passphrase is overwritten once it
/// was used.
class KeyRing {
public:
    /// Blocks until the person answered; nothing when they did not. `again`: the last answer was wrong.
    using Ask = std::function<std::optional<QByteArray>(const QString &file, bool again)>;

    enum class State { Loaded, NotReadable, StillLocked };
    struct Loaded {
        State state = State::NotReadable;
        KeyHandle key;
    };
    /// `given up` ends the wait for another connection that asks.
    [[nodiscard]] Loaded load(const QString &file, const Ask &ask, const std::function<bool()> &givenUp);

private:
    bool takeTurn(const std::function<bool()> &givenUp); ///< false when given up
    void endTurn();

    std::mutex m_mutex; ///< guards the rest
    std::condition_variable m_answered;
    bool m_isAsking = false;
    std::map<QString, KeyHandle> m_unlocked;
};

} // namespace slipway
