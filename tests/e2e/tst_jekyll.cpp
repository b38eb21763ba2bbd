// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/shellprogram.h"
#include "tests/models/evidence/goodcampaign.h"
#include "tests/models/evidence/goodevidence.h"

#include <QDir>
#include <QDirIterator>
#include <QTest>

using namespace slipway;
using test::Answer;

// What is published, built by the program that builds GitHub Pages, in the way that the service does: it
// hands a tree with .nojekyll through, and builds one without.
class JekyllTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_ctl = std::make_unique<test::ShellProgram>();
        m_ctl->setEnvironment(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
    }

    // Nothing of ours depends on .nojekyll, which a site that was there before may lack.
    void aRunComesThroughByteForByte() {
        m_ctl->publish(QStringLiteral("in/runs/") + test::kGoodId, test::goodEvidence({50, 100, 80}));
        QCOMPARE(m_ctl->run("import in").code, 0);
        m_ctl->write(QStringLiteral("site/index.html"), "<!DOCTYPE html><title>Mine</title>");
        const Answer exported = exportRun();
        QVERIFY2(exported.code == 0, exported.err.constData());
        build();
        QCOMPARE(changed(), QStringList());
        const Answer verified = verify("site");
        QVERIFY2(verified.code == 3, verified.out.constData()); // a claim without observations
        QCOMPARE(verify("built").code, verified.code);
    }

    // Names that Jekyll leaves out are others then; of what it rewrites, each file is named.
    void whatItChangesIsNamed() {
        QList<EvidenceFile> files = test::publishedCampaign();
        files.removeIf(
            [](const EvidenceFile &file) { return file.name == QLatin1String("evidence-manifest.json"); });
        for (const char *name : {"_notes.json", ".env.txt", "x.log~", "#draft.txt", "aux.json", "a:b.txt",
                                 "Gemfile", "values.yaml", "logs/_x.log"})
            files.append({QString::fromLatin1(name), "kept"});
        files.append({QStringLiteral("phase4-node.log"), "---\ntitle: x\n---\n{{ site.title }}\n"});
        files.append({QStringLiteral("report.md"), "---\n---\n# Report\n"});
        files.append({QStringLiteral("notes.md"), "# Notes\n"});
        m_ctl->publish(QStringLiteral("in/runs/") + test::kGoodId, files);
        QCOMPARE(m_ctl->run("import in").code, 0);
        m_ctl->write(QStringLiteral("site/index.html"), "<!DOCTYPE html><title>Mine</title>");
        const Answer exported = exportRun();
        QVERIFY2(exported.code == 0, exported.err.constData());
        build();
        QCOMPARE(changed(), (QStringList{QStringLiteral("phase4-node.log"), QStringLiteral("report.md")}));
        for (const char *name :
             {"_notes.json", ".env.txt", "x.log~", "#draft.txt", "aux.json", "a:b.txt", "logs/_x.log"})
            QVERIFY2(exported.out.contains('"' + QByteArray(name) + "\" is published as "), name);
        for (const char *name : {"phase4-node.log", "report.md"})
            QVERIFY2(exported.out.contains(QByteArray(name) + ": Jekyll would change it"), name);
        QVERIFY2(exported.out.contains("There is no .nojekyll"), exported.out.constData());
        for (const char *name : {"values.yaml: ", "notes.md: "})
            QVERIFY2(!exported.out.contains(name), name);
    }

    void aSiteThatIsBegunIsNotBuilt() {
        m_ctl->publish(QStringLiteral("in/runs/") + test::kGoodId, test::publishedCampaign());
        QCOMPARE(m_ctl->run("import in").code, 0);
        QCOMPARE(m_ctl->shell(QStringLiteral("mkdir site")).code, 0);
        const Answer exported = exportRun();
        QVERIFY2(exported.code == 0, exported.err.constData());
        QVERIFY(QFile::exists(m_ctl->path(QStringLiteral("site/.nojekyll"))));
        QVERIFY2(!exported.out.contains("ekyll would"), exported.out.constData());
    }

private:
    [[nodiscard]] Answer exportRun() const {
        return m_ctl->run(
            {QStringLiteral("export"), test::kGoodId, QStringLiteral("--to"), QStringLiteral("site")});
    }

    // As the service builds: Markdown needs no front matter there.
    void build() const {
        m_ctl->write(QStringLiteral("jekyll.yml"), "plugins: [jekyll-optional-front-matter]\n");
        const Answer built =
            m_ctl->shell(QStringLiteral("jekyll build --quiet --disable-disk-cache --config jekyll.yml "
                                        "--source site --destination built"));
        QVERIFY2(built.code == 0, built.err.constData());
    }

    // Files of the run that the built site has not, or with other bytes.
    [[nodiscard]] QStringList changed() const {
        const QString folder = QStringLiteral("/runs/") + test::kGoodId;
        const QDir site(m_ctl->path(QStringLiteral("site") + folder));
        QStringList names;
        int seen = 0;
        QDirIterator files(site.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString name = site.relativeFilePath(files.next());
            const QString path = folder + QLatin1Char('/') + name;
            ++seen;
            if (!QFile::exists(m_ctl->path(QStringLiteral("built") + path)) ||
                m_ctl->read(QStringLiteral("built") + path) != m_ctl->read(QStringLiteral("site") + path))
                names << name;
        }
        if (seen < 10)
            names << QStringLiteral("only %1 files were published").arg(seen);
        names.sort();
        return names;
    }

    [[nodiscard]] Answer verify(const char *site) const {
        return m_ctl->run(
            {QStringLiteral("verify"), QStringLiteral("%1/runs/%2").arg(QLatin1String(site), test::kGoodId)});
    }

    std::unique_ptr<test::ShellProgram> m_ctl;
};

QTEST_GUILESS_MAIN(JekyllTest)
#include "tst_jekyll.moc"
