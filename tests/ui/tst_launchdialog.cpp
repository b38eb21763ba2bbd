// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/campaignplan.h"
#include "ui/launch/launchdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace slipway;

class LaunchDialogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dialog = std::make_unique<LaunchDialog>(*builtInProtocol(QStringLiteral("ship-gate")),
                                                  *builtInProtocol(kFieldProtocol),
                                                  QStringList{QStringLiteral("taken-1")});
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    }
    void cleanup() { m_dialog.reset(); }

    void asItOpensItCanLaunch() {
        QCOMPARE(m_dialog->problem(), QString());
        QVERIFY(button()->isEnabled());
        const auto choice = m_dialog->choice();
        QCOMPARE(choice.fleet, QStringLiteral("sandbox"));
        QVERIFY(isPlainName(choice.id));
        QCOMPARE(choice.phases, (QList<int>{1, 2, 3, 4}));
        QVERIFY(choice.settings.isEmpty());
    }

    void whatIsWrongIsSaidAtOnce_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("says");
        QTest::newRow("no id") << "id"
                               << ""
                               << "Campaign id";
        QTest::newRow("slash") << "id"
                               << "a/b"
                               << "Campaign id";
        QTest::newRow("taken") << "id"
                               << "taken-1"
                               << "taken-1 is in the archive already";
        QTest::newRow("no file") << "fleet"
                                 << "/no/such/fleet.json"
                                 << "/no/such/fleet.json";
        QTest::newRow("a word") << "cycles"
                                << "many"
                                << "cycles";
        QTest::newRow("too many") << "cycles"
                                  << "1000001"
                                  << "cycles";
        QTest::newRow("negative") << "writes"
                                  << "-1"
                                  << "writes";
        QTest::newRow("over one") << "convergence_min"
                                  << "1.5"
                                  << "convergence_min";
    }

    void whatIsWrongIsSaidAtOnce() {
        QFETCH(QString, field);
        QFETCH(QString, value);
        QFETCH(QString, says);
        set(field, value);
        QVERIFY2(m_dialog->problem().contains(says), qPrintable(m_dialog->problem()));
        QVERIFY(!button()->isEnabled());
        bool shown = false;
        for (const QLabel *label : m_dialog->findChildren<QLabel *>())
            shown = shown || (label->isVisible() && label->text() == m_dialog->problem());
        QVERIFY2(shown, "the problem stands nowhere in the dialog");
    }

    void puttingItRightMakesItLaunch() {
        set(QStringLiteral("cycles"), QStringLiteral("many"));
        QVERIFY(!button()->isEnabled());
        set(QStringLiteral("cycles"), QStringLiteral("200"));
        QVERIFY(button()->isEnabled());
        QCOMPARE(m_dialog->choice().settings.value(QStringLiteral("cycles")), QStringLiteral("200"));
        button()->click();
        QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
    }

    void atLeastOnePhase() {
        for (QCheckBox *box : m_dialog->findChildren<QCheckBox *>())
            box->setChecked(false);
        QVERIFY(m_dialog->problem().startsWith(QStringLiteral("Phases")));
    }

    void tellsWhatThePlanCanProve() {
        const auto said = [this] {
            QStringList all;
            for (const QLabel *label : m_dialog->findChildren<QLabel *>())
                all << label->text();
            return all.join(QLatin1Char('\n'));
        };
        QVERIFY(said().contains(QStringLiteral("enough to support 0.995")));
        set(QStringLiteral("cycles"), QStringLiteral("5"));
        QVERIFY(said().contains(QStringLiteral("0.995 needs 598 acknowledged writes")));
    }

    void aFolderOfScriptsHasParametersOfItsOwn() {
        set(QStringLiteral("fault_after_acks"), QStringLiteral("30"));
        box(QStringLiteral("Programs"))->setEditText(QStringLiteral("/no/such/folder"));
        QVERIFY2(m_dialog->problem().startsWith(QStringLiteral("Programs")), qPrintable(m_dialog->problem()));
        box(QStringLiteral("Programs"))
            ->setEditText(QStringLiteral(SLIPWAY_SOURCE_DIR "/tests/data/fieldscripts"));
        QCOMPARE(m_dialog->problem(), QString());
        QCOMPARE(m_dialog->choice().scripts, QStringLiteral(SLIPWAY_SOURCE_DIR "/tests/data/fieldscripts"));
        QVERIFY(m_dialog->choice().settings.isEmpty());
        set(QStringLiteral("cycles"), QStringLiteral("7"));
        QCOMPARE(m_dialog->choice().settings.value(QStringLiteral("cycles")), QStringLiteral("7"));
        box(QStringLiteral("Programs"))->setCurrentIndex(0);
        box(QStringLiteral("Programs"))->setEditText(box(QStringLiteral("Programs"))->itemText(0));
        QVERIFY(m_dialog->choice().scripts.isEmpty());
    }

private:
    [[nodiscard]] QPushButton *button() const {
        for (QPushButton *one : m_dialog->findChildren<QPushButton *>()) {
            if (one->text() == QStringLiteral("Launch campaign"))
                return one;
        }
        return nullptr;
    }

    [[nodiscard]] QComboBox *box(const QString &name) const {
        for (QComboBox *one : m_dialog->findChildren<QComboBox *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }

    void set(const QString &field, const QString &value) {
        if (field == QStringLiteral("fleet")) {
            box(QStringLiteral("Fleet"))->setEditText(value);
            return;
        }
        QLineEdit *edit = nullptr;
        for (QLineEdit *one : m_dialog->findChildren<QLineEdit *>()) {
            if (one->objectName() == field)
                edit = one;
        }
        QVERIFY2(edit, qPrintable(field));
        edit->setText(value);
    }

    std::unique_ptr<LaunchDialog> m_dialog;
};

QTEST_MAIN(LaunchDialogTest)
#include "tst_launchdialog.moc"
