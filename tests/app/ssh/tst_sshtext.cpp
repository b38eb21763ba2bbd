// SPDX-License-Identifier: GPL-3.0-or-later
// What is read of OpenSSH's answers, certificates and files.
#include "app/ssh/filelist.h"
#include "app/ssh/knownhosts.h"
#include "app/ssh/sshblob.h"
#include "app/ssh/sshpaths.h"
#include "app/ssh/sshtool.h"
#include "app/ssh/sshverdict.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace slipway;

namespace {

const QByteArray kKey("debug1: Server host key: ssh-ed25519 SHA256:abc\n");
const QByteArray kCertificate(
    "debug1: Server host certificate: ssh-ed25519-cert-v01@openssh.com SHA256:abc, serial 0 ID \"x");
const QByteArray kUnknown("No ED25519 host key is known for gate and you have requested strict checking.\n");
const QByteArray kChanged("Host key for gate has changed and you have requested strict checking.\n");
const QByteArray kFailed("Host key verification failed.\n");

void keygen(const QStringList &words) {
    QCOMPARE(QProcess::execute(QStringLiteral("ssh-keygen"), QStringList{QStringLiteral("-q")} + words), 0);
}

QByteArray blobIn(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QByteArray::fromBase64(file.readAll().split(' ').value(1))
                                          : QByteArray();
}

} // namespace

class SshTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void verdictsOfSsh_data() {
        QTest::addColumn<QByteArray>("log");
        QTest::addColumn<bool>("trusts");
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("says"); // the fingerprint, or the words
        const int trusted = static_cast<int>(SshVerdict::State::Trusted);
        const int unknown = static_cast<int>(SshVerdict::State::Unknown);
        const int refused = static_cast<int>(SshVerdict::State::Refused);
        QTest::newRow("a key") << kKey << true << trusted << QStringLiteral("SHA256:abc");
        QTest::newRow("a certificate") << kCertificate + "\"\n"
                                       << true << trusted << QStringLiteral("SHA256:abc");
        QTest::newRow("not known") << kKey + kUnknown + kFailed << false << unknown << QString();
        QTest::newRow("changed") << kKey + kChanged + kFailed << false << refused
                                 << QStringLiteral("has changed");
        QTest::newRow("nothing said") << QByteArray() << false << refused << QStringLiteral("did not say");
        QTest::newRow("trusted, but which key")
            << QByteArray("debug1: hello\n") << true << refused << QStringLiteral("does not say");
        // A certificate's text may hold line breaks. It can name no other key, and turn no refusal into a
        // question.
        QTest::newRow("a key in a certificate's name")
            << kCertificate + "\ndebug1: Server host key: ssh-ed25519 SHA256:evil\n\"\n"
            << true << trusted << QStringLiteral("SHA256:abc");
        QTest::newRow("a refusal in a certificate's name")
            << kCertificate + '\n' + kUnknown + kFailed + "\"\n" + kChanged + kFailed << false << refused
            << QStringLiteral("has changed");
        QTest::newRow("success in a certificate's name")
            << kCertificate + "\ndebug1: SSH2_MSG_NEWKEYS sent\n\"\n" + kChanged + kFailed << false << refused
            << QStringLiteral("has changed");
        QTest::newRow("escapes") << QByteArray("\x1b[2Jgone\n") << false << refused
                                 << QStringLiteral("[2Jgone");
    }

    void verdictsOfSsh() {
        QFETCH(const QByteArray, log);
        QFETCH(const bool, trusts);
        QFETCH(const int, state);
        QFETCH(const QString, says);
        const SshVerdict verdict = readVerdict(log, trusts);
        QCOMPARE(static_cast<int>(verdict.state), state);
        const QString said =
            verdict.state == SshVerdict::State::Trusted ? verdict.fingerprint : verdict.words;
        QVERIFY2(said.contains(says), qPrintable(said));
        QVERIFY(!said.contains(QLatin1Char('\x1b')));
    }

    void certificatesBelongToTheirKeys_data() {
        QTest::addColumn<QString>("type");
        for (const char *type : {"ed25519", "rsa", "ecdsa"})
            QTest::newRow(type) << QString::fromLatin1(type);
    }

    void certificatesBelongToTheirKeys() {
        QFETCH(const QString, type);
        const QTemporaryDir dir;
        for (const char *name : {"ca", "key", "other"})
            keygen({QStringLiteral("-t"), type, QStringLiteral("-N"), QString(), QStringLiteral("-f"),
                    dir.filePath(QLatin1String(name))});
        keygen({QStringLiteral("-s"), dir.filePath(QStringLiteral("ca")), QStringLiteral("-I"),
                QStringLiteral("id"), QStringLiteral("-n"), QStringLiteral("me"), QStringLiteral("-V"),
                QStringLiteral("20200101000000Z:20200102000000Z"), dir.filePath(QStringLiteral("key.pub"))});
        const QByteArray certificate = blobIn(dir.filePath(QStringLiteral("key-cert.pub")));
        const QByteArray key = blobIn(dir.filePath(QStringLiteral("key.pub")));
        QVERIFY(isCertificate(certificate) && !isCertificate(key));
        QVERIFY(isCertificateOf(certificate, key));
        QVERIFY(!isCertificateOf(certificate, blobIn(dir.filePath(QStringLiteral("other.pub")))));
        QVERIFY(!isCertificateOf(key, key));
        const auto times = timesOfCertificate(certificate);
        QVERIFY(times);
        QCOMPARE(times->after, quint64(1577836800));
        QCOMPARE(times->before, quint64(1577923200));
        // Cut anywhere before the end of its times, it has none.
        const auto before = qToBigEndian(times->before);
        const qsizetype end =
            certificate.indexOf(QByteArray(reinterpret_cast<const char *>(&before), sizeof before)) +
            static_cast<qsizetype>(sizeof before);
        QVERIFY(timesOfCertificate(certificate.left(end)));
        for (qsizetype size = 0; size < end; ++size)
            QVERIFY(!timesOfCertificate(certificate.left(size)));
    }

    void agentsAreReadWithinBounds() {
        const QByteArray huge = QByteArray(1, agent::kListAnswer) + QByteArray("\xff\xff\xff\xff", 4);
        QVERIFY(!agent::readKeys(huge));
        QVERIFY(!agent::readKeys({}));
        QVERIFY(!agent::readKeys(QByteArray(1, agent::kFailure)));
        const AgentKey key{"blob", QStringLiteral("mine")};
        const auto keys = agent::readKeys(agent::keysAnswer(key));
        QVERIFY(keys && keys->size() == 1);
        QCOMPARE(keys->constFirst().blob, key.blob);
        QCOMPARE(keys->constFirst().comment, key.comment);
        QVERIFY(!agent::readKeys(agent::keysAnswer(key) + 'x'));
        const SignRequest request{"blob", "data", 4};
        const auto again = agent::readSignRequest(agent::signRequest(request));
        QVERIFY(again && again->blob == request.blob && again->data == request.data && again->flags == 4);
    }

    // What cannot be read may be the key that was meant.
    void aListOfRevokedKeysIsReadWholeOrNotAtAll() {
        const QByteArray key(
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKpb9oz4EKXEmHT1PvvaA4MbuSIK51rxndQEthPa1PLY");
        const auto keys = readRevokedKeys("# lost\n\n  " + key + " root@gate\n", QStringLiteral("f"));
        QVERIFY(keys && keys->size() == 1);
        QCOMPARE(keys->constFirst().blob, keyBytes(QString::fromLatin1(key)));
        for (const QByteArray &bad :
             {QByteArray("ssh-ed25519"), QByteArray("ssh-rsa ") + key.mid(12), QByteArray("a b")}) {
            const auto refused = readRevokedKeys(key + '\n' + bad + '\n', QStringLiteral("f"));
            QVERIFY(!refused);
            QVERIFY2(refused.error().text.contains(QStringLiteral("f line 2")),
                     qPrintable(refused.error().text));
        }
    }

    void listsOfFilesKeepTheirBlanks() {
        const QString option = QStringLiteral("UserKnownHostsFile");
        const QTemporaryDir dir;
        QVERIFY(QDir(dir.path()).mkdir(QStringLiteral("a b")));
        const QString known = dir.filePath(QStringLiteral("a b/known  hosts"));
        QFile file(known);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(*splitFiles(option, known + QStringLiteral(" /etc/not-there ~root/x")),
                 (QStringList{known, QStringLiteral("/etc/not-there"), withHome(QStringLiteral("~root/x"))}));
        QCOMPARE(*splitFiles(option, QStringLiteral("/dev/null")), QStringList{});
        QCOMPARE(*splitFiles(option, QString()), QStringList{});
    }

    void aListThatCanBeReadInTwoWaysIsRefused_data() {
        QTest::addColumn<QString>("printed");
        QTest::newRow("a file or two") << QStringLiteral("{dir}/one {dir}/one two");
        QTest::newRow("not there") << QStringLiteral("{dir}/three four");
        QTest::newRow("a folder that ends in a blank") << QStringLiteral("{dir}/one {dir}/f /three");
        QTest::newRow("a name that ends in a blank") << QStringLiteral("{dir}/three  {dir}/one");
        QTest::newRow("a tilde") << QStringLiteral("{dir}/three ~root");
        QTest::newRow("too many") << QStringLiteral("{dir}/one ").repeated(65).trimmed();
    }

    void aListThatCanBeReadInTwoWaysIsRefused() {
        QFETCH(QString, printed);
        const QTemporaryDir dir;
        for (const char *name : {"one", "one two"}) {
            QFile file(dir.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        QVERIFY(QDir(dir.path()).mkdir(QStringLiteral("f ")));
        const auto files = splitFiles(QStringLiteral("UserKnownHostsFile"),
                                      printed.replace(QStringLiteral("{dir}"), dir.path()));
        QVERIFY(!files);
        QVERIFY2(files.error().text.contains(QStringLiteral("UserKnownHostsFile")),
                 qPrintable(files.error().text));
        QVERIFY2(files.error().text.contains(QStringLiteral("two ways")), qPrintable(files.error().text));
    }

    void aUsagePageIsNotAReason() {
        const QByteArray page("usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy]\n           destination [command]\n");
        QCOMPARE(lastWords("ssh: illegal option -- z\n" + page), QStringLiteral("ssh: illegal option -- z"));
        QVERIFY(!lastWords(page).contains(QStringLiteral("destination")));
        QVERIFY(!lastWords(page).isEmpty());
        QCOMPARE(lastWords("one\ntwo\n", 1), QStringLiteral("two"));
    }
};

QTEST_GUILESS_MAIN(SshTextTest)
#include "tst_sshtext.moc"
