// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/evidencepanel.h"

#include "ui/common/copyactions.h"
#include "ui/common/theme.h"

#include <QCryptographicHash>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kShown = qsizetype(1024) * 1024;
constexpr qsizetype kHashed = qsizetype(4) * 1024 * 1024; // more would take longer than a frame

} // namespace

EvidencePanel::EvidencePanel(QWidget *parent)
    : CampaignTab(parent), m_list(new QListWidget), m_facts(new QLabel), m_text(new QPlainTextEdit) {
    m_list->setAccessibleName(tr("Evidence files"));
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setFont(smallFont());
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setContentsMargins(8, 0, 0, 4);
    m_text->setReadOnly(true);
    m_text->setFont(logFont());
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setAccessibleName(tr("File, as it was recorded"));
    auto *right = new QWidget;
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(0);
    rightLayout->addWidget(m_facts);
    rightLayout->addWidget(m_text, 1);
    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("evidenceSplit"));
    split->setChildrenCollapsible(false);
    split->addWidget(m_list);
    split->addWidget(right);
    split->setStretchFactor(1, 1);
    split->setSizes({260, 560});
    addCopyActions(*m_list, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 10, 0, 0);
    layout->addWidget(split);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) { showFile(row, 0, 0); });
}

QString EvidencePanel::title() const {
    return m_files.isEmpty() ? tr("Evidence") : tr("Evidence %1").arg(m_files.size());
}

void EvidencePanel::setFiles(const QList<EvidenceFile> &files) {
    const QSignalBlocker blocker(m_list);
    m_files = files;
    m_pending.reset();
    m_list->clear();
    m_text->clear();
    for (const EvidenceFile &file : files)
        m_list->addItem(file.name);
    m_facts->setText(files.isEmpty() ? tr("No file was recorded for this campaign.")
                                     : tr("Select a file to see its bytes."));
    Q_EMIT titleChanged();
}

bool EvidencePanel::showRange(const SourceRange &range) {
    m_pending.reset();
    const auto file = std::find_if(m_files.begin(), m_files.end(),
                                   [&](const EvidenceFile &f) { return f.name == range.file; });
    if (file == m_files.end())
        return false;
    const int row = static_cast<int>(file - m_files.begin());
    {
        const QSignalBlocker blocker(m_list);
        m_list->setCurrentRow(row);
    }
    showFile(row, range.offset, range.length);
    return true;
}

void EvidencePanel::followRange(const SourceRange &range) {
    m_pending = range;
    if (isVisible())
        showEvent(nullptr);
}

void EvidencePanel::showEvent(QShowEvent *) {
    if (const auto pending = std::exchange(m_pending, std::nullopt))
        showRange(*pending);
}

void EvidencePanel::showFile(int row, qint64 offset, qint64 length) {
    m_text->setExtraSelections({});
    if (row < 0 || row >= m_files.size())
        return;
    const EvidenceFile &file = m_files.at(row);
    const qint64 from = offset + length <= kShown ? 0 : std::max<qint64>(0, offset - kShown / 4);
    QString facts = tr("%L1 bytes").arg(file.bytes.size());
    if (!file.problem.isEmpty())
        facts = file.problem;
    else if (file.bytes.size() <= kHashed)
        facts += tr(" · SHA-256 %1")
                     .arg(QString::fromLatin1(
                         QCryptographicHash::hash(file.bytes, QCryptographicHash::Sha256).toHex()));
    if (file.bytes.size() > kShown)
        facts += tr(" · bytes %L1 to %L2 are shown")
                     .arg(from)
                     .arg(std::min<qint64>(from + kShown, file.bytes.size()));
    m_facts->setText(facts);
    m_text->setPlainText(QString::fromUtf8(file.bytes.mid(from, kShown)));
    if (length <= 0)
        return;
    // The text counts in UTF-16, the evidence in bytes.
    const auto chars = [&](qint64 until) {
        return static_cast<int>(
            QString::fromUtf8(file.bytes.mid(from, std::clamp<qint64>(until - from, 0, kShown))).size());
    };
    QTextCursor cursor(m_text->document());
    cursor.setPosition(std::min(chars(offset), m_text->document()->characterCount() - 1));
    m_text->setTextCursor(cursor);
    cursor.setPosition(std::min(chars(offset + length), m_text->document()->characterCount() - 1),
                       QTextCursor::KeepAnchor);
    QTextEdit::ExtraSelection mark;
    mark.cursor = cursor;
    mark.format.setBackground(theme().selection);
    m_text->setExtraSelections({mark});
    m_text->centerCursor();
}

void EvidencePanel::setMenuActions(const QList<QAction *> &actions) {
    addMenuActions(*m_list, actions);
}

} // namespace slipway
