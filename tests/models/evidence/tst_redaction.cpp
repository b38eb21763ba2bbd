// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/redaction.h"

#include <QJsonDocument>
#include <QTest>

using namespace slipway;

// Secrets are put together here, so that none stands in the source.
class RedactionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void secretsAreMasked_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("secret");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char *name, const QByteArray &before, const QByteArray &secret,
                            const char *kind) {
            QTest::newRow(name) << before << secret << QString::fromLatin1(kind);
        };
        const QByteArray letters = QByteArray("0123456789abcdef").repeated(4);
        for (const char *prefix : {"dop_v1_", "doo_v1_", "dor_v1_"})
            row(prefix, "token " + QByteArray(prefix) + letters + ".", prefix + letters,
                "DigitalOcean token");
        for (const char *prefix : {"ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat_"})
            row(prefix, "\"" + QByteArray(prefix) + letters + "\"", prefix + letters, "GitHub token");
        row("token as the user of a URL", "https://ghp_" + letters + "@github.com/x", "ghp_" + letters,
            "GitHub token");
        row("glpat", "glpat-" + letters, "glpat-" + letters, "GitLab token");
        row("aws", "id AKIA" + QByteArray(16, 'Q') + " x", "AKIA" + QByteArray(16, 'Q'), "AWS key");
        row("aws secret", "AWS_SECRET_ACCESS_KEY=abc/def+ghi rest", "abc/def+ghi", "assigned secret");
        row("bearer", "Authorization: Bearer abcdef1234567890\r\n", "abcdef1234567890", "bearer token");
        row("basic",
            "authorization: basic dXNlcjpwYXNzd29yZA==", "dXNlcjpwYXNzd29yZA==", "basic credentials");
        row("jwt", "x eyJ" + letters + "." + letters + "." + letters,
            "eyJ" + letters + "." + letters + "." + letters, "JSON web token");
        row("url", "postgres://ai_memory:ai_memory_test@127.0.0.1:5433/x", "ai_memory_test",
            "password in a URL");
        row("url in json", "{\"to\":\"postgres:\\/\\/u:p\\\"w\\u0041d@h\\/x\"}", "p\\\"w\\u0041d",
            "password in a URL");
        row("url without a user", "redis://:pw@h", "pw", "password in a URL");
        row("two urls", "a://b http://u:first@h", "first", "password in a URL");
        row("env", "PGPASSWORD=hunter2 psql", "hunter2", "assigned secret");
        row("json key", "{\"db_password\": \"hunter two\", \"x\": 1}", "hunter two", "assigned secret");
        row("json key in json", "{\"out\":\"{\\\"api_key\\\":\\\"k3y\\\",\\\"a\\\":1}\"}", "k3y",
            "assigned secret");
        const QByteArray begin = "-----BEGIN OPENSSH PRIVATE "
                                 "KEY-----";
        const QByteArray end = "-----END OPENSSH PRIVATE "
                               "KEY-----";
        row("key", begin + "\nabc\n+/=\n" + end + "\nnext words stay", "\nabc\n+/=\n", "private key");
        row("key in json", "{\"k\":\"" + begin + "\\nabc\\n" + end + "\"}", "\\nabc\\n", "private key");
        row("key without an end", begin + "\nabc\"", "\nabc", "private key");
    }

    void secretsAreMasked() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, secret);
        QFETCH(QString, kind);
        QByteArray bytes = before;
        const auto masked = mask(QStringLiteral("f.json"), bytes, {});
        QVERIFY2(masked.ok(), masked.ok() ? "" : qPrintable(masked.error().text));
        QCOMPARE(masked->size(), 1);
        const Masked &one = masked->constFirst();
        QCOMPARE(one, (Masked{QStringLiteral("f.json"), kind, before.indexOf(secret), secret.size()}));
        QCOMPARE(bytes.size(), before.size());
        QByteArray expected = before;
        for (qint64 i = one.offset; i < one.offset + one.length; ++i) {
            if (before.at(i) != '\n' && before.at(i) != '\r')
                expected[i] = '*';
        }
        QCOMPARE(bytes, expected);
        if (before.startsWith('{'))
            QVERIFY2(QJsonDocument::fromJson(bytes).isObject(), bytes.constData());
        const auto again = mask(QStringLiteral("f.json"), bytes, {});
        QVERIFY(again.ok());
        QVERIFY2(again->isEmpty(), "what is masked is not a secret");
    }

    void ordinaryTextStays_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"https://github.com/alphaonedev/ai-memory-mcp/pull/316", "sqlite:///tmp/phase3-source.db",
              "http://127.0.0.1:9077/api/v1/health and a mail to x@example.org",
              "bearer certificates are explained", "basic authentication",
              "{\"tokenizer\":\"unicode61\",\"memories_read\":1000}", "ship-gate r22 sk-learn",
              "ssh://git@github.com/x.git", "2cfcc18 f993e2c a99bb3b", "-----BEGIN CERTIFICATE-----\nabc", "",
              "password: it must be long; a token is a word", "v0.6.0.0-final-r22 10.250.0.11 192.168.1.1"})
            QTest::newRow(text) << QByteArray(text);
    }

    void ordinaryTextStays() {
        QFETCH(QByteArray, text);
        QByteArray bytes = text;
        const auto masked = mask(QStringLiteral("f"), bytes, {});
        QVERIFY(masked.ok());
        QCOMPARE(bytes, text);
        QVERIFY(masked->isEmpty());
    }

    void privateAddressesByChoice() {
        for (const char *address : {"10.250.0.11", "172.16.0.1", "172.31.255.254", "192.168.1.1",
                                    "169.254.1.2", "100.64.0.1", "fd00:1:2::3", "fe80::1"}) {
            QByteArray bytes = "node-b (" + QByteArray(address) + "). End";
            const auto masked = mask(QStringLiteral("f"), bytes, {true});
            QVERIFY(masked.ok());
            QVERIFY2(masked->size() == 1 && !bytes.contains(address), address);
            QVERIFY(bytes.endsWith("). End"));
        }
        for (const char *address : {"203.0.113.10", "172.32.0.1", "110.1.2.3", "10.1.2", "1.10.1.2.3",
                                    "10.1.2.300", "127.0.0.1", "v0.6.0.0", "2001:db8::1"}) {
            QByteArray bytes = address;
            const auto masked = mask(QStringLiteral("f"), bytes, {true});
            QVERIFY(masked.ok());
            QVERIFY2(masked->isEmpty(), address);
        }
    }

    void anyBytesWillDo() {
        QByteArray bytes;
        for (int i = 0; i < 256; ++i)
            bytes += static_cast<char>(i);
        const QByteArray before = bytes;
        bytes += "x://u:p\xc3\xa4ss@h";
        const auto masked = mask(QStringLiteral("f.db"), bytes, {});
        QVERIFY(masked.ok());
        QCOMPARE(masked->size(), 1);
        QCOMPARE(bytes, before + "x://u:*****@h");
    }

    // What makes expressions slow: each a megabyte that begins a match over and over. What is quadratic takes
    // longer than a test may.
    void noInputMakesItSlow() {
        for (const QByteArray &unit :
             {QByteArray("a"), QByteArray("://"), QByteArray("://a:"), QByteArray("eyJ"), QByteArray("\""),
              QByteArray("\"password\":\""), QByteArray("\\\"token\\\":\\\""), QByteArray("A_"),
              QByteArray("-----BEGIN PRIVATE "
                         "KEY-----"),
              QByteArray("Bearer "), QByteArray("10."), QByteArray("fe80:"), QByteArray("\\")}) {
            QByteArray bytes = unit.repeated(1024 * 1024 / unit.size());
            const auto masked = mask(QStringLiteral("f"), bytes, {true});
            QVERIFY2(masked.ok() || masked.error().code == ErrorCode::Internal, unit.constData());
        }
    }

    // Of JSON that a page shows with its value marked.
    void aMaskEndsBeforeMarkup() {
        QByteArray harmless = "<mark>&quot;overall_pass&quot;: true</mark>,\n";
        const QByteArray before = harmless;
        const auto none = mask(QStringLiteral("index.html"), harmless, {});
        QVERIFY(none.ok() && none->isEmpty());
        QCOMPARE(harmless, before);
        QByteArray secret = "<mark>&quot;db_password&quot;: hunter2hunter2</mark>,\n";
        const auto one = mask(QStringLiteral("index.html"), secret, {});
        QVERIFY(one.ok());
        QCOMPARE(secret, "<mark>&quot;db_password&quot;: **************</mark>,\n");
    }

    void aTextIsMaskedToo() {
        const auto text = maskedText(QStringLiteral("Größe: http://u:pässwort@h ✓"), {});
        QVERIFY(text.ok());
        QCOMPARE(*text, QStringLiteral("Größe: http://u:*********@h ✓"));
    }
};

QTEST_GUILESS_MAIN(RedactionTest)
#include "tst_redaction.moc"
