// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/observation/observation.h"
#include "models/observation/zstream.h"
#include "models/redaction/maskobservations.h"

#include <QJsonDocument>
#include <QTest>

using namespace slipway;

namespace {

const QByteArray kSecret = "7Zq9aB3dE5fG7hJ9kL1mN2pQ4rS6";
const QByteArray kToken = "3f0c9a7d2b1e4c6a8d9f0b1c2d3e4f5a";

QByteArray line(const QByteArray &kind, const QByteArray &fields) {
    return "{\"t\":\"2026-05-01T12:30:00.123456Z\",\"obs\":\"" + kind + "\"," + fields + "}\n";
}

QByteArray output(const QByteArray &answer) {
    return line("output", "\"name\":\"list\",\"exit\":0,\"bytes\":" + QByteArray::number(answer.size()) +
                              ",\"base64\":\"" + answer.toBase64() + "\"");
}

QByteArray begin() {
    return line("begin", "\"campaign\":\"r1\",\"run\":\"r1-a\",\"token\":\"" + kToken +
                             "\",\"program_sha256\":\"" + QByteArray(64, 'a') + "\"");
}

QByteArray piece(qint64 offset, const QByteArray &bytes) {
    return line("field_cycles", "\"fault\":\"kill\",\"offset\":" + QByteArray::number(offset) +
                                    ",\"base64\":\"" + bytes.toBase64() + "\"");
}

MaskedStream masked(const EvidenceFile &stream) {
    auto result = maskObservations(stream, {});
    if (!result)
        qFatal("%s", qPrintable(result.error().text));
    return *result;
}

QByteArray plain(const EvidenceFile &file) {
    auto bytes = plainBytes(file, 1 << 26);
    if (!bytes)
        qFatal("%s", qPrintable(bytes.error().text));
    return *bytes;
}

// All answers and everything else, decoded.
QByteArray allText(const EvidenceFile &file) {
    QByteArray text = plain(file);
    (void)forEachObservation(file, [&](const Observation &observation) { text += outputBytes(observation); });
    return text;
}

} // namespace

class MaskObservationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersAreMaskedWithinTheirBase64_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("text") << QByteArray("connected with password=" + kSecret + "\nrows 3\n");
        QTest::newRow("JSON") << QByteArray("{\"rows\":3,\"token\":\"" + kSecret + "\"}");
        QTest::newRow("JSON in JSON") << QByteArray("{\"content\":[{\"text\":\"{\\\"api_key\\\":\\\"" +
                                                    kSecret + "\\\",\\\"rows\\\":3}\"}]}");
        QByteArray binary("\0\x01\xff\xfe\x80rows 3 ", 12);
        binary += "password=" + kSecret + QByteArray("\n\0\0\x9c", 4);
        QTest::newRow("not text") << binary;
        QTest::newRow("base64 in it")
            << QByteArray("rows 3, data: " + ("password=" + kSecret).toBase64() + "\n");
    }

    void answersAreMaskedWithinTheirBase64() {
        QFETCH(QByteArray, answer);
        const QByteArray stream = begin() + output(answer) + output("rows 4");
        for (const QString &name : {QStringLiteral("a.obs.jsonl"), QStringLiteral("a.obs.jsonl.zst")}) {
            const EvidenceFile file{name, name.endsWith(kCompressedSuffix) ? zstdCompress(stream) : stream};
            const MaskedStream result = masked(file);
            QCOMPARE(plain(result.file).size(), stream.size());
            QVERIFY2(!allText(result.file).contains(kSecret.left(8)), allText(result.file).constData());
            QVERIFY(!allText(result.file).contains(kSecret.toBase64().mid(4, 12)));
            QVERIFY(!result.masked.isEmpty());
            int outputs = 0;
            QCOMPARE(forEachObservation(result.file,
                                        [&](const Observation &one) {
                                            outputs += one.kind == QLatin1String("output") ? 1 : 0;
                                            if (outputs == 1)
                                                QCOMPARE(outputBytes(one).size(), answer.size());
                                            if (outputs == 1 && answer.startsWith('{'))
                                                QVERIFY(answerObject(outputBytes(one)));
                                        }),
                     0);
            QCOMPARE(outputs, 2);
            // Offsets are those of the plain stream, and what they name is all that changed.
            QByteArray rest = plain(result.file);
            QByteArray before = stream;
            for (const Masked &one : result.masked) {
                rest.replace(one.offset, one.length, QByteArray(one.length, '.'));
                before.replace(one.offset, one.length, QByteArray(one.length, '.'));
            }
            QCOMPARE(rest, before);
            const MaskedStream again = masked(result.file);
            QCOMPARE(again.file.bytes, result.file.bytes);
            QVERIFY(again.masked.isEmpty());
        }
    }

    void whatIdentifiesTheRunStays() {
        const QByteArray stream =
            begin() + output("{\"token\":\"" + kToken + "\"}") +
            line("held", "\"node\":\"a\",\"rows\":[\"c1-w1 9f86d081884c7d65\"]") +
            line("write", "\"agent\":\"x\",\"id\":\"c1-w1\",\"bytes\":64,\"sha256\":\"9f86d081884c7d65\"");
        const MaskedStream result = masked({QStringLiteral("a.obs.jsonl"), stream});
        QVERIFY(result.masked.isEmpty());
        QCOMPARE(result.file.bytes, stream);
    }

    void aStreamWithoutSecretsIsTheSameFile() {
        const EvidenceFile file{QStringLiteral("a.obs.jsonl.zst"),
                                zstdCompress(begin()) + zstdCompress(output("rows 3"))};
        QCOMPARE(masked(file).file.bytes, file.bytes);
    }

    // A file of the field comes in pieces that are cut anywhere.
    void noPieceHidesASecret() {
        const QByteArray text = "{\"cycle\":1}\n{\"note\":\"token=" + kSecret + "\"}\n{\"cycle\":2}\n";
        for (qsizetype cut = 1; cut < text.size(); ++cut) {
            const QByteArray stream =
                begin() + piece(0, text.left(cut)) + output("rows 3") + piece(cut, text.mid(cut));
            const MaskedStream result = masked({QStringLiteral("a.obs.jsonl"), stream});
            const QByteArray all = allText(result.file);
            const qsizetype from = text.indexOf(kSecret);
            const QByteArray head = text.left(cut).mid(from); // of the secret, before the cut
            const qsizetype rest = std::max<qsizetype>(0, from + kSecret.size() - std::max(cut, from));
            const QByteArray tail = text.mid(std::max(cut, from), rest);
            QVERIFY2(head.size() < 4 || !all.contains(head.left(kSecret.size())),
                     QByteArray::number(cut).constData());
            QVERIFY2(tail.size() < 4 || !all.contains(tail), QByteArray::number(cut).constData());
            QVERIFY2(all.contains("{\"cycle\":1}") || cut < 12, all.constData());
        }
    }

    void damagedStreamsAreRefused() {
        EvidenceFile file{QStringLiteral("a.obs.jsonl.zst"),
                          zstdCompress(begin() + output("password=" + kSecret))};
        file.bytes.chop(3);
        const auto result = maskObservations(file, {});
        QVERIFY(!result.ok());
        QVERIFY2(result.error().text.contains(file.name), qPrintable(result.error().text));
    }
};

QTEST_GUILESS_MAIN(MaskObservationsTest)
#include "tst_maskobservations.moc"
