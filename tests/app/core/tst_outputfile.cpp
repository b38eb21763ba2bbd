// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/outputfile.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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
        QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files).size(), 1); // nothing else is left
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

    void distinguishesAFullDiskFromOthers() {
        const auto written = appendToFile(QStringLiteral("/dev/full"), "text");
        QCOMPARE(written.error().code, ErrorCode::DiskFull);
        QVERIFY2(written.error().text.endsWith(QStringLiteral(". Make room there.")),
                 qPrintable(written.error().text));
    }

    // Whoever may make files next to a device could replace it: a pipe of ours stands for one.
    void writesIntoAPipeAndDoesNotReplaceIt() {
        const QByteArray pipe = QFile::encodeName(m_path);
        QCOMPARE(mkfifo(pipe.constData(), 0600), 0);
        const int fd = open(pipe.constData(), O_RDWR | O_CLOEXEC); // a reader, so that nobody waits
        QVERIFY(fd >= 0);
        QVERIFY(writeFile(m_path, "text", {.mayBeInPlace = true}).ok());
        struct stat status {};
        QCOMPARE(stat(pipe.constData(), &status), 0);
        QVERIFY(S_ISFIFO(status.st_mode));
        QByteArray got(4, '\0');
        QCOMPARE(read(fd, got.data(), 4), ssize_t(4));
        close(fd);
        QCOMPARE(got, QByteArray("text"));
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
    // Qt reports those of the calling user as well.
    [[nodiscard]] QFile::Permissions permissions() const {
        return QFile::permissions(m_path) & ~(QFile::ReadUser | QFile::WriteUser | QFile::ExeUser);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
};

} // namespace slipway

QTEST_GUILESS_MAIN(slipway::OutputFileTest)
#include "tst_outputfile.moc"
