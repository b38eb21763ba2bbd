// SPDX-License-Identifier: GPL-3.0-or-later
// Each page and sheet in five sizes and two sizes of text; the scale is QT_SCALE_FACTOR's, and CTest runs
// this with three. What cannot be read or reached is a fault.
#include "app/session/inventory.h"
#include "app/session/publishrunner.h"
#include "app/session/session.h"
#include "tests/ui/layoutfaults.h"
#include "tests/ui/sample.h"
#include "tests/ui/windowsetup.h"
#include "ui/campaign/campaignpage.h"
#include "ui/common/sidecolumns.h"
#include "ui/common/theme.h"
#include "ui/exporter/exportsheet.h"
#include "ui/mainwindow/campaignspage.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/palette/helpsheet.h"
#include "ui/palette/palette.h"

#include <QApplication>
#include <QDialog>
#include <QSettings>
#include <QStackedWidget>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace slipway;

namespace {

constexpr std::array kSizes{QSize(1024, 640), QSize(1280, 720), QSize(1440, 900), QSize(1920, 1080),
                            QSize(2560, 1440)};
constexpr std::array kTextPx{13, 26};
constexpr int kWaits = 25;

} // namespace

class LayoutTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { test::useSettings(m_settings.path(), QStringLiteral("tst_layout")); }

    void init() {
        QSettings().clear();
        m_dir = std::make_unique<QTemporaryDir>();
        m_faults.clear();
    }
    void cleanup() {
        m_window.reset();
        m_session.reset();
    }

    void theFirstPage_data() { sizes(); }
    void theFirstPage() {
        open({});
        look(QStringLiteral("no campaign"));
        verify();
    }

    void theCampaigns_data() { sizes(); }
    void theCampaigns() {
        CampaignRecord invalid = sample::redCampaign(QStringLiteral("v0.6.0.0-final-r22"));
        invalid.summary.verdict = invalid.judgement->verdict = Verdict::InvalidEvidence;
        invalid.summary.reason = invalid.judgement->reason = QStringLiteral(
            "Phase 4: kill_primary_mid_write, cycle 20: the survivors were not asked which writes they hold");
        Check weak; // the longest word of a result
        weak.id = QStringLiteral("phase4.kill_primary_mid_write.bound");
        weak.flaw = Check::Flaw::Unsupported;
        invalid.judgement->checks.prepend(weak);
        open({sample::greenCampaign(QStringLiteral("v0.6.0.0-final-r20")), invalid});
        QTRY_COMPARE(page().campaignId(), invalid.summary.id);
        auto *tabs = page().findChild<QTabBar *>();
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            look(tabs->tabText(tab));
        }
        auto &columns = m_window->findChild<CampaignsPage *>()->columns();
        for (const auto side : {SideColumns::Side::Left, SideColumns::Side::Right}) {
            columns.reveal(side);
            QVERIFY(columns.isShown(side));
            look(QStringLiteral("column %1").arg(side == SideColumns::Side::Left ? 1 : 2));
            columns.closeDrawers();
        }
        verify();
    }

    void theOtherPages_data() { sizes(); }
    void theOtherPages() {
        open({sample::greenCampaign(QStringLiteral("rc-1")), sample::redCampaign(QStringLiteral("rc-2"))});
        auto *pages = m_window->findChild<QStackedWidget *>();
        for (int page = 1; page < pages->count(); ++page) {
            QTest::keySequence(m_window.get(), QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + page)));
            QCOMPARE(pages->currentIndex(), page);
            look(QStringLiteral("page %1").arg(page + 1));
        }
        verify();
    }

    void theSheets_data() { sizes(); }
    void theSheets() {
        open({sample::redCampaign(QStringLiteral("rc-2"))});
        QTRY_COMPARE(page().campaignId(), QStringLiteral("rc-2"));
        QTest::keySequence(m_window.get(), QKeySequence(Qt::Key_Question));
        look(QStringLiteral("keys"));
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::Key_K));
        look(QStringLiteral("palette"));
        m_window->findChild<Palette *>()->dismiss();
        for (const auto &[name, key] :
             {std::pair{"launch", Qt::Key_L}, std::pair{"import", Qt::Key_O}, std::pair{"export", Qt::Key_E}})
            lookAtDialog(QString::fromLatin1(name), QKeySequence(Qt::CTRL | key));
        QTest::keySequence(m_window.get(), QKeySequence(Qt::ALT | Qt::Key_3));
        lookAtDialog(QStringLiteral("host"), QKeySequence(Qt::CTRL | Qt::Key_N));
        QTest::keySequence(m_window.get(), QKeySequence(Qt::ALT | Qt::Key_2));
        lookAtDialog(QStringLiteral("series"), QKeySequence(Qt::CTRL | Qt::Key_N));
        verify();
    }

    // As an earlier version saved it, or another screen left it.
    void aSavedWidthThatIsTooLargeIsMended() {
        QApplication::setFont(fontOf(kTextPx.front()));
        applyTheme(*qApp, QStringLiteral("light"));
        QSettings().setValue(QStringLiteral("window/column-widths"), QVariantList{4000, -7});
        m_size = kSizes.at(2);
        show({sample::redCampaign(QStringLiteral("rc-2"))});
        QTRY_COMPARE(page().campaignId(), QStringLiteral("rc-2"));
        auto &columns = m_window->findChild<CampaignsPage *>()->columns();
        for (const auto side : {SideColumns::Side::Left, SideColumns::Side::Right})
            QVERIFY(columns.isShown(side));
        look(QStringLiteral("mended"));
        for (const int width : columns.widths())
            QVERIFY2(width > 100 && width <= m_size.width() / 3, qPrintable(QString::number(width)));
        verify();
    }

