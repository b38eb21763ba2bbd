// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/guidedialog.h"

#include <QDir>
#include <QFile>
#include <QHBoxLayout>
#include <QListWidget>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextCursor>
#include <QTextDocument>
#include <QUrl>

namespace slipway {

namespace {

constexpr QSize kSize(62, 44); // in heights of a line of text
const QString kEnd = QStringLiteral(".md");

QString textOf(const QString &topic) {
    QFile file(QStringLiteral(":/slipway/guide/") + topic + kEnd);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// "# The real server"
QString titleOf(const QString &text) {
    return text.section(QLatin1Char('\n'), 0, 0).mid(2);
}

// Markdown comes without room between its paragraphs; lines of a block of commands stay together.
void makeRoom(QTextDocument &document, int line) {
    document.setDocumentMargin(line);
    bool wasCode = false;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        const bool isCode = format.hasProperty(QTextFormat::BlockCodeLanguage);
        format.setTopMargin(block == document.begin() || (isCode && wasCode) ? 0 : line / 2.0);
        format.setLeftMargin(isCode ? line : 0);
        QTextCursor(block).setBlockFormat(format);
        wasCode = isCode;
    }
}

// What a text names stays unread: there is nothing but text in the guide.
class TopicText : public QTextBrowser {
public:
    using QTextBrowser::QTextBrowser;
    QVariant loadResource(int, const QUrl &) override { return {}; }
};

} // namespace

GuideDialog::GuideDialog(QWidget *parent)
    : QDialog(parent), m_topics(new QListWidget(this)), m_text(new TopicText(this)) {
    setWindowTitle(tr("Guide"));
    resize(kSize * fontMetrics().height());
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_topics, 1);
    layout->addWidget(m_text, 3);
    m_topics->setAccessibleName(tr("Topics"));
    m_text->setAccessibleName(tr("Topic"));
    m_text->setOpenLinks(false);
    const QStringList files = QDir(QStringLiteral(":/slipway/guide")).entryList(QDir::Files, QDir::Name);
    for (const QString &file : files) {
        const QString topic = file.chopped(kEnd.size());
        auto *item = new QListWidgetItem(titleOf(textOf(topic)), m_topics);
        item->setData(Qt::UserRole, topic);
    }
    connect(m_topics, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
        if (!item)
            return;
        m_text->setMarkdown(textOf(item->data(Qt::UserRole).toString()));
        makeRoom(*m_text->document(), fontMetrics().height());
        m_text->moveCursor(QTextCursor::Start);
    });
    connect(m_text, &QTextBrowser::anchorClicked, this, &GuideDialog::follow);
}

void GuideDialog::showTopic(const QString &topic) {
    for (int row = 0; row < m_topics->count(); ++row) {
        if (m_topics->item(row)->data(Qt::UserRole).toString() == topic)
            m_topics->setCurrentRow(row);
    }
}

QString GuideDialog::topic() const {
    const QListWidgetItem *item = m_topics->currentItem();
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void GuideDialog::follow(const QUrl &link) {
    const QString name = link.toString();
    if (name.endsWith(kEnd))
        showTopic(name.chopped(kEnd.size()));
}

} // namespace slipway
