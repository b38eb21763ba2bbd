// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/palette.h"

#include "models/core/fuzzymatch.h"
#include "ui/common/verdictmark.h"
#include "ui/palette/commandtable.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

namespace {

constexpr QSize kSize(50, 32); // in heights of a line of text
constexpr int kPauseMs = 150;
constexpr qsizetype kMaxShown = 200; // more are counted: further words narrow them
constexpr qsizetype kRecent = 5;
constexpr qsizetype kHitLength = 120;
enum Role { KindRole = Qt::UserRole, IndexRole, IdRole };
enum Kind { CommandKind, CampaignKind, HitKind, NothingKind };

QString textOf(const Command &command) {
    return QStringLiteral("%1: %2").arg(command.section, command.text());
}

QListWidgetItem *add(QListWidget &list, Kind kind, const QString &text) {
    auto *item = new QListWidgetItem(text, &list);
    item->setData(KindRole, kind);
    return item;
}

} // namespace

Palette::Palette(CommandTable &commands, QWidget &window)
    : Overlay(window), m_commands(commands), m_pause(new QTimer(this)), m_field(new QLineEdit),
      m_list(new QListWidget) {
    setAccessibleName(tr("Search or run a command"));
    m_field->setPlaceholderText(tr("A command, a campaign, or words in reasons, logs and insights"));
    m_field->setAccessibleName(tr("Search or run a command"));
    m_field->installEventFilter(this);
    m_list->setAccessibleName(tr("What was found"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    setFocusProxy(m_field);
    m_pause->setSingleShot(true);
    m_pause->setInterval(kPauseMs);
    connect(m_pause, &QTimer::timeout, this, [this] {
        if (const QString words = m_field->text().trimmed(); words.size() > 1)
            Q_EMIT searchRequested(words);
    });
    connect(m_field, &QLineEdit::textChanged, this, [this] {
        fill();
        m_pause->start();
    });
    connect(m_list, &QListWidget::itemClicked, this, &Palette::run);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 10, 10, 10);
    layout->setSpacing(8);
    layout->addWidget(m_field);
    layout->addWidget(m_list, 1);
}

void Palette::ask(const QString &words) {
    m_field->setText(words);
    m_field->selectAll();
    fill();
    open(kSize * fontMetrics().height());
}

void Palette::setHits(const QString &words, const QList<SearchHit> &hits) {
    if (words != m_field->text().trimmed() || !isVisible())
        return;
    m_hitWords = words;
    m_hits = hits;
    const int row = m_list->currentRow();
    fill();
    m_list->setCurrentRow(std::max(0, row));
}

void Palette::fill() {
    const QString text = m_field->text().trimmed();
    const QList<Found> found = find(text.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    m_list->clear();
    for (const Found &one : found.mid(0, kMaxShown))
        addFound(one);
    if (found.size() > kMaxShown)
        sayNothing(tr("and %1 more; further words narrow them").arg(found.size() - kMaxShown));
    if (text == m_hitWords)
        addHits();
    if (m_list->count() == 0)
        sayNothing(
            tr("Nothing is called \"%1\". Reasons, logs and insights are searched as well.").arg(text));
    m_list->setCurrentRow(0);
}

// Without words: the commands, what was run last before the others.
QList<Palette::Found> Palette::find(const QStringList &words) const {
    QList<Found> found;
    const auto &commands = m_commands.commands();
    for (qsizetype i = 0; i < commands.size(); ++i) {
        const QString text = textOf(commands.at(i));
        if (const auto score = fuzzyScore(words, text)) {
            const qsizetype recent = words.isEmpty() ? m_recent.indexOf(text) : -1;
            found.append({recent < 0 ? *score : static_cast<int>(recent - kRecent), CommandKind, i});
        }
    }
    for (qsizetype i = 0; !words.isEmpty() && i < m_entries.size(); ++i) {
        const CampaignSummary &summary = m_entries.at(i).summary;
        if (const auto score = fuzzyScore(words, summary.id + QLatin1Char(' ') + summary.ref))
            found.append({*score, CampaignKind, i});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Found &a, const Found &b) { return a.score < b.score; });
    return found;
}

void Palette::addFound(const Found &found) {
    if (found.kind == CommandKind) {
        const Command &command = m_commands.commands().at(found.index);
        add(*m_list, CommandKind, textOf(command) + QStringLiteral("    ") + keysText(command.keys()))
            ->setData(IndexRole, static_cast<int>(found.index));
        return;
    }
    const CampaignSummary &summary = m_entries.at(found.index).summary;
    const QString verdict =
        summary.verdict ? verdictLabel(*summary.verdict, summary.claim) : runStateName(summary.state);
    add(*m_list, CampaignKind, tr("Campaign: %1    %2").arg(summary.id, verdict))
        ->setData(IdRole, summary.id);
}

void Palette::sayNothing(const QString &text) {
    add(*m_list, NothingKind, text)->setFlags(Qt::NoItemFlags);
}

void Palette::addHits() {
    for (qsizetype i = 0; i < m_hits.size(); ++i) {
        const SearchHit &hit = m_hits.at(i);
        add(*m_list, HitKind,
            QStringLiteral("%1 · %2: %3")
                .arg(hit.campaign, hit.place, hit.text.simplified().left(kHitLength)))
            ->setData(IndexRole, static_cast<int>(i));
    }
}

// The field keeps the focus; the arrows move in the list.
bool Palette::eventFilter(QObject *watched, QEvent *event) {
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return Overlay::eventFilter(watched, event);
    switch (const auto *key = static_cast<QKeyEvent *>(event); key->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up:
        m_list->setCurrentRow(std::clamp(m_list->currentRow() + (key->key() == Qt::Key_Down ? 1 : -1), 0,
                                         std::max(0, m_list->count() - 1)));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run();
        return true;
    default:
        return false;
    }
}

void Palette::run() {
    const QListWidgetItem *item = m_list->currentItem();
    if (!item || !(item->flags() & Qt::ItemIsEnabled))
        return;
    const int index = item->data(IndexRole).toInt();
    const int kind = item->data(KindRole).toInt();
    const QString id = item->data(IdRole).toString();
    dismiss();
    if (kind == CommandKind) {
        const Command &command = m_commands.commands().at(index);
        m_recent.removeAll(textOf(command));
        m_recent.prepend(textOf(command));
        m_recent = m_recent.mid(0, kRecent);
        m_commands.run(command);
    }
    if (kind == CampaignKind)
        Q_EMIT campaignChosen(id);
    if (kind == HitKind)
        Q_EMIT hitChosen(m_hits.at(index));
}

} // namespace slipway
