// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/paths.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

namespace {

const std::array kVariables{"HOME", "SLIPWAY_DATA_DIR", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"};

bool write(const QString &path) {
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) && file.write("x") == 1;
}

} // namespace

// Where what is kept, by the XDG base directory specification.
class PathsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        for (const char *variable : kVariables)
            m_before.append({variable, qgetenv(variable)});
    }

    void init() {
        for (const char *variable : kVariables)
            qunsetenv(variable);
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        qputenv("HOME", m_dir->path().toUtf8());
    }

    void cleanupTestCase() {
        for (const auto &[variable, value] : m_before)
            qputenv(variable, value);
    }

    void eachKindHasItsPlaceInTheHome() {
        const auto paths = dataPaths({});
        QVERIFY(paths);
        QCOMPARE(paths->archiveFile(), in(".local/share/slipway/archive.sqlite"));
        QCOMPARE(paths->eventLog(), in(".local/state/slipway/slipway.log"));
        QCOMPARE(paths->publishDir(), in(".cache/slipway/publish"));
    }

    void variablesMoveThem() {
        qputenv("XDG_DATA_HOME", "/d");
        qputenv("XDG_STATE_HOME", "/s");
        qputenv("XDG_CACHE_HOME", "/c");
        const auto paths = dataPaths({});
        QVERIFY(paths);
        QCOMPARE(paths->archiveFile(), QStringLiteral("/d/slipway/archive.sqlite"));
        QCOMPARE(paths->eventLog(), QStringLiteral("/s/slipway/slipway.log"));
        QCOMPARE(paths->publishDir(), QStringLiteral("/c/slipway/publish"));
    }

    void relativePathsAreIgnored() {
        qputenv("XDG_DATA_HOME", "d");
        qputenv("XDG_STATE_HOME", "./s");
        qputenv("XDG_CACHE_HOME", "c");
        eachKindHasItsPlaceInTheHome();
    }

    void aNamedFolderHoldsAll_data() {
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QString>("option");
        QTest::newRow("SLIPWAY_DATA_DIR") << QByteArray("/named") << QString();
        QTest::newRow("--data-dir") << QByteArray() << QStringLiteral("/named");
        QTest::newRow("--data-dir comes first") << QByteArray("/other") << QStringLiteral("/named");
    }

    void aNamedFolderHoldsAll() {
        QFETCH(QByteArray, variable);
        QFETCH(QString, option);
        qputenv("SLIPWAY_DATA_DIR", variable);
        qputenv("XDG_CACHE_HOME", "/c");
        const auto paths = dataPaths(option);
        QVERIFY(paths);
        QCOMPARE(paths->archiveFile(), QStringLiteral("/named/archive.sqlite"));
        QCOMPARE(paths->eventLog(), QStringLiteral("/named/slipway.log"));
        QCOMPARE(paths->publishDir(), QStringLiteral("/named/publish"));
    }

    void withoutAHomeAFolderMustBeNamed() {
        qunsetenv("HOME");
        QVERIFY(!dataPaths({}));
        QVERIFY(dataPaths(QStringLiteral("/named")));
    }

    void clonesOfEarlierBuildsAreMovedOnce() {
        const auto paths = dataPaths({});
        QVERIFY(paths);
        QVERIFY(write(in(".local/share/slipway/publish/a1/tree/page")));
        preparePublishDir(*paths);
        QVERIFY(QFile::exists(in(".cache/slipway/publish/a1/tree/page")));
        QVERIFY(!QFile::exists(in(".local/share/slipway/publish")));
        QCOMPARE(QFile::permissions(in(".cache/slipway")) & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        QVERIFY(write(in(".local/share/slipway/publish/b2/tree/page")));
        preparePublishDir(*paths);
        QVERIFY(QFile::exists(in(".cache/slipway/publish/a1/tree/page")));
        QVERIFY(!QFile::exists(in(".cache/slipway/publish/b2")));
        QVERIFY(QFile::exists(in(".local/share/slipway/publish/b2/tree/page")));
    }

    void clonesThatCannotBeMovedAreRemoved() {
        QVERIFY(write(in(".local/share/slipway/publish/a1/tree/page")));
        QVERIFY(write(in(".local/share/slipway/archive.sqlite")));
        QVERIFY(write(in("file"))); // no folder can be made below it, not even by root
        qputenv("XDG_CACHE_HOME", in("file").toUtf8());
        const auto paths = dataPaths({});
        QVERIFY(paths);
        preparePublishDir(*paths);
        QVERIFY(!QFile::exists(in(".local/share/slipway/publish")));
        QVERIFY(QFile::exists(paths->archiveFile()));
    }

    void aLinkInTheOldPlaceStays() {
        QVERIFY(write(in("elsewhere/mine")));
        QVERIFY(QDir().mkpath(in(".local/share/slipway")));
        QVERIFY(QFile::link(in("elsewhere"), in(".local/share/slipway/publish")));
        const auto paths = dataPaths({});
        QVERIFY(paths);
        preparePublishDir(*paths);
        QVERIFY(QFile::exists(in("elsewhere/mine")));
        QVERIFY(QFileInfo(in(".local/share/slipway/publish")).isSymLink());
    }

    void aNamedFolderKeepsItsClones() {
        const QString named = in("named");
        QVERIFY(write(named + QStringLiteral("/publish/a1/tree/page")));
        const auto paths = dataPaths(named);
        QVERIFY(paths);
        preparePublishDir(*paths);
        QVERIFY(QFile::exists(named + QStringLiteral("/publish/a1/tree/page")));
    }

private:
    [[nodiscard]] QString in(const char *path) const { return m_dir->filePath(QString::fromLatin1(path)); }

    std::unique_ptr<QTemporaryDir> m_dir;
    QList<std::pair<const char *, QByteArray>> m_before;
};

QTEST_GUILESS_MAIN(PathsTest)
#include "tst_paths.moc"
