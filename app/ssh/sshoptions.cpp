// SPDX-License-Identifier: GPL-3.0-or-later
// What `ssh -G` printed, option by option.
#include "app/ssh/filelist.h"
#include "app/ssh/sshconfig.h"
#include "app/ssh/sshpaths.h"
#include "models/core/plaintext.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

#include <sys/socket.h>

namespace slipway {

namespace {

constexpr qsizetype kMaxJumps = 8;

// Values as they stand. ssh leaves an option out that is set to "none" where that means unset (ProxyJump,
// ProxyCommand, RevokedHostKeys, KnownHostsCommand, RemoteCommand, PKCS11Provider), so that a "none" that it
// prints is a name, but for the lists of files, IdentityAgent and SessionType, whose readers know it.
class Options {
public:
    static Result<Options> read(const QByteArray &answer) {
        Options options;
        for (const QByteArray &line : answer.split('\n')) {
            const qsizetype blank = line.indexOf(' ');
            if (blank <= 0)
                continue;
            const QString name = QString::fromLatin1(line.left(blank));
            const auto value = exactText(line.mid(blank + 1));
            if (!value)
                return Error{ErrorCode::Unsupported,
                             QStringLiteral("sets %1 to \"%2\", which is not UTF-8, and Slipway would make "
                                            "another name of it. Write it in UTF-8 for this host.")
                                 .arg(name, plainText(QString::fromLatin1(line.mid(blank + 1))))};
            options.m_values[name] << *value;
        }
        return options;
    }
    [[nodiscard]] QString one(const char *option) const {
        return m_values.value(QLatin1String(option)).value(0);
    }
    [[nodiscard]] QStringList all(const char *option) const { return m_values.value(QLatin1String(option)); }
    // "yes" and "true" are one to ssh, which prints either.
    [[nodiscard]] bool isOn(const char *option) const {
        const QString value = one(option);
        return !value.isEmpty() && value != QLatin1String("no") && value != QLatin1String("false");
    }

private:
    Options() = default;

    QHash<QString, QStringList> m_values;
};

// What ssh would do differently, by the option's name and with a way out. Empty when there is nothing.
QString notFollowed(const Options &options) {
    if (!options.isOn("pubkeyauthentication"))
        return QStringLiteral(
            "switches PubkeyAuthentication off, and Slipway logs in with keys only. Allow it for "
            "this host.");
    const QString preferred = options.one("preferredauthentications");
    if (!preferred.isEmpty() && !preferred.split(QLatin1Char(',')).contains(QLatin1String("publickey")))
        return QStringLiteral(
                   "sets PreferredAuthentications to \"%1\", and Slipway logs in with keys only. Add "
                   "publickey for this host.")
            .arg(preferred);
    if (!options.one("remotecommand").isEmpty())
        return QStringLiteral(
            "sets RemoteCommand, with which ssh runs no other command. Set it to none for this "
            "host.");
    const QString session = options.one("sessiontype");
    if (!session.isEmpty() && session != QLatin1String("default"))
        return QStringLiteral(
                   "sets SessionType to \"%1\", with which ssh runs no command. Set it to default for "
                   "this host.")
            .arg(session);
    if (options.isOn("proxyusefdpass") && !options.one("proxycommand").isEmpty())
        return QStringLiteral(
            "sets ProxyUseFdpass, which Slipway does not follow. Use a ProxyCommand without it, or "
            "a ProxyJump.");
    return {};
}

// ProxyCommand and ProxyJump know these four. Values go to a shell and to ssh's command line, so they are
// plain.
Result<QString> withProxyTokens(const QString &text, const SshTarget &target, const QString &original) {
    static const QRegularExpression plain(
        QRegularExpression::anchoredPattern(QStringLiteral("[A-Za-z0-9_:][A-Za-z0-9_.:%@-]*")));
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) != QLatin1Char('%')) {
            result += text.at(i);
            continue;
        }
        const QChar token = ++i < text.size() ? text.at(i) : QChar();
        QString value;
        if (token == QLatin1Char('h'))
            value = target.host.address;
        else if (token == QLatin1Char('n'))
            value = original;
        else if (token == QLatin1Char('p'))
            value = QString::number(target.host.port);
        else if (token == QLatin1Char('r'))
            value = target.host.user;
        else if (token != QLatin1Char('%'))
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("uses %%1 in \"%2\", which ssh does not know there.").arg(token).arg(text)};
        if (token != QLatin1Char('%') && !plain.match(value).hasMatch())
            return Error{ErrorCode::Unsupported,
                         QStringLiteral("would put \"%1\" into the command line \"%2\", which a shell reads.")
                             .arg(value, text)};
        result += token == QLatin1Char('%') ? QStringLiteral("%") : value;
    }
    return result;
}

