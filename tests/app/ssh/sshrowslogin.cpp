// SPDX-License-Identifier: GPL-3.0-or-later
// How a host is reached and who is let in.
#include "tests/app/ssh/sshrows.h"

namespace slipway::test {

namespace {

const QByteArray kKnown("* {ed}\n");
const char *const kSooner = "refused by the option's name before anything is connected to";

SshRow row(const char *name, const QByteArray &config, SshEnd end = SshEnd::Connects,
           const QByteArray &server = {}, const QByteArray &setUp = {}) {
    return {.name = name,
            .config = config,
            .known = kKnown,
            .ssh = end,
            .server = server,
            .setUp = setUp,
            .ours = end};
}

// A key file whose name ssh has to expand.
SshRow token(const char *name, const QByteArray &written, const QByteArray &expanded) {
    return row(name, "IdentityFile {dir}/t-" + written + "\n", SshEnd::Connects, {}, "cp key t-" + expanded);
}

SshRow refusedSooner(const char *name, const QByteArray &config, SshEnd ssh) {
    SshRow refused = row(name, config, ssh);
    refused.ours = SshEnd::Config;
    refused.onPurpose = kSooner;
    return refused;
}

QList<SshRow> tokenRows() {
    using enum SshEnd;
    return {
        token("%u", "%u", "$(id -un)"),
        token("%i", "%i", "$(id -u)"),
        token("%n", "%n", "gate"),
        token("%h", "%h", "127.0.0.1"),
        token("%p", "%p", "{port}"),
        token("%r", "%r", "{user}"),
        token("%k", "%k", "gate"),
        token("%l", "%l", "$(hostname)"),
        token("%L", "%L", "$(hostname | cut -d. -f1)"),
        token("%%", "100%%", "100%"),
        token("%C", "%C", "$(printf %s \"$(hostname)127.0.0.1{port}{user}\" | sha1sum | cut -d' ' -f1)"),
        token("several", "%n-%p/%r", "x; mkdir -p t-gate-{port}; cp key t-gate-{port}/{user}"),
        row("%k with an alias", "HostKeyAlias other-name\nIdentityFile {dir}/t-%k\n", Connects, {},
            "cp key t-other-name"),
        row("%d", "IdentityFile %d/../{dir}/key\n"),
        row("a variable", "IdentityFile ${SLIPWAY_TEST_DIR}/key\n"),
        row("a variable that is not set", "IdentityFile ${SLIPWAY_NOT_SET}/key\n", Config),
        row("a token that is none", "IdentityFile {dir}/%z\n", Config),
        row("a key file with blanks", "IdentityFile \"{dir}/my  key\"\n", Connects, {}, "cp key 'my  key'"),
        row("a certificate with tokens", "IdentityFile {dir}/signed\nCertificateFile {dir}/%n-cert.pub\n",
            Connects, "TrustedUserCAKeys {dir}/ca.pub\n", "mv signed-cert.pub gate-cert.pub"),
    };
}

QList<SshRow> identityRows() {
    using enum SshEnd;
    const QByteArray agent("IdentityAgent {agents}/agent\n");
    const QByteArray many("IdentityAgent {agents}/many\n");
    const QByteArray authority("TrustedUserCAKeys {dir}/ca.pub\n");
    const QByteArray certified("AuthorizedKeysFile none\n"); // no key by itself
    return {
        row("a key that is taken", ""),
        row("a key that is not taken", "IdentityFile {dir}/stranger\n", Login),
        row("the second key", "IdentityFile {dir}/stranger\nIdentityFile {dir}/key\n"),
        row("a key that is not there", "IdentityFile {dir}/not-there\n", Login),
        row("a locked key, nobody to ask", "IdentityFile {dir}/locked\n", Login),
        row("a locked key that the agent has", agent + "IdentityFile {dir}/locked\n"),
        row("the same with IdentitiesOnly", agent + "IdentitiesOnly yes\nIdentityFile {dir}/locked\n"),
        row("a .pub that the agent has", agent + "IdentitiesOnly yes\nIdentityFile {dir}/agents.pub\n"),
        row("a name whose .pub alone is there", agent + "IdentitiesOnly yes\nIdentityFile {dir}/agents\n"),
        row("a .pub that the agent does not have", agent + "IdentitiesOnly yes\nIdentityFile {dir}/key.pub\n",
            Login),
        row("IdentitiesOnly without the agent's key",
            agent + "IdentitiesOnly yes\nIdentityFile {dir}/stranger\n", Login),
        row("an agent, no key named", agent + "IdentityFile none\n"),
        row("no agent, no key named", "IdentityFile none\n", Login),
        row("IdentityFile NONE", "IdentityFile NONE\n", Login, {}, "cp key NONE"),
        row("CertificateFile none is a file: none is guessed",
            "IdentityFile {dir}/signed\nCertificateFile none\n", Login, authority),
        row("an agent by a variable", "IdentityAgent $SLIPWAY_TEST_AGENT\nIdentityFile none\n"),
        row("an agent by a variable in a path", "IdentityAgent ${SLIPWAY_TEST_AGENT}\nIdentityFile none\n"),
        row("an agent by a variable that is not set", "IdentityAgent $SLIPWAY_NOT_SET\nIdentityFile none\n",
            Login),
        row("an agent that is not there", "IdentityAgent {dir}/not-there\n"),
        row("many keys in the agent, the named one first", many + "IdentityFile {dir}/agents.pub\n"),
        row("many keys in the agent, one file", many + "IdentitiesOnly yes\nIdentityFile {dir}/key\n"),
        row("many keys in the agent, none named", many + "IdentityFile none\n", Login),
        row("a certificate next to its key", "IdentityFile {dir}/signed\n", Connects, authority),
        row("CertificateFile", "IdentityFile {dir}/signed\nCertificateFile {dir}/moved.pub\n", Connects,
            authority, "mv signed-cert.pub moved.pub"),
        row("CertificateFile, its key in the agent",
            agent + "IdentityFile none\nCertificateFile {dir}/agents-cert.pub\n", Connects,
            authority + certified),
        row("CertificateFile, its key in the agent, named",
            agent +
                "IdentitiesOnly yes\nIdentityFile {dir}/agents.pub\nCertificateFile {dir}/agents-cert.pub\n",
            Connects, authority + certified),
        row("CertificateFile, its key in the agent, not named",
            agent + "IdentitiesOnly yes\nIdentityFile none\nCertificateFile {dir}/agents-cert.pub\n", Login,
            authority + certified),
        row("with a CertificateFile none is guessed",
            "IdentityFile {dir}/signed\nCertificateFile {dir}/late-cert.pub\n", Login, authority),
        row("a certificate that has expired", "IdentityFile {dir}/late\n", Login, authority),
        row("a certificate for another user", "IdentityFile {dir}/foreign\n", Login, authority),
        row("PubkeyAcceptedAlgorithms without the key's", "PubkeyAcceptedAlgorithms rsa-sha2-512\n", Login),
    };
}

QList<SshRow> serverRows() {
    using enum SshEnd;
    return {
        row("key and password", "", Login,
            "PasswordAuthentication yes\nAuthenticationMethods publickey,password\n"),
        row("two keys", "IdentityFile {dir}/key\nIdentityFile {dir}/second\n", Connects,
            "AuthenticationMethods publickey,publickey\n"),
        row("two keys required, one given", "", Login, "AuthenticationMethods publickey,publickey\n"),
        row("passwords only", "", Login, "PasswordAuthentication yes\nPubkeyAuthentication no\n"),
        row("a user who is not allowed", "", Login, "AllowUsers nobody-here\n"),
        row("a key for another address", "", Login, {},
            "(printf 'from=\"192.0.2.1\" '; cat key.pub) > authorized_keys"),
        row("one try only, the key second", "IdentityFile {dir}/stranger\nIdentityFile {dir}/key\n", Login,
            "MaxAuthTries 1\n"),
        row("a cipher that the server does not have", "Ciphers aes128-ctr\n", Handshake,
            "Ciphers aes256-gcm@openssh.com\n"),
    };
}

QList<SshRow> wayRows() {
    using enum SshEnd;
    return {
        row("AddressFamily inet", "AddressFamily inet\n"),
        row("AddressFamily that the address is not of", "AddressFamily inet6\n", Unreachable),
        row("BindAddress", "BindAddress 127.0.0.5\n", Connects, {},
            "(printf 'from=\"127.0.0.5\" '; cat key.pub) > authorized_keys"),
        row("BindAddress of another machine", "BindAddress 192.0.2.1\n", Unreachable),
        row("BindAddress none", "BindAddress none\n", Unreachable),
        row("BindInterface none", "BindInterface none\n", Unreachable),
        {.name = "a machine named none",
         .config = "HostName none\n",
         .known = kKnown,
         .ssh = Unreachable,
         .ours = Unreachable,
         .says = "none"},
        row("a user named none", "User none\n", Login),
        row("BindInterface", "BindInterface lo\n"),
        row("BindInterface that is not there", "BindInterface nope0\n", Unreachable),
        row("ProxyCommand", "ProxyCommand {dir}/proxy %h %p\n"),
        row("ProxyCommand in shell", "ProxyCommand {dir}/proxy $(echo %h) \"%p\" 2>/dev/null\n"),
        row("ProxyCommand that fails", "ProxyCommand echo no way to %h >&2\n", Unreachable),
        {.name = "ProxyCommand that ends at once",
         .config = "ProxyCommand false\n",
         .known = kKnown,
         .ssh = Unreachable,
         .ours = Unreachable,
         .says = "ended with exit code",
         .saysNot = "MaxStartups"},
        row("ProxyCommand none", "ProxyCommand none\n"),
        row("ProxyJump to nowhere", "ProxyJump 127.0.0.1:1\n", Unreachable),
        row("ProxyJump", "ProxyJump {user}@127.0.0.2:{port}\n"),
        row("ProxyJump to an IPv6 address", "ProxyJump {user}@[::1]:{port}\n"),
        row("ProxyJump to an IPv6 address without a user", "ProxyJump [::1]:{port}\n"),
        row("ProxyJump over two, the last by IPv6", "ProxyJump 127.0.0.2:{port},{user}@[::1]:{port}\n"),
        row("ProxyJump NONE", "ProxyJump NONE\nProxyJump 127.0.0.1:1\n"),
        row("HostName with a token", "Hostname 127.0.0.%%h\n", Unreachable),
        row("Match exec", "Match exec true\n  IdentityFile {dir}/key\nHost *\n  IdentityFile none\n"),
        row("Match that does not apply",
            "Match exec false\n  IdentityFile {dir}/key\nHost *\n  IdentityFile none\n", Login),
        row("Include", "Include {dir}/more\n", Connects, {}, "echo 'IdentityFile {dir}/key' > more"),
        row("CanonicalizeHostname", "CanonicalizeHostname yes\n"),
        row("an option that ssh does not know", "NoSuchOption yes\n", Config),
        row("another port", "Port 1\n", Unreachable),
        row("RemoteCommand", "RemoteCommand true\n", Config),
        row("SessionType subsystem", "SessionType subsystem\n", Config),
        refusedSooner("PubkeyAuthentication no", "PubkeyAuthentication no\n", Login),
        refusedSooner("PreferredAuthentications none", "PreferredAuthentications none\n", Login),
        refusedSooner("PreferredAuthentications without keys", "PreferredAuthentications password\n", Login),
    };
}

} // namespace

QList<SshRow> loginRows() {
    return tokenRows() + identityRows() + serverRows() + wayRows();
}

} // namespace slipway::test
