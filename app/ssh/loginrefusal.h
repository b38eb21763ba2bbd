// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshconfig.h"

namespace slipway {

/// A key or certificate and what became of it.
struct OfferedKey {
    enum class Outcome { Refused, Accepted, Missing, NotReadable, Locked, AgentFailed };
    QString name;
    Outcome outcome = Outcome::Refused;
    QString why;      ///< of the agent
    QByteArray shown; ///< the public key or certificate; may be empty
    bool isNamed = false;
};

/// How a login went that ended badly.
struct LoginStory {
    const SshTarget &target;
    QStringList required; ///< the methods that the server still wants, by its own names
    QList<OfferedKey> offered;
    QString agent;    ///< why there was no agent
    QString banner;   ///< what the server shows before a login, plain
    QString farewell; ///< what was said as the connection ended, plain
};

/// Says it to a person: what the server said and wants, which keys it did not take, what to do. `isAlive`:
/// the server is still there.
[[nodiscard]] Error refusalOf(const LoginStory &story, bool isAlive);

} // namespace slipway
