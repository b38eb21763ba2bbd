// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshauth.h"

#include "app/ssh/agentfilter.h"
#include "app/ssh/identities.h"
#include "app/ssh/loginrefusal.h"
#include "models/core/plaintext.h"

#include <QDeadlineTimer>
#include <QFile>

#include <poll.h>

namespace slipway {

namespace {

constexpr qsizetype kErrorTextLimit = 300;
constexpr int kMaxRounds = 8; // a server may want several keys, one after the other
constexpr int kLookMs = 100;

class Login {
public:
    Login(ssh_session session, const SshTarget &target, const LoginMeans &means)
        : m_session(session), m_target(target), m_means(means), m_story{target, {}, {}, {}, {}, {}} {}

    Result<void> run() {
        // As ssh: "none" first, which shows what the server requires, and is enough for some.
        int state = settled([&] { return ssh_userauth_none(m_session, nullptr); });
        m_story.required = methods();
        readAgent();
        const QList<Identity> identities = identitiesOf(m_target, m_agentKeys);
        QList<bool> used(identities.size(), false);
        for (int round = 0; round < kMaxRounds && goesOn(state); ++round) {
            bool partial = false;
            for (qsizetype i = 0; i < identities.size() && !partial && goesOn(state); ++i) {
                if (used.at(i))
                    continue;
                state = offer(identities.at(i));
                partial = state == SSH_AUTH_PARTIAL;
                used[i] = partial;
            }
            if (!partial)
                break;
            m_story.required = methods();
        }
        if (state == SSH_AUTH_SUCCESS)
            return {};
        char *banner = ssh_get_issue_banner(m_session);
        m_story.banner = plainText(QString::fromUtf8(banner)).simplified().left(kErrorTextLimit);
        ssh_string_free_char(banner);
        if (!isAlive())
            m_story.farewell = sessionError(m_session);
        return refusalOf(m_story, isAlive());
    }

private:
    [[nodiscard]] bool isAlive() const {
        return ssh_is_connected(m_session) != 0 &&
               (ssh_get_status(m_session) & (SSH_CLOSED | SSH_CLOSED_ERROR)) == 0;
    }
    [[nodiscard]] bool goesOn(int state) const {
        return state != SSH_AUTH_SUCCESS && isAlive() && !m_means.givenUp();
    }
    [[nodiscard]] QStringList methods() const {
        const int list = ssh_userauth_list(m_session, nullptr);
        QStringList names;
        for (const auto &[bit, name] : {std::pair{SSH_AUTH_METHOD_PUBLICKEY, "publickey"},
                                        std::pair{SSH_AUTH_METHOD_PASSWORD, "password"},
                                        std::pair{SSH_AUTH_METHOD_INTERACTIVE, "keyboard-interactive"},
                                        std::pair{SSH_AUTH_METHOD_HOSTBASED, "hostbased"},
                                        std::pair{SSH_AUTH_METHOD_GSSAPI_MIC, "gssapi-with-mic"}}) {
            if ((static_cast<unsigned int>(list) & bit) != 0)
                names << QLatin1String(name);
        }
        return names;
    }

    // libssh waits for an answer also when the server has gone; so it is asked again and again, and never
    // waits.
    template <typename Call>
    int settled(const Call &call) {
        const QDeadlineTimer deadline(m_means.timeoutMs);
        for (;;) {
            const int state = call();
            if (state != SSH_AUTH_AGAIN)
                return state;
            if (!isAlive() || m_means.givenUp())
                return SSH_AUTH_ERROR;
            if (deadline.hasExpired()) {
                m_story.farewell = QStringLiteral("no answer in %1 s").arg(m_means.timeoutMs / 1000);
                ssh_silent_disconnect(m_session);
                return SSH_AUTH_ERROR;
            }
            pollfd ready{ssh_get_fd(m_session), POLLIN, 0};
            poll(&ready, 1, kLookMs);
        }
    }

    void readAgent() {
        if (m_target.agent.isEmpty())
            return;
        auto client = AgentClient::connect(m_target.agent);
        auto keys = client ? client->keys({m_means.timeoutMs, m_means.givenUp}) : client.error();
        if (!keys) {
            m_story.agent = keys.error().text;
            return;
        }
        m_agentKeys = *keys;
        m_filter =
            std::make_unique<AgentFilter>(m_target.agent, AgentTimeout{m_means.timeoutMs, m_means.givenUp});
        FileDescriptor socket = m_filter->takeSocket();
        if (ssh_set_agent_socket(m_session, socket.get()) == SSH_OK)
            (void)socket.release(); // the session's now
    }

