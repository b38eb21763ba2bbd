// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/outputfile.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace slipway {

class OutputFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->filePath(QStringLiteral("file"));
    }

    void replacesAllOfWhatWasThere() {
        QVERIFY(writeFile(m_path, "a longer text").ok());
        QVERIFY(writeFile(m_path, "short").ok());
        QCOMPARE(bytes(), QByteArray("short"));
        QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files).size(), 1); // nothing is left beside it
    }

    void hasTheGivenPermissionsAndKeepsThemOtherwise() {
        QVERIFY(writeFile(m_path, "secret", {.permissions = kOwnerOnly}).ok());
        QCOMPARE(permissions(), kOwnerOnly);
        QVERIFY(writeFile(m_path, "another").ok());
        QCOMPARE(permissions(), kOwnerOnly);
    }

    void leavesTheOldFileWhereTheNewOneCannotBeWritten() {
        const QString path = m_dir->filePath(QStringLiteral("none/file"));
        const auto written = writeFile(path, "text");
        QCOMPARE(written.error().code, ErrorCode::Io);
        QVERIFY2(written.error().text.startsWith(path + QStringLiteral(" cannot be written: ")) &&
                     written.error().text.endsWith(
                         QStringLiteral(". Check that its folder exists and that you may write there.")),
                 qPrintable(written.error().text));
        QVERIFY(!QFileInfo::exists(path));
        QVERIFY(writeFile(path, "text", {.makesFolder = true}).ok());
        QVERIFY(QFileInfo::exists(path));
    }

    void tellsAFullDiskFromOthers() {
        const QString full = QStringLiteral("/dev/full");
        for (const auto &written :
             {writeFile(full, "text", {.mayBeInPlace = true}), appendToFile(full, "text")}) {
            QCOMPARE(written.error().code, ErrorCode::DiskFull);
            QVERIFY2(written.error().text.endsWith(QStringLiteral(". Make room there.")),
                     qPrintable(written.error().text));
        }
    }

    void appendsToWhatIsThere() {
        QVERIFY(appendToFile(m_path, "one\n", {.permissions = kOwnerOnly}).ok());
        QVERIFY(appendToFile(m_path, "two\n").ok());
        QCOMPARE(bytes(), QByteArray("one\ntwo\n"));
        QCOMPARE(permissions(), kOwnerOnly);
    }

private:
    [[nodiscard]] QByteArray bytes() const {
        QFile file(m_path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    // Qt tells those of the calling user as well.
    [[nodiscard]] QFile::Permissions permissions() const {
        return QFile::permissions(m_path) & ~(QFile::ReadUser | QFile::WriteUser | QFile::ExeUser);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

} // namespace slipway

QTEST_GUILESS_MAIN(slipway::OutputFileTest)
#include "tst_outputfile.moc"
