// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testpaths.h"
#include "ui/help/guidedialog.h"

#include <QDir>
#include <QFile>
#include <QListWidget>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>

using namespace slipway;

// The guide in the window: each topic of the folder, links between them, and no way out of it.
class GuideDialogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachTopicIsThere() {
        GuideDialog guide;
        const QDir folder(testPaths::source("resources/guide"));
        const QStringList files = folder.entryList({QStringLiteral("*.md")}, QDir::Files);
        QCOMPARE(guide.findChild<QListWidget *>()->count(), files.size());
        for (const QString &name : files) {
            const QString topic = name.chopped(3);
            guide.showTopic(topic);
            QCOMPARE(guide.topic(), topic);
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString title = QString::fromUtf8(file.readLine()).mid(2).trimmed();
            QVERIFY2(text(guide)->toPlainText().startsWith(title), qPrintable(topic));
        }
    }

    void commandsStandApart() {
        GuideDialog guide;
        guide.showTopic(QStringLiteral("first-campaign"));
        int commands = 0;
        for (QTextBlock block = text(guide)->document()->begin(); block.isValid(); block = block.next()) {
            const bool isCommand = block.text().startsWith(QLatin1String("slipwayctl ")) &&
                                   !block.text().contains(QLatin1String(" has "));
            QCOMPARE(block.blockFormat().leftMargin() > 0, isCommand);
            commands += isCommand ? 1 : 0;
        }
        QVERIFY(commands > 5);
    }

    // Every link of the guide leads to a topic, and does it here.
    void linksLeadToTopics() {
        GuideDialog guide;
        QList<std::pair<QString, QString>> links; // topic and target
        for (int row = 0; row < guide.findChild<QListWidget *>()->count(); ++row) {
            guide.findChild<QListWidget *>()->setCurrentRow(row);
            const QTextDocument &document = *text(guide)->document();
            for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
                for (auto part = block.begin(); !part.atEnd(); ++part) {
                    if (const QString link = part.fragment().charFormat().anchorHref(); !link.isEmpty())
                        links.append({guide.topic(), link});
                }
            }
        }
        QVERIFY(!links.isEmpty());
        for (const auto &[topic, link] : links) {
            guide.showTopic(topic);
            Q_EMIT text(guide)->anchorClicked(QUrl(link));
            QCOMPARE(guide.topic() + QStringLiteral(".md"), link);
        }
    }

    void noOtherLinkIsFollowed() {
        GuideDialog guide;
        guide.showTopic(QStringLiteral("ci"));
        const QString before = text(guide)->toPlainText();
        for (const char *link : {"https://example.org/faults.md", "file:///etc/passwd", "../phases/README.md",
                                 "qrc:/slipway/guide/faults.md", "nope.md", "#top"}) {
            Q_EMIT text(guide)->anchorClicked(QUrl(QLatin1String(link)));
            QCOMPARE(guide.topic(), QStringLiteral("ci"));
            QCOMPARE(text(guide)->toPlainText(), before);
        }
        guide.showTopic(QStringLiteral("../protocols/ship-gate"));
        QCOMPARE(guide.topic(), QStringLiteral("ci"));
    }

private:
    static QTextBrowser *text(const GuideDialog &guide) { return guide.findChild<QTextBrowser *>(); }
};

QTEST_MAIN(GuideDialogTest)
#include "tst_guidedialog.moc"
