// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/evidencepanel.h"

#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTest>

using namespace slipway;

class EvidencePanelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_panel = std::make_unique<EvidencePanel>();
        m_panel->setFiles(
            {{QStringLiteral("phase2.json"), QByteArray("{\"név\": \"α\", \"count\": 17}")},
             {QStringLiteral("long.log"), QByteArray(1'500'000, 'x') + "needle" + QByteArray(1'500'000, 'y')},
             {QStringLiteral("gone.json"), {}, QStringLiteral("It is a link.")}});
    }

    void theBytesOfARangeAreMarked() {
        const QByteArray bytes("{\"név\": \"α\", \"count\": 17}");
        QVERIFY(m_panel->showRange({QStringLiteral("phase2.json"), bytes.indexOf("17"), 2}));
        QCOMPARE(marked(), QStringLiteral("17"));
        QVERIFY(facts().contains(QStringLiteral("SHA-256")));
    }

    void aPlaceFarInsideALongFileIsReached() {
        QVERIFY(m_panel->showRange({QStringLiteral("long.log"), 1'500'000, 6}));
        QCOMPARE(marked(), QStringLiteral("needle"));
        QVERIFY(text()->toPlainText().size() <= 1024 * 1024);
    }

    void aMarkDoesNotOutliveItsFile() {
        QVERIFY(m_panel->showRange({QStringLiteral("phase2.json"), 2, 3}));
        m_panel->findChild<QListWidget *>()->setCurrentRow(1);
        QVERIFY(text()->extraSelections().isEmpty());
    }

    void aFileThatCouldNotBeReadSaysWhy() {
        m_panel->findChild<QListWidget *>()->setCurrentRow(2);
        QCOMPARE(facts(), QStringLiteral("It is a link."));
    }

    void anUnknownFileIsRefused() { QVERIFY(!m_panel->showRange({QStringLiteral("../phase2.json"), 0, 1})); }

private:
    [[nodiscard]] QPlainTextEdit *text() const { return m_panel->findChild<QPlainTextEdit *>(); }
    [[nodiscard]] QString facts() const { return m_panel->findChild<QLabel *>()->text(); }
    [[nodiscard]] QString marked() const {
        const auto marks = text()->extraSelections();
        return marks.size() == 1 ? marks.first().cursor.selectedText() : QString();
    }

    std::unique_ptr<EvidencePanel> m_panel;
};

QTEST_MAIN(EvidencePanelTest)
#include "tst_evidencepanel.moc"
