// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/builtinprotocols.h"
#include "app/pages/write/filemask.h"
#include "app/pages/write/runexport.h"
#include "tests/app/pages/exportsample.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

namespace {

const QByteArray kSecret = "7Zq9aB3dE5fG7hJ9kL1mN2pQ4rS6";
const QByteArray kText = "connected with password=" + kSecret + "\n";

// Written by the programs that people use, in a folder of its own.
class Packer {
public:
    void write(const QString &name, const QByteArray &bytes) {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(name));
    }

    QByteArray run(const QString &program, const QStringList &arguments, const QString &made) {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(program, arguments);
        if (!process.waitForFinished() || process.exitCode() != 0)
            qFatal("%s: %s", qPrintable(program), process.readAllStandardError().constData());
        QFile file(m_folder.filePath(made));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s did not make %s", qPrintable(program), qPrintable(made));
        return file.readAll();
    }

    // `text` packed as `kind` says.
    QByteArray packed(const QString &kind, const QByteArray &text) {
        write(QStringLiteral("a.log"), text);
        const auto python = [&](const char *code, const QString &made) {
            return run(QStringLiteral("python3"), {QStringLiteral("-c"), QString::fromLatin1(code)}, made);
        };
        if (kind == QLatin1String("gzip"))
            return run(QStringLiteral("gzip"), {QStringLiteral("-kf"), QStringLiteral("a.log")},
                       QStringLiteral("a.log.gz"));
        if (kind == QLatin1String("gzip, two members"))
            return packed(QStringLiteral("gzip"), "first\n") + packed(QStringLiteral("gzip"), text);
        if (kind == QLatin1String("bzip2"))
            return python("import bz2;open('o','wb').write(bz2.compress(open('a.log','rb').read()))",
                          QStringLiteral("o"));
        if (kind == QLatin1String("xz"))
            return python("import lzma;open('o','wb').write(lzma.compress(open('a.log','rb').read()))",
                          QStringLiteral("o"));
        if (kind == QLatin1String("zip"))
            return python("import zipfile;z=zipfile.ZipFile('o','w',8);z.write('a.log');z.close()",
                          QStringLiteral("o"));
        if (kind == QLatin1String("zip, stored"))
            return python("import zipfile;z=zipfile.ZipFile('o','w');z.write('a.log');z.close()",
                          QStringLiteral("o"));
        if (kind == QLatin1String("tar.gz"))
            return run(QStringLiteral("tar"),
                       {QStringLiteral("-czf"), QStringLiteral("o"), QStringLiteral("a.log")},
                       QStringLiteral("o"));
        if (kind == QLatin1String("gzip in tar")) {
            packed(QStringLiteral("gzip"), text);
            return run(QStringLiteral("tar"),
                       {QStringLiteral("-cf"), QStringLiteral("o"), QStringLiteral("a.log.gz")},
                       QStringLiteral("o"));
        }
        return run(QStringLiteral("tar"),
                   {QStringLiteral("-cf"), QStringLiteral("o"), QStringLiteral("a.log")},
                   QStringLiteral("o"));
    }

private:
    QTemporaryDir m_folder;
};

MaskedFile maskedFile(const QByteArray &bytes) {
    auto file = maskFile({QStringLiteral("node.log.x"), bytes}, {});
    if (!file)
        qFatal("%s", qPrintable(file.error().text));
    return *file;
}

QByteArray bytesOf(const RunExport &run, const QString &name) {
    for (const EvidenceFile &file : run.files) {
        if (file.name == name)
            return file.bytes;
    }
    return "absent";
}

} // namespace

class FileMaskTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsPackedIsOpened_data() {
        QTest::addColumn<bool>("isMaskable");
        for (const char *kind :
             {"gzip", "gzip, two members", "bzip2", "xz", "zip", "zip, stored", "tar.gz", "gzip in tar"})
            QTest::newRow(kind) << false;
        QTest::newRow("tar") << true;
    }

    void whatIsPackedIsOpened() {
        QFETCH(bool, isMaskable);
        const QString kind = QString::fromLatin1(QTest::currentDataTag());
        Packer packer;
        const QByteArray clean = packer.packed(kind, "cycle 1 converged\n");
        const MaskedFile kept = maskedFile(clean);
        QVERIFY2(kept.heldBack.isEmpty(), qPrintable(kept.heldBack));
        QCOMPARE(kept.file.bytes, clean);
        const MaskedFile held = maskedFile(packer.packed(kind, kText));
        if (isMaskable) {
            QVERIFY2(held.heldBack.isEmpty(), qPrintable(held.heldBack));
            QVERIFY(!held.file.bytes.contains(kSecret));
        } else {
            QVERIFY2(held.heldBack.contains(QStringLiteral("assigned secret")), qPrintable(held.heldBack));
        }
    }

    void whatCannotBeSearchedIsHeldBack() {
        Packer packer;
        const QByteArray whole = packer.packed(QStringLiteral("gzip"), QByteArray(2000, 'x') + kText);
        QVERIFY(maskedFile(whole.left(whole.size() - 12))
                    .heldBack.contains(QStringLiteral("cannot be searched")));
        // A bomb: 200 MiB of nothing.
        const QByteArray bomb = packer.packed(QStringLiteral("gzip"), QByteArray(200 * 1024 * 1024, '\0'));
        QVERIFY2(maskedFile(bomb).heldBack.contains(QStringLiteral("128 MiB")),
                 qPrintable(maskedFile(bomb).heldBack));
        // What stands behind the end of a tar is not an entry of it.
        QByteArray tar = packer.packed(QStringLiteral("tar"), "cycle 1 converged\n");
        tar += kText;
        packer.write(QStringLiteral("t"), tar);
        const QByteArray hidden = packer.run(
            QStringLiteral("gzip"), {QStringLiteral("-kf"), QStringLiteral("t")}, QStringLiteral("t.gz"));
        QVERIFY2(maskedFile(hidden).heldBack.contains(QStringLiteral("assigned secret")),
                 qPrintable(maskedFile(hidden).heldBack));
        QByteArray deep = "text";
        for (int i = 0; i < 6; ++i)
            deep = packer.packed(QStringLiteral("zip"), deep);
        QVERIFY(maskedFile(deep).heldBack.contains(QStringLiteral("cannot be searched")));
        QVERIFY(maskedFile(QByteArray("SQLite format 3\0\x10\0\1\1", 20))
                    .heldBack.contains(QStringLiteral("SQLite database")));
        QVERIFY(maskedFile(QByteArray("\x7f"
                                      "ELF\0\0\0\0\x02\x01",
                                      10))
                    .heldBack.contains(QStringLiteral("no text")));
    }

    void textsAreMaskedAndPublished() {
        const QByteArray utf16 = QByteArray("\xff\xfe") + QByteArray::fromStdString([] {
                                     std::string wide;
                                     for (const char c : kText)
                                         wide += {c, '\0'};
                                     return wide;
                                 }());
        for (const QByteArray &bytes : {kText, utf16}) {
            const MaskedFile file = maskedFile(bytes);
            QVERIFY2(file.heldBack.isEmpty(), qPrintable(file.heldBack));
            QVERIFY(!QByteArray(file.file.bytes).replace('\0', "").contains(kSecret.left(8)));
            QCOMPARE(file.file.bytes.size(), bytes.size());
            QCOMPARE(file.masked.size(), 1);
        }
    }

    void aYesByNamePublishesWhatWasHeldBack() {
        Packer packer;
        CampaignRecord record = test::importedRecord();
        const QByteArray bytes = packer.packed(QStringLiteral("gzip"), kText);
        const QString name = QStringLiteral("node.log.gz");
        record.files.append({name, bytes});
        ExportOptions options;
        auto run = planRun(record, {}, builtInProtocols(), options);
        QVERIFY2(run.ok(), run.ok() ? "" : qPrintable(run.error().text));
        QCOMPARE(bytesOf(*run, name), QByteArray("absent"));
        QCOMPARE(run->heldBack, QStringList{name});
        QVERIFY(run->warnings.join(QLatin1Char('\n')).contains(name));
        options.publishUnsearched = {QStringLiteral("another.gz")};
        run = planRun(record, {}, builtInProtocols(), options);
        QVERIFY(run.ok());
        QCOMPARE(run->heldBack, QStringList{name});
        for (const QString &yes : {name, record.summary.id + QLatin1Char('/') + name}) {
            options.publishUnsearched = {yes};
            run = planRun(record, {}, builtInProtocols(), options);
            QVERIFY(run.ok());
            QCOMPARE(bytesOf(*run, name), bytes);
            QVERIFY(run->heldBack.isEmpty());
            QVERIFY(run->warnings.join(QLatin1Char('\n')).contains(name));
        }
    }

    void launchTokensStay() {
        CampaignRecord record = test::importedRecord();
        const QByteArray token = "3f0c9a7d2b1e4c6a8d9f0b1c2d3e4f5a";
        PhaseRun phaseRun;
        phaseRun.jobId = QString::fromLatin1(token);
        record.phaseRuns.append(phaseRun);
        record.files.append({QStringLiteral("other.json"),
                             "{\"token\":\"" + token + "\",\"auth_token\":\"" + kSecret + "\"}"});
        const auto run = planRun(record, {}, builtInProtocols(), {});
        QVERIFY2(run.ok(), run.ok() ? "" : qPrintable(run.error().text));
        QVERIFY(bytesOf(*run, QStringLiteral("other.json")).contains(token));
        QVERIFY(!bytesOf(*run, QStringLiteral("other.json")).contains(kSecret));
    }

    void whatWasMaskedComesFromItsOriginal() {
        const QByteArray original = "{\"password\":12345678,\"data\":\"" + kText.toBase64() + "\",\"n\":1}";
        const MaskedFile file = maskedFile(original);
        QVERIFY(file.file.bytes != original);
        QVERIFY(isPublishedFrom(file.file.bytes, original));
        QByteArray changed = file.file.bytes;
        changed.replace("\"n\":1", "\"n\":2");
        QVERIFY(!isPublishedFrom(changed, original));
    }
};

QTEST_GUILESS_MAIN(FileMaskTest)
#include "tst_filemask.moc"