private:
    static QFont fontOf(int px) {
        QFont font = QApplication::font();
        font.setPixelSize(px);
        return font;
    }
    static void sizes() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("text");
        for (const QSize size : kSizes) {
            for (const int text : kTextPx)
                QTest::addRow("%dx%d, text of %d px", size.width(), size.height(), text) << size << text;
        }
    }
    void open(const QList<CampaignRecord> &records) {
        QFETCH(QSize, size);
        QFETCH(int, text);
        QApplication::setFont(fontOf(text));
        applyTheme(*qApp, QStringLiteral("light"));
        m_size = size;
        show(records);
    }
    void show(const QList<CampaignRecord> &records) {
        const Paths paths{m_dir->path()};
        QVERIFY(sample::archive(paths, records));
        for (const CampaignRecord &record : records)
            QVERIFY(
                sample::spool(paths, record.summary.id, record.phaseRuns.constFirst(), "a line\nfailed\n"));
        auto session = Session::open(paths);
        QVERIFY(session);
        m_session = std::move(*session);
        m_window = std::make_unique<MainWindow>(*m_session, sample::shipGate(), sample::shipGate());
        m_window->QWidget::show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->resize(m_size);
    }
    void look(const QString &what) { lookAt(*m_window, what, m_size); }
    void lookAt(QWidget &window, const QString &what, QSize size) {
        QStringList faults; // until it rests: some of it is laid out later
        for (int wait = 0; wait < kWaits; ++wait) {
            QTest::qWait(20);
            faults = test::layoutFaults(window);
            if (faults.isEmpty())
                break;
        }
        if (window.width() > size.width() || window.height() > size.height())
            m_faults
                << QStringLiteral("%1: takes %2 x %3").arg(what).arg(window.width()).arg(window.height());
        for (const QString &fault : std::as_const(faults))
            m_faults << what + QStringLiteral(": ") + fault;
    }
    void lookAtDialog(const QString &what, const QKeySequence &keys) {
        bool seen = false;
        QTimer watch;
        connect(&watch, &QTimer::timeout, this, [&] {
            auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
            if (!dialog || seen)
                return;
            seen = true;
            dialog->resize(dialog->size().boundedTo(m_size));
            lookAt(*dialog, what, m_size);
            dialog->reject();
        });
        watch.start(10);
        QTest::keySequence(m_window.get(), keys);
        QTRY_VERIFY2(seen, qPrintable(what));
        QTRY_VERIFY(!QApplication::activeModalWidget());
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void verify() {
        m_faults.removeDuplicates();
        QVERIFY2(m_faults.isEmpty(), qPrintable(QLatin1Char('\n') + m_faults.join(QLatin1Char('\n'))));
    }
    [[nodiscard]] CampaignPage &page() const { return *m_window->findChild<CampaignPage *>(); }

    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    QSize m_size;
    QStringList m_faults;
};

QTEST_MAIN(LayoutTest)
#include "tst_layout.moc"
