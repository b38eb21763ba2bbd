// SPDX-License-Identifier: GPL-3.0-or-later
// Series created, edited, ended and drilled in the window, on the real widgets and a real archive.
#include "app/archive/archive.h"
#include "app/session/inventory.h"
#include "app/session/seriesplancheck.h"
#include "app/session/session.h"
#include "models/core/instant.h"
#include "tests/ui/trendssuite.h"
#include "tests/ui/windowsetup.h"
#include "ui/trends/alarmpanel.h"
#include "ui/trends/drilldialog.h"
#include "ui/trends/notedfield.h"
#include "ui/trends/seriesdialog.h"
#include "ui/trends/serieslist.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace slipway;

namespace {

const QString kNightly = QStringLiteral("nightly");

} // namespace

class SeriesSheetTest : public test::TrendsSuite {
    Q_OBJECT
private Q_SLOTS:
    void aSeriesIsCreatedByTheKeyboard() {
        open();
        QTest::keyClick(m_page.get(), Qt::Key_N, Qt::ControlModifier);
        SeriesDialog *sheet = shown<SeriesDialog>();
        QVERIFY(sheet);
        QVERIFY(!save(*sheet).isEnabled());             // it has no name yet
        QCOMPARE(problemOf(*sheet, "name"), QString()); // and none is missed
        auto *name = line(*sheet, "name");
        QTRY_VERIFY(name->hasFocus());
        QTest::keyClicks(name, QStringLiteral("../x"));
        QVERIFY(problemOf(*sheet, "name").contains(QStringLiteral("../x")));
        QTest::keyClick(name, Qt::Key_Return); // does nothing while a field is wrong
        QVERIFY(sheet->isVisible());
        name->clear();
        QVERIFY(problemOf(*sheet, "name").contains(QStringLiteral("missing")));
        QTest::keyClicks(name, kNightly);
        QVERIFY(save(*sheet).isEnabled());
        line(*sheet, "slots")->setText(QStringLiteral("84"));
        sheet->findChild<QComboBox *>(QStringLiteral("fleet"))->setEditText(QStringLiteral("gate"));
        sheet->findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral("cycles=50\n\nmemories=200\n"));
        line(*sheet, "baseline")->setText(QStringLiteral("40-60"));
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(m_page->findChild<SeriesList *>()->names(), QStringList{kNightly});
        const SeriesDefinition kept = definition(kNightly);
        QCOMPARE(kept.slotCount, std::optional<qint64>(84));
        QCOMPARE(kept.plan.fleet, QStringLiteral("gate"));
        QCOMPARE(kept.plan.settings,
                 QStringList({QStringLiteral("cycles=50"), QStringLiteral("memories=200")}));
        QCOMPARE(kept.baseline, std::optional(BaselineRange{40, 60}));
        QCOMPARE(kept.origin, SeriesOrigin::Created);
    }

    void theScheduleSaysItsNextSlotsOrItsError() {
        open();
        action("New series…").trigger();
        SeriesDialog *sheet = shown<SeriesDialog>();
        auto *cron = line(*sheet, "cron");
        QVERIFY2(noteOf(*sheet, "cron").startsWith(QStringLiteral("Next: ")),
                 qPrintable(noteOf(*sheet, "cron")));
        cron->setText(QStringLiteral("0 24 * * *"));
        QVERIFY(problemOf(*sheet, "cron").contains(QStringLiteral("\"24\" is not a valid hour")));
        for (const char *other : {"name", "grace", "claim", "webhook"})
            QCOMPARE(problemOf(*sheet, other), QString()); // of exactly this field
        cron->setText(QStringLiteral("0 23 * * *"));
        QCOMPARE(problemOf(*sheet, "cron"), QString());
        QVERIFY(noteOf(*sheet, "cron").contains(QStringLiteral("23:00")));
    }

    void aNameIsTakenOnce() {
        create();
        open();
        QTRY_VERIFY(m_page->view());
        action("New series…").trigger();
        SeriesDialog *sheet = shown<SeriesDialog>();
        line(*sheet, "name")->setText(kNightly);
        QVERIFY(problemOf(*sheet, "name").contains(QStringLiteral("already")));
        QVERIFY(!save(*sheet).isEnabled());
    }

    void theFleetsOfTheInventoryAreOffered() {
        open();
        Fleet fleet;
        fleet.name = QStringLiteral("gate");
        Host host;
        host.name = QStringLiteral("node-a");
        host.address = host.privateAddress = QStringLiteral("192.0.2.1");
        host.serverPath = QStringLiteral("/opt/ai-memory");
        host.workDir = QStringLiteral("/tmp/slipway");
        fleet.hosts = {host};
        std::optional<Result<void>> written;
        m_session->inventory().write({FleetChange{fleet.name, std::nullopt, fleet}},
                                     [&](const Result<void> &answer) { written = answer; });
        QTRY_VERIFY(written);
        QVERIFY2(written->ok(), written->ok() ? "" : qPrintable(written->error().text));
        action("New series…").trigger();
        const auto *box = shown<SeriesDialog>()->findChild<QComboBox *>(QStringLiteral("fleet"));
        QCOMPARE(box->currentText(), QStringLiteral("sandbox"));
        QTRY_VERIFY(box->findText(QStringLiteral("gate")) >= 0);
        QCOMPARE(box->currentText(), QStringLiteral("sandbox")); // what stood there stays
    }

    void theListHasTheCommandsInItsMenu() {
        create();
        open();
        QTRY_VERIFY(m_page->view());
        const auto *list = m_page->findChild<SeriesList *>();
        QCOMPARE(list->contextMenuPolicy(), Qt::ActionsContextMenu);
        for (const char *name : {"New series…", "Edit series…", "End series", "Run a drill…"})
            QVERIFY2(list->actions().contains(&action(name)), name);
    }

    void anEditKeepsWhatItDidNotChange() {
        create();
        open();
        QTRY_VERIFY(m_page->view());
        action("Edit series…").trigger();
        SeriesDialog *sheet = shown<SeriesDialog>();
        QVERIFY(!line(*sheet, "name")); // the name of a series stays
        line(*sheet, "grace")->setText(QStringLiteral("90"));
        // Meanwhile another program changes another field.
        edit({{QStringLiteral("ref"), {QStringLiteral("v0.6.1")}}});
        save(*sheet).click();
        QTRY_COMPARE(definition(kNightly).graceSeconds, qint64(90 * 60));
        QCOMPARE(definition(kNightly).plan.ref, QStringLiteral("v0.6.1"));
        QTRY_VERIFY(says(*m_page, QStringLiteral("grace: 1 h 30 min")));
    }

    void anInferredScheduleIsConfirmed() {
        keepField();
        open();
        QTRY_VERIFY(m_page->view());
        QVERIFY(m_page->view()->judged.definition.isScheduleInferred);
        action("Confirm schedule…").trigger();
        SeriesDialog *sheet = shown<SeriesDialog>();
        QCOMPARE(line(*sheet, "cron")->text(), QStringLiteral("13 */4 * * *"));
        QVERIFY(save(*sheet).isEnabled()); // as it is
        save(*sheet).click();
        QTRY_VERIFY(!m_page->view()->judged.definition.isScheduleInferred);
        QCOMPARE(definition(test::kField).schedule.text(), QStringLiteral("13 */4 * * *"));
        QVERIFY(action("Edit series…").isEnabled()); // and is called so again
    }

    void anEndAsksOnceAndIsUndone() {
        create();
        open();
        QTRY_VERIFY(m_page->view());
        std::function<void()> undo;
        connect(m_page.get(), &TrendsPage::noted, this,
                [&](const QString &, const std::function<void()> &back) { undo = back; });
        action("End series").trigger();
        auto *box = shown<QMessageBox>();
        QVERIFY(box);
        QVERIFY(box->text().contains(QStringLiteral("No slot comes any more")));
        QVERIFY(!definition(kNightly).end.isValid());
        QTest::keyClick(box, Qt::Key_Escape); // no
        QTRY_VERIFY(!shown<QMessageBox>());
        QVERIFY(!definition(kNightly).end.isValid());
        action("End series").trigger();
        box = shown<QMessageBox>();
        for (QAbstractButton *button : box->buttons()) {
            if (box->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        }
        QTRY_VERIFY(definition(kNightly).end.isValid());
        QTRY_VERIFY(undo);
        QTRY_VERIFY(says(*m_page, QStringLiteral("The series is over.")));
        undo();
        QTRY_VERIFY(!definition(kNightly).end.isValid());
        QTRY_VERIFY(!says(*m_page, QStringLiteral("The series is over.")));
    }

    void aDrillRunsAndIsRemembered_data() {
        QTest::addColumn<bool>("answers");
        QTest::newRow("the webhook answers") << true;
        QTest::newRow("the webhook refuses") << false;
    }
    void aDrillRunsAndIsRemembered() {
        QFETCH(bool, answers);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QByteArray asked;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [&, socket] {
                asked += socket->readAll();
                if (!asked.endsWith('}'))
                    return;
                socket->write(answers ? "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
                                      : "HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                socket->disconnectFromHost();
            });
        });
        create();
        edit({{QStringLiteral("webhook"),
               {QStringLiteral("http://127.0.0.1:%1/hook").arg(server.serverPort())}}});
        open();
        QTRY_VERIFY(m_page->view());
        QVERIFY(says(*m_page->findChild<AlarmPanel *>(), QStringLiteral("Last drill: never")));
        const QSignalSpy desktop(m_page.get(), &TrendsPage::alarmOpened);
        action("Run a drill…").trigger();
        auto *dialog = shown<DrillDialog>();
        QVERIFY(dialog);
        QCOMPARE(dialog->findChildren<QRadioButton *>().size(), qsizetype(4));
        dialog->findChild<QRadioButton *>(QStringLiteral("lost-write"))->click();
        auto *run = dialog->findChild<QPushButton *>(QStringLiteral("primary"));
        run->click();
        QVERIFY(!run->isEnabled()); // once at a time; this thread is not kept
        QTRY_VERIFY(
            says(*dialog, answers ? QStringLiteral("loss alarmed, and its message reached its end.")
                                  : QStringLiteral("loss alarmed, and its message did not reach its end.")));
        QVERIFY2(asked.startsWith("POST /hook ") && asked.contains("DRILL, series nightly"),
                 asked.constData());
        QCOMPARE(says(*dialog, QStringLiteral("answered with status 500")), !answers);
        QCOMPARE(desktop.count(), 1);
        QTRY_VERIFY(says(*m_page->findChild<AlarmPanel *>(),
                         answers ? QStringLiteral("lost-write: the alarm reached its end")
                                 : QStringLiteral("lost-write: the alarm did not reach its end")));
        QCOMPARE(m_page->view()->judged.runs.size(), qsizetype(0)); // nothing of it is a run of the series
    }

    void theCommandsAreCopied() {
        create();
        open();
        QTRY_VERIFY(m_page->view());
        action("Edit series…").trigger();
        SeriesDialog *sheet = shown<SeriesDialog>();
        for (auto *button : sheet->findChildren<QPushButton *>()) {
            if (button->accessibleName() == QStringLiteral("Copy: Install the timer"))
                button->click();
        }
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(
            QStringLiteral("slipwayctl series install nightly --data-dir '") + m_paths.dataDir));
    }

    void aSmallWindowHasRoomForTheSheet() {
        open();
        m_page->resize(1024, 640);
        action("New series…").trigger();
        SeriesDialog *sheet = shown<SeriesDialog>();
        QVERIFY2(sheet->width() <= 640, qPrintable(QString::number(sheet->width())));
        QVERIFY2(sheet->height() <= 640, qPrintable(QString::number(sheet->height())));
        const auto *scroll = sheet->findChild<QScrollArea *>();
        QVERIFY(scroll->verticalScrollBar()->maximum() > 0);
        QCOMPARE(scroll->horizontalScrollBar()->maximum(), 0);
        for (QWidget *field : sheet->findChildren<QWidget *>()) {
            if (qobject_cast<QLineEdit *>(field) || qobject_cast<QPlainTextEdit *>(field) ||
                qobject_cast<QComboBox *>(field)) {
                if (!qobject_cast<QComboBox *>(field->parentWidget()))
                    QVERIFY2(!field->accessibleName().isEmpty(), qPrintable(field->objectName()));
            }
        }
    }

    void withoutASeriesACommandSaysSo() {
        open();
        QTRY_VERIFY(says(*m_page, QStringLiteral("No series yet")));
        const QSignalSpy problems(m_page.get(), &TrendsPage::problemOccurred);
        for (const char *name : {"Edit series…", "End series", "Run a drill…"})
            action(name).trigger();
        QCOMPARE(problems.count(), 3);
    }

