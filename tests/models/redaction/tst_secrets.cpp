// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/redaction.h"
#include "models/redaction/tokenshapes.h"
#include "tests/models/redaction/secretcorpus.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringConverter>
#include <QTest>

using namespace slipway;

namespace {

constexpr quint32 kSeed = 20;
constexpr qsizetype kLeak = 6; // characters of a secret that may not be left together

// Any part of the canary that is still to be read.
bool leaks(const QByteArray &text, const QByteArray &canary) {
    for (qsizetype i = 0; i + kLeak <= canary.size(); ++i) {
        const QByteArray part = canary.mid(i, kLeak);
        if (!part.contains('\n') && text.contains(part))
            return true;
    }
    return false;
}

// Why a sample was not masked as it should be; empty when it was.
QByteArray problemOf(const test::SecretSample &sample, const RedactionPiece &piece = {}) {
    if (!leaks(sample.read(sample.bytes), sample.canary))
        return "the sample does not hold its secret";
    QByteArray bytes = sample.bytes;
    const auto masked = mask(QStringLiteral("f"), bytes, {}, piece);
    if (!masked)
        return masked.error().text.toUtf8();
    const QByteArray text = sample.read(bytes);
    if (bytes.size() != sample.bytes.size())
        return "the length changed";
    if (leaks(bytes, sample.canary) || leaks(text, sample.canary))
        return "the secret can be read: " + text;
    if (sample.isJson && !QJsonDocument::fromJson(bytes).isObject())
        return "no JSON any more: " + bytes;
    if (!text.contains(test::kBefore) || !text.contains(test::kAfter))
        return "other words are masked: " + text;
    QByteArray again = bytes;
    const auto twice = mask(QStringLiteral("f"), again, {}, piece);
    if (!twice || !twice->isEmpty() || again != bytes)
        return "masked again it changes: " + sample.read(again);
    return {};
}

} // namespace