    int offer(const Identity &identity) {
        using Outcome = OfferedKey::Outcome;
        const auto remember = [&](Outcome outcome, const QString &why = {}) {
            const OfferedKey offered{identity.name, outcome, why, identity.shown, identity.isNamed};
            for (OfferedKey &before : m_story.offered) { // in a later round
                if (before.name == offered.name && before.shown == offered.shown) {
                    before = offered;
                    return;
                }
            }
            m_story.offered << offered;
        };
        int state = SSH_AUTH_DENIED;
        if (!identity.agentKey.isEmpty()) {
            m_filter->show({identity.shown, identity.name}, identity.agentKey);
            state = settled([&] { return ssh_userauth_agent(m_session, nullptr); });
            const QString why = m_filter->complaint();
            if (why.isEmpty() || identity.keyFile.isEmpty()) {
                remember(state == SSH_AUTH_PARTIAL ? Outcome::Accepted
                         : why.isEmpty()           ? Outcome::Refused
                                                   : Outcome::AgentFailed,
                         why);
                return state;
            }
            // The agent would not sign: the file may.
        }
        if (!identity.shown.isEmpty()) {
            const KeyHandle shown = keyFrom(identity.shown);
            state = shown
                        ? settled([&] { return ssh_userauth_try_publickey(m_session, nullptr, shown.get()); })
                        : SSH_AUTH_DENIED;
            if (state != SSH_AUTH_SUCCESS) {
                remember(Outcome::Refused);
                return state;
            }
        }
        return useFile(identity, remember);
    }

    template <typename Remember>
    int useFile(const Identity &identity, const Remember &remember) {
        using Outcome = OfferedKey::Outcome;
        if (!QFile::exists(identity.keyFile)) {
            remember(Outcome::Missing);
            return SSH_AUTH_DENIED;
        }
        const KeyRing::Loaded loaded =
            m_means.keys.load(identity.keyFile, m_means.passphrase, m_means.givenUp);
        if (loaded.state != KeyRing::State::Loaded) {
            remember(loaded.state == KeyRing::State::StillLocked ? Outcome::Locked : Outcome::NotReadable);
            return SSH_AUTH_DENIED;
        }
        if (!identity.certificate.isEmpty()) {
            const KeyHandle certificate = keyFrom(identity.shown);
            if (!certificate || ssh_pki_copy_cert_to_privkey(certificate.get(), loaded.key.get()) != SSH_OK) {
                remember(Outcome::NotReadable);
                return SSH_AUTH_DENIED;
            }
        }
        const int state =
            settled([&] { return ssh_userauth_publickey(m_session, nullptr, loaded.key.get()); });
        remember(state == SSH_AUTH_PARTIAL ? Outcome::Accepted : Outcome::Refused);
        return state;
    }

    static KeyHandle keyFrom(const QByteArray &blob) {
        const QByteArray base64 = blob.toBase64();
        const QByteArray name = typeOfBlob(blob);
        const ssh_keytypes_e type = ssh_key_type_from_name(name.constData());
        ssh_key key = nullptr;
        const int read = isCertificate(blob) ? ssh_pki_import_cert_base64(base64.constData(), type, &key)
                                             : ssh_pki_import_pubkey_base64(base64.constData(), type, &key);
        return KeyHandle(read == SSH_OK ? key : nullptr);
    }

    ssh_session m_session;
    const SshTarget &m_target;
    const LoginMeans &m_means;
    LoginStory m_story;
    QList<AgentKey> m_agentKeys;
    std::unique_ptr<AgentFilter> m_filter;
};

} // namespace

QString placeOf(const Host &host) {
    return QStringLiteral("%1 (%2:%3)").arg(host.name, host.address).arg(host.port);
}

QString sessionError(ssh_session session) {
    return plainText(QString::fromUtf8(ssh_get_error(session))).simplified().left(kErrorTextLimit);
}

Result<void> authenticate(ssh_session session, const SshTarget &target, const LoginMeans &means) {
    ssh_set_blocking(session, 0);
    return Login(session, target, means).run();
}

} // namespace slipway
