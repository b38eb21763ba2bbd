// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/judge.h"
#include "tests/app/pages/exportrig.h"
#include "tests/models/evidence/goodevidence.h"

#include <QDir>
#include <QTest>

using namespace slipway;

namespace {

const QByteArray kThisLayout = "<meta name=\"slipway-layout\" content=\"";

} // namespace

// A refresh brings published pages up to date, and changes nothing else.
class OlderRunsTest : public QObject, private test::ExportRig {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        QVERIFY(begin());
        for (const char *id : {"soak-r1", "soak-r2", "soak-r3"})
            import(QString::fromLatin1(id), test::goodEvidence({700, 100, 80, 1}));
        QCOMPARE(exported().changedRuns, 3);
        m_published = test::treeOf(path("repo"));
    }

    void onlyOlderPagesAreWrittenAnew() {
        makeVersion("soak-r2", -1);
        write(QStringLiteral("repo/runs/field-r1/phase1.json"), "{}");
        const test::Tree older = test::treeOf(path("repo"));
        const ExportCount count = exported(refresh());
        QCOMPARE(count.failures, QStringList());
        QCOMPARE(count.changedRuns, 1);
        const test::Tree tree = test::treeOf(path("repo"));
        for (auto it = m_published.begin(); it != m_published.end(); ++it) {
            if (it.key().startsWith(QLatin1String("runs/soak")))
                QVERIFY2(tree.value(it.key()) == it.value(), qPrintable(it.key()));
        }
        QCOMPARE(tree.value(QStringLiteral("runs/field-r1/phase1.json")), QByteArray("{}"));
        QVERIFY(older.value(QStringLiteral("runs/soak-r2/index.html")) !=
                tree.value(QStringLiteral("runs/soak-r2/index.html")));
        QCOMPARE(exported(refresh()).changes.size(), 0);
    }

    void aDryRunSaysWhatItWouldWrite() {
        makeVersion("soak-r1", -1);
        const test::Tree before = test::treeOf(path("repo"));
        ExportRequest request = refresh();
        request.dryRun = true;
        QCOMPARE(exported(request).changedRuns, 1);
        QCOMPARE(test::treeOf(path("repo")), before);
    }

    void aRunOfANewerVersionStays() {
        makeVersion("soak-r1", 1);
        const test::Tree before = test::treeOf(path("repo/runs/soak-r1"));
        const ExportCount count = exported(refresh());
        QCOMPARE(count.runs, 0);
        QVERIFY2(count.warnings.join(QLatin1Char('\n'))
                     .contains(QLatin1String("runs/soak-r1 was written by a newer version")),
                 qPrintable(count.warnings.join(QLatin1Char('\n'))));
        QCOMPARE(test::treeOf(path("repo/runs/soak-r1")), before);
    }

    void aRunThatTheArchiveLacksIsNamed() {
        makeVersion("soak-r3", -1);
        QVERIFY(QDir(path("data")).removeRecursively() && QDir().mkpath(path("data")));
        const ExportCount count = exported(refresh());
        QCOMPARE(count.runs, 0);
        QVERIFY(count.warnings.join(QLatin1Char('\n'))
                    .contains(QLatin1String("runs/soak-r3 is older and not in this archive")));
    }

    void evidenceThatTheArchiveHasOtherwiseIsNotReplaced() {
        makeVersion("soak-r2", -1);
        import(QStringLiteral("soak-r2"), test::goodEvidence({600, 100, 80, 1}));
        const test::Tree before = test::treeOf(path("repo/runs/soak-r2"));
        const ExportCount count = exported(refresh());
        QCOMPARE(count.failures.size(), 1);
        QVERIFY2(count.failures.constFirst().contains(QLatin1String("a refresh changes no evidence")),
                 qPrintable(count.failures.constFirst()));
        QCOMPARE(test::treeOf(path("repo/runs/soak-r2")), before);
    }

    void aManifestThatCannotBeReadIsNamed() {
        write(QStringLiteral("repo/runs/soak-r1/evidence-manifest.json"), "{}");
        const ExportCount count = exported(refresh());
        QVERIFY(count.warnings.join(QLatin1Char('\n'))
                    .contains(QLatin1String("runs/soak-r1/evidence-manifest.json cannot be read")));
        QCOMPARE(bytes("repo/runs/soak-r1/evidence-manifest.json"), QByteArray("{}"));
    }

private:
    [[nodiscard]] ExportRequest refresh() const {
        ExportRequest refreshing = request();
        refreshing.refresh = true;
        return refreshing;
    }

    // As if another version had written it: its rules, and another page.
    void makeVersion(const char *id, int difference) const {
        const QString folder = QStringLiteral("repo/runs/%1/").arg(QString::fromLatin1(id));
        QByteArray page = bytes((folder + kPage).toLatin1().constData());
        const qsizetype at = page.indexOf(kThisLayout) + kThisLayout.size();
        QVERIFY(at > kThisLayout.size());
        page.replace(at, 1, "0");
        auto manifest = readManifest(bytes((folder + kManifest).toLatin1().constData()));
        QVERIFY(manifest);
        manifest->rulesVersion = kRulesVersion + difference;
        for (ManifestFile &file : manifest->files) {
            if (file.name == kPage)
                file = {kPage, page.size(), sha256Of(page)};
        }
        write(folder + kPage, page);
        write(folder + kManifest, manifestBytes(*manifest));
    }

    test::Tree m_published;
};

QTEST_GUILESS_MAIN(OlderRunsTest)
#include "tst_olderruns.moc"