// A corpus made by a generator that nothing but this test knows. The figure "secrets" reads what is said
// here.
class SecretsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySecretIsFound() {
        const QList<test::SecretSample> samples = test::secretSamples(kSeed);
        qsizetype found = 0;
        for (const test::SecretSample &sample : samples) {
            const QByteArray problem = problemOf(sample);
            if (problem.isEmpty())
                ++found;
            else
                qWarning("%s: %s", sample.name.constData(), problem.constData());
        }
        qInfo("secrets found %lld of %lld", static_cast<long long>(found),
              static_cast<long long>(samples.size()));
        QVERIFY(samples.size() >= 200);
        QCOMPARE(found, samples.size());
    }

    void harmlessTextStays() {
        const QList<QByteArray> texts = test::harmlessTexts();
        qsizetype kept = 0;
        for (const QByteArray &text : texts) {
            const QByteArray plain = "before\n" + text + "\nafter\n";
            QStringEncoder wide(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
            bool isKept = true;
            for (const QByteArray &before : {plain, QByteArray(wide(QString::fromUtf8(plain)))}) {
                QByteArray bytes = before;
                const auto masked = mask(QStringLiteral("f"), bytes, {});
                QVERIFY(masked.ok());
                if (bytes != before || !masked->isEmpty()) {
                    isKept = false;
                    qWarning("masked: %s", bytes.replace('\0', "").constData());
                }
            }
            kept += isKept ? 1 : 0;
        }
        qInfo("harmless texts kept %lld of %lld", static_cast<long long>(kept),
              static_cast<long long>(texts.size()));
        QVERIFY(texts.size() >= 60);
        QCOMPARE(kept, texts.size());
    }

    // What real campaigns published: the password of their test database stands in URLs, and nothing else is
    // secret.
    void publishedRunsHaveNoFalseAlarms() {
        const QString runs = testPaths::source("../shared/runs-sample/runs");
        if (!QDir(runs).exists())
            QSKIP("the published runs are not next to the source");
        int files = 0;
        int passwords = 0;
        int falseAlarms = 0;
        for (QDirIterator it(runs, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QByteArray bytes = file.readAll();
            const QByteArray before = bytes;
            const auto masked = mask(file.fileName(), bytes, {});
            QVERIFY(masked.ok());
            ++files;
            for (const Masked &one : *masked) {
                const bool isKnown = before.mid(one.offset, one.length) == "ai_memory_test";
                ++(isKnown ? passwords : falseAlarms);
                if (!isKnown)
                    qWarning("%s, byte %lld: %s", qPrintable(one.file), static_cast<long long>(one.offset),
                             qPrintable(one.kind));
            }
        }
        qInfo("false alarms %d, passwords %d, in %d published files", falseAlarms, passwords, files);
        QVERIFY(files > 50);
        QVERIFY(passwords > 0);
        QCOMPARE(falseAlarms, 0);
    }

    // A secret anywhere on the edge of what is searched at once is found all the same.
    void noEdgeHidesASecret() {
        const RedactionPiece piece{2048, 1024}; // the overlap holds the longest key twice
        for (const test::SecretSample &sample : test::secretSamples(kSeed)) {
            if (!sample.name.endsWith(", plain"))
                continue;
            for (qsizetype shift = 0; shift < 2100; shift += 97) {
                test::SecretSample shifted = sample;
                shifted.bytes = QByteArray(shift, '.') + '\n' + sample.bytes + '\n' + QByteArray(2100, '.');
                const QByteArray problem = problemOf(shifted, piece);
                QVERIFY2(problem.isEmpty(),
                         (sample.name + " behind " + QByteArray::number(shift) + " bytes: " + problem)
                             .constData());
            }
        }
    }

    void atLeastTwentyFiveVendorsAreKnown() {
        QVERIFY2(vendorCount() >= 25, QByteArray::number(vendorCount()).constData());
    }

    void evidenceIsKept() {
        const QByteArray token = "3f0c9a7d2b1e4c6a8d9f0b1c2d3e4f5a";
        QByteArray bytes = "{\"obs\":\"begin\",\"token\":\"" + token + "\",\"run\":\"r1\"}";
        const QByteArray before = bytes;
        const auto masked = mask(QStringLiteral("f"), bytes, {false, {token}});
        QVERIFY(masked.ok());
        QVERIFY(masked->isEmpty());
        QCOMPARE(bytes, before);
        QVERIFY(mask(QStringLiteral("f"), bytes, {}).ok());
        QVERIFY2(!bytes.contains(token), "a token that is not known to be evidence");
    }

    // No mask reaches over the quotes that JSON is made of, whatever quotes a text within it opens.
    void jsonStaysJson() {
        for (const char *opens :
             {"password='", "<password>", "curl -u 'u:", "identified by '", "token=\\\"",
              "-----BEGIN PRIVATE"
              " KEY-----",
              "https://u:p@h?token=", "Authorization: Basic ", "password: `", "secret: |\\n  ",
              "openssl enc -k \\\"", "htpasswd -b f u \\\"", "| password | ", "user,password\\nme,",
              "<b>password</b>=", "\\u001b[1mpassword\\u001b[0m=", "token: Token(Secret(\\\"", "setx TOKEN ",
              "password = \\\"old\\\" -> \\\""}) {
            QByteArray bytes = "{\"a\":\"" + QByteArray(opens) +
                               "7Zq9aB3dE5fG\",\"b\":\"it's <b>here</b>\",\"c\":\"x@y` z\"}";
            QVERIFY2(QJsonDocument::fromJson(bytes).isObject(), bytes.constData());
            const auto masked = mask(QStringLiteral("f"), bytes, {});
            QVERIFY(masked.ok());
            QVERIFY2(!bytes.contains("7Zq9aB3dE5fG"), bytes.constData());
            const QJsonObject object = QJsonDocument::fromJson(bytes).object();
            QCOMPARE(object.size(), 3);
            QCOMPARE(object.value(QStringLiteral("b")).toString(), QStringLiteral("it's <b>here</b>"));
            QCOMPARE(object.value(QStringLiteral("c")).toString(), QStringLiteral("x@y` z"));
        }
    }

    void numbersOfJsonStayJson() {
        for (const QByteArray text : {"{\"password\":12345678}", "{\"a\":[{\"db_password\": 1234 }]}",
                                      "{\"out\":\"{\\\"password\\\":12345678,\\\"n\\\":1}\"}"}) {
            QByteArray bytes = text;
            QVERIFY(mask(QStringLiteral("f"), bytes, {}).ok());
            QVERIFY2(!bytes.contains("1234") && bytes.size() == text.size(), bytes.constData());
            QJsonParseError error{};
            const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
            QVERIFY2(document.isObject(), bytes.constData());
            if (const QString inner = document.object().value(QStringLiteral("out")).toString();
                !inner.isEmpty())
                QVERIFY2(QJsonDocument::fromJson(inner.toUtf8()).isObject(), bytes.constData());
        }
    }

    void whatIsNotATextIsNamed() {
        QCOMPARE(whyNotText(QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\0", 12)),
                 QStringLiteral("compressed (gzip)"));
        QCOMPARE(whyNotText(QByteArray("SQLite format 3\0\x10\0\1\1", 20)),
                 QStringLiteral("a SQLite database"));
        QCOMPARE(whyNotText(QByteArray("\x7f"
                                       "ELF\0\0\0\0",
                                       8)),
                 QStringLiteral("no text"));
        for (const QByteArray &text :
             {QByteArray(), QByteArray("plain\n"),
              QByteArray("Gr\xc3\xb6\xc3\x9f"
                         "e"),
              QByteArray("Gr\xf6\xdf"
                         "e in Latin-1, as old logs have it"),
              QByteArray("\x1b[31mred\x1b[0m\n"), QByteArray("\xff\xfeG\0r\0\xf6\0\xdf\0", 10)})
            QVERIFY2(whyNotText(text).isEmpty(), text.constData());
    }
};

QTEST_GUILESS_MAIN(SecretsTest)
#include "tst_secrets.moc"