private:
    void create() {
        const auto store = Archive::open(m_paths);
        QVERIFY(store.ok());
        SeriesArchive archive(**store);
        const auto made = newDefinition({{QStringLiteral("name"), {kNightly}},
                                         {QStringLiteral("cron"), {QStringLiteral("13 */4 * * *")}},
                                         {QStringLiteral("fleet"), {QStringLiteral("sandbox")}}},
                                        QDateTime::currentDateTimeUtc());
        QVERIFY(made.ok());
        QVERIFY(createSeries(archive, *made, checkSeriesPlan).ok());
    }
    void edit(const DefinitionFields &fields) {
        const auto store = Archive::open(m_paths);
        QVERIFY(store.ok());
        SeriesArchive archive(**store);
        QVERIFY(editSeries(archive, kNightly, fields, checkSeriesPlan).ok());
    }
    [[nodiscard]] SeriesDefinition definition(const QString &name) const {
        const auto store = Archive::openToRead(m_paths);
        if (!store)
            return {};
        const auto found = SeriesArchive(**store).definition(name);
        return found ? *found : SeriesDefinition();
    }
    void open() {
        makePage();
        QVERIFY(m_page);
        QVERIFY(test::showActive(*m_page));
    }
    [[nodiscard]] QAction &action(const char *text) const {
        for (QAction *one : m_page->actions()) {
            if (one->text() == QString::fromUtf8(text))
                return *one;
        }
        qFatal("the page has no action %s", text);
    }
    template <typename Dialog>
    [[nodiscard]] Dialog *shown() const {
        for (Dialog *dialog : m_page->findChildren<Dialog *>()) {
            if (dialog->isVisible())
                return dialog;
        }
        return nullptr;
    }
    static QPushButton &save(const QWidget &sheet) {
        return *sheet.findChild<QPushButton *>(QStringLiteral("primary"));
    }
    static QLineEdit *line(const QWidget &sheet, const char *field) {
        return sheet.findChild<QLineEdit *>(QLatin1String(field));
    }
    static QString problemOf(const QWidget &sheet, const char *field) {
        return static_cast<NotedField *>(line(sheet, field)->parentWidget())->problem();
    }
    static QString noteOf(const QWidget &sheet, const char *field) {
        return line(sheet, field)->accessibleDescription();
    }
};

QTEST_MAIN(SeriesSheetTest)
#include "tst_seriessheet.moc"
