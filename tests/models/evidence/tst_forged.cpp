// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/observation/zstream.h"
#include "tests/models/evidence/forgeries.h"
#include "tests/models/evidence/goodcampaign.h"

#include <QTest>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr qsizetype kLines = 24; // of each file
constexpr int kStride = 11;      // a prime, so that every way to change a fact comes up in every file

// SLIPWAY_FORGED_STRIDE=1 tries every forgery there is; packaging/mutate-judge, in a hurry, one of some
// hundred.
int stride() {
    const int asked = qEnvironmentVariableIntValue("SLIPWAY_FORGED_STRIDE");
    return asked > 0 ? asked : kStride;
}

bool sameDerived(const QList<EvidenceFile> &files, const QList<EvidenceFile> &others) {
    return std::all_of(others.begin(), others.end(), [&](const EvidenceFile &other) {
        if (other.name == kManifest || other.name == kPlanFile || other.name.startsWith(kObservationFolder))
            return true;
        const EvidenceFile *file = findFile(files, other.name);
        return file && file->bytes == other.bytes;
    });
}

} // namespace

// One fact of a proven folder is changed at a time. It must not stay proven, whether or not the manifest is
// made to agree with the change.
class ForgedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        GoodCampaignPlan requested;
        requested.protocol = &canaryProtocol();
        m_folder = publishedCampaign(requested);
        const Judgement judgement = judged(m_folder);
        QVERIFY2(judgement.verdict == Verdict::Proven,
                 qPrintable(verdictName(judgement.verdict) + QStringLiteral(": ") + judgement.reason));
    }

    void changedFoldersAreNotProven() {
        qint64 tried = 0;
        QStringList escaped;
        forEachForgery(m_folder, kLines, stride(), [&](const Forgery &forgery) {
            ++tried;
            if (judged(forgery.files).verdict == Verdict::Proven)
                escaped << forgery.what;
        });
        report(tried, escaped);
    }

    // Whoever forges has this program too: the manifest, with all its hashes, is made to agree with the
    // change.
    void changedFoldersThatWereSealedAgainAreNotProven() {
        qint64 tried = 0;
        qint64 equal = 0;
        QStringList escaped;
        forEachForgery(m_folder, kLines, stride(), [&](const Forgery &forgery) {
            if (forgery.what.startsWith(kManifest) || forgery.what.startsWith(QLatin1String("index.html")))
                return; // sealing writes the one, and the other is not evidence
            Forgery sealed = forgery;
            reseal(sealed.files);
            ++tried;
            if (judged(sealed.files).verdict != Verdict::Proven)
                return;
            // A fact from which nothing follows: the time of a line of progress, say.
            if (sameDerived(sealed.files, m_folder))
                ++equal;
            else
                escaped << forgery.what;
        });
        qInfo("%lld of them change nothing that follows", static_cast<long long>(equal));
        QVERIFY(equal < tried / 4);
        report(tried, escaped);
    }

private:
    static void report(qint64 tried, const QStringList &escaped) {
        for (const QString &what : escaped.mid(0, 20))
            qWarning("still proven: %s", qPrintable(what));
        qInfo("forged %lld/%lld", static_cast<long long>(tried - escaped.size()),
              static_cast<long long>(tried));
        QVERIFY(tried >= 2000 * kStride / std::max(kStride, stride()));
        QCOMPARE(escaped.size(), 0);
    }

    QList<EvidenceFile> m_folder;
};

QTEST_APPLESS_MAIN(ForgedTest)
#include "tst_forged.moc"
