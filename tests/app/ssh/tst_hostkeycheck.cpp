// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostkeycheck.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

namespace {

QString newKey(const QTemporaryDir &dir, const QString &name) {
    const QString path = dir.filePath(name);
    QProcess::execute(QStringLiteral("ssh-keygen"),
                      {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                       QStringLiteral("-N"), QString(), QStringLiteral("-f"), path});
    QFile file(path + QStringLiteral(".pub"));
    return file.open(QIODevice::ReadOnly)
               ? QString::fromLatin1(file.readAll()).section(QLatin1Char(' '), 0, 1)
               : QString();
}

// ssh is not asked in these tests: what it would have to decide is not here.
HostKeyDecision decisionOn(const Host &host, const QString &line, const HostKeyPins &pins,
                           const HostTrust &trust) {
    const auto check = HostKeyCheck::prepare(host, trust, pins);
    if (!check)
        return {HostKeyState::Revoked, check.error().text};
    return check->decide({QString(), QString(), line}, {}, [](const SshQuestion &) { return SshVerdict{}; });
}

HostTrust trustIn(const QString &name, const QStringList &files) {
    HostTrust trust;
    trust.name = name;
    trust.files = files;
    return trust;
}

} // namespace

class HostKeyCheckTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        m_key = newKey(m_dir, QStringLiteral("a"));
        m_other = newKey(m_dir, QStringLiteral("b"));
        QVERIFY(!m_key.isEmpty() && !m_other.isEmpty());
    }

    void knownHosts_data() {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<int>("port");
        QTest::addColumn<HostKeyState>("state");
        const QByteArray key = m_key.toLatin1();
        const QByteArray other = m_other.toLatin1();
        QTest::newRow("nothing") << QByteArray() << 22 << HostKeyState::Unknown;
        QTest::newRow("listed") << "192.0.2.1 " + key + '\n' << 22 << HostKeyState::Trusted;
        QTest::newRow("with tabs") << "192.0.2.1\t" + QByteArray(key).replace(' ', '\t') + '\n'
                                   << 22 << HostKeyState::Trusted;
        QTest::newRow("with port") << "[192.0.2.1]:2222 " + key + '\n' << 2222 << HostKeyState::Trusted;
        QTest::newRow("other port") << "[192.0.2.1]:2222 " + key + '\n' << 22 << HostKeyState::Unknown;
        QTest::newRow("another host's") << "192.0.2.9 " + key + '\n' << 22 << HostKeyState::Unknown;
        QTest::newRow("changed") << "192.0.2.1 " + other + '\n' << 22 << HostKeyState::Changed;
        QTest::newRow("both") << "192.0.2.1 " + other + "\n192.0.2.1 " + key + '\n'
                              << 22 << HostKeyState::Trusted;
        QTest::newRow("revoked") << "192.0.2.1 " + key + "\n@revoked 192.0.2.1 " + key + '\n'
                                 << 22 << HostKeyState::Revoked;
    }

    void knownHosts() {
        QFETCH(QByteArray, lines);
        QFETCH(int, port);
        QFETCH(HostKeyState, state);
        const QString file = m_dir.filePath(QStringLiteral("known_hosts"));
        write(file, lines);
        QCOMPARE(check(host(port), file).state, state);
        QProcess::execute(QStringLiteral("ssh-keygen"),
                          {QStringLiteral("-q"), QStringLiteral("-H"), QStringLiteral("-f"), file});
        if (!lines.contains('\t') && !lines.contains('@'))
            QCOMPARE(check(host(port), file).state, state); // hashed names
    }

    void ownPinsWinOverKnownHosts() {
        const HostKeyPins pins(m_dir.filePath(QStringLiteral("pins")));
        QVERIFY(pins.pin(host(22), {QString(), QString(), m_key}).ok());
        const QString file = m_dir.filePath(QStringLiteral("known_hosts"));
        write(file, "192.0.2.1 " + m_other.toLatin1() + '\n');
        const HostTrust trust = trustIn(QStringLiteral("192.0.2.1"), {file});
        QCOMPARE(decisionOn(host(22), m_key, pins, trust).state, HostKeyState::Trusted);
        QCOMPARE(decisionOn(host(22), m_other, pins, trust).state, HostKeyState::Changed);
        write(file, "@revoked * " + m_key.toLatin1() + '\n');
        QCOMPARE(decisionOn(host(22), m_key, pins, trust).state, HostKeyState::Revoked);
        QCOMPARE(QFile(pins.file()).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
    }

    // An address is used again by another machine, and a machine gets another address.
    void pinsOfAnIdentityFollowIt() {
        const HostKeyPins pins(m_dir.filePath(QStringLiteral("pins-of-ids")));
        const auto stateOf = [&](const Host &host, const QString &key) {
            return decisionOn(host, key, pins, {}).state;
        };
        Host first = host(22);
        first.id = QStringLiteral("droplet-1");
        QVERIFY(pins.pin(first, {QString(), QString(), m_key}).ok());
        first.address = QStringLiteral("192.0.2.99");
        QCOMPARE(stateOf(first, m_key), HostKeyState::Trusted);
        QCOMPARE(stateOf(first, m_other), HostKeyState::Changed);
        Host second = host(22);
        second.id = QStringLiteral("droplet-2");
        QCOMPARE(stateOf(second, m_key), HostKeyState::Unknown);
        QCOMPARE(stateOf(second, m_other), HostKeyState::Unknown);
        QVERIFY(pins.pin(second, {QString(), QString(), m_other}).ok());
        QCOMPARE(*pins.forget(first), 1);
        QCOMPARE(*pins.forget(first), 0);
        QCOMPARE(stateOf(first, m_other), HostKeyState::Unknown);
        QCOMPARE(stateOf(second, m_other), HostKeyState::Trusted);
    }

    void everyFileCounts() {
        const QString one = m_dir.filePath(QStringLiteral("one"));
        const QString two = m_dir.filePath(QStringLiteral("two"));
        write(one, "192.0.2.1 " + m_other.toLatin1() + '\n');
        write(two, "192.0.2.1 " + m_key.toLatin1() + '\n');
        const auto state = [&] {
            return decisionOn(
                       host(22), m_key, HostKeyPins(QString()),
                       trustIn(QStringLiteral("192.0.2.1"), {one, m_dir.filePath(QStringLiteral("no")), two}))
                .state;
        };
        QCOMPARE(state(), HostKeyState::Trusted);
        write(two, "@revoked 192.0.2.1 " + m_key.toLatin1() + '\n');
        QCOMPARE(state(), HostKeyState::Revoked);
        write(two, "");
        QCOMPARE(state(), HostKeyState::Changed);
    }

    void fleetKeysDecideAlone() {
        Host pinned = host(22);
        pinned.hostKeys = {m_other + QStringLiteral(" comment")};
        QCOMPARE(check(pinned, QString()).state, HostKeyState::Changed);
        pinned.hostKeys = {m_key + QStringLiteral(" comment")};
        QCOMPARE(check(pinned, QString()).state, HostKeyState::Trusted);
    }

    // A revocation has no way around it, also not by a key that the fleet names.
    void revokedKeysOfTheFleetAreRefused() {
        const QString file = m_dir.filePath(QStringLiteral("revokes"));
        Host pinned = host(22);
        pinned.hostKeys = {m_key};
        write(file, "192.0.2.1 " + m_key.toLatin1() + '\n');
        QCOMPARE(check(pinned, file).state, HostKeyState::Trusted);
        write(file, "@revoked 192.0.2.1 " + m_key.toLatin1() + '\n');
        QCOMPARE(check(pinned, file).state, HostKeyState::Revoked);
    }

private:
    static void write(const QString &path, const QByteArray &bytes) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    static Host host(int port) {
        Host host;
        host.name = QStringLiteral("h");
        host.address = QStringLiteral("192.0.2.1");
        host.port = static_cast<quint16>(port);
        return host;
    }
    [[nodiscard]] HostKeyDecision check(const Host &host, const QString &knownHosts) const {
        const QString name =
            host.port == 22 ? host.address : QStringLiteral("[%1]:%2").arg(host.address).arg(host.port);
        return decisionOn(host, m_key, HostKeyPins(QString()), trustIn(name, {knownHosts}));
    }

    QTemporaryDir m_dir;
    QString m_key;
    QString m_other;
};

QTEST_GUILESS_MAIN(HostKeyCheckTest)
#include "tst_hostkeycheck.moc"