// Each becomes an argument of ssh. "ssh://" may stand before it.
Result<QStringList> jumpsFrom(const QString &value) {
    static const QRegularExpression jump(QRegularExpression::anchoredPattern(QStringLiteral(
        "([A-Za-z0-9_][A-Za-z0-9._@-]*@)?([A-Za-z0-9_][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?")));
    QStringList jumps;
    for (QString one : value.split(QLatin1Char(','))) {
        if (one.startsWith(QLatin1String("ssh://")))
            one = one.mid(6);
        jumps << one;
    }
    if (jumps.size() > kMaxJumps || !std::all_of(jumps.begin(), jumps.end(), [](const QString &one) {
            return jump.match(one).hasMatch();
        }))
        return Error{
            ErrorCode::Unsupported,
            QStringLiteral("names the ProxyJump \"%1\". Slipway takes up to %2 hosts as [user@]host[:port].")
                .arg(value)
                .arg(kMaxJumps)};
    return jumps;
}

Result<void> readWay(SshTarget &target, const Options &options, const QString &original) {
    const QString family = options.one("addressfamily");
    target.source = {family == QLatin1String("inet")    ? AF_INET
                     : family == QLatin1String("inet6") ? AF_INET6
                                                        : AF_UNSPEC,
                     options.one("bindaddress"), options.one("bindinterface")};
    target.connectSeconds = options.one("connecttimeout").toInt();
    if (const QString jumps = options.one("proxyjump"); !jumps.isEmpty()) {
        const auto expanded = withProxyTokens(jumps, target, original);
        if (!expanded)
            return expanded.error();
        const auto list = jumpsFrom(*expanded);
        if (!list)
            return list.error();
        target.jumps = *list;
    } else if (const QString command = options.one("proxycommand"); !command.isEmpty()) {
        const auto expanded = withProxyTokens(command, target, original);
        if (!expanded)
            return expanded.error();
        target.proxyCommand = *expanded;
    }
    return {};
}

Result<void> readTrust(SshTarget &target, const Options &options) {
    HostTrust &trust = target.trust;
    const QString address = target.host.address.toLower();
    const QString alias = options.one("hostkeyalias");
    if (!alias.isEmpty()) {
        trust.name = alias;
    } else if (target.host.port == 22) {
        trust.name = address;
    } else {
        trust.name = QStringLiteral("[%1]:%2").arg(address).arg(target.host.port);
        trust.withoutPort = address;
    }
    for (const char *option : {"UserKnownHostsFile", "GlobalKnownHostsFile"}) {
        const auto files =
            splitFiles(QLatin1String(option), options.one(QByteArray(option).toLower().constData()));
        if (!files)
            return files.error();
        trust.files += *files;
    }
    trust.revokedKeys = options.one("revokedhostkeys");
    const QString strict = options.one("stricthostkeychecking");
    trust.strict = strict == QLatin1String("yes") || strict == QLatin1String("true");
    trust.knownHostsCommand = options.one("knownhostscommand");
    if (!trust.knownHostsCommand.isEmpty())
        trust.askSsh = QStringLiteral("KnownHostsCommand");
    else if (options.isOn("checkhostip"))
        trust.askSsh = QStringLiteral("CheckHostIP");
    return {};
}

void readIdentities(SshTarget &target, const Options &options) {
    target.identityFiles = options.all("identityfile");
    target.identityFiles.removeIf(
        [](const QString &file) { return file.compare(QLatin1String("none"), Qt::CaseInsensitive) == 0; });
    target.certificateFiles = options.all("certificatefile");
    target.identitiesOnly = options.isOn("identitiesonly");
    target.agent = options.one("identityagent");
    if (!options.one("pkcs11provider").isEmpty())
        target.notUsed =
            QStringLiteral("PKCS11Provider is not used: add its keys to ssh-agent with \"ssh-add -s\"");
    target.algorithms = {options.one("hostkeyalgorithms"),
                         options.one("ciphers"),
                         options.one("kexalgorithms"),
                         options.one("macs"),
                         options.one("pubkeyacceptedalgorithms"),
                         options.one("requiredrsasize").toInt()};
    if (!target.host.identityFile.isEmpty()) {
        target.identityFiles = {target.host.identityFile};
        target.identitiesOnly = true;
    }
}

} // namespace

Result<SshTarget> readTarget(const Host &host, const QByteArray &answer) {
    const auto notTaken = [&](ErrorCode code, const QString &what) {
        return Error{code, QStringLiteral("%1: ssh_config for %2 %3").arg(host.name, host.address, what)};
    };
    const auto read = Options::read(answer);
    if (!read)
        return notTaken(read.error().code, read.error().text);
    const Options &options = *read;
    SshTarget target;
    target.host = host;
    if (const QString address = options.one("hostname"); !address.isEmpty())
        target.host.address = address;
    target.host.port = options.one("port").toUShort();
    target.host.user = options.one("user");
    if (target.host.port == 0)
        return notTaken(ErrorCode::InvalidInput, QStringLiteral("gives no Port"));
    if (target.host.user.isEmpty())
        return notTaken(ErrorCode::InvalidInput, QStringLiteral("gives no User"));
    if (const QString option = notFollowed(options); !option.isEmpty())
        return notTaken(ErrorCode::Unsupported, option);
    if (const auto way = readWay(target, options, host.address); !way)
        return notTaken(way.error().code, way.error().text);
    if (const auto trust = readTrust(target, options); !trust)
        return notTaken(trust.error().code, trust.error().text);
    readIdentities(target, options);
    return target;
}

} // namespace slipway
