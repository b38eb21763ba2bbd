// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/serieshead.h"

#include "models/core/countof.h"
#include "models/series/seriescriteria.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/common/verdictmark.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>

namespace slipway {

namespace {

constexpr int kIcon = 36;

// No line ends within it.
QString unbroken(QString text) {
    return text.replace(QLatin1Char(' '), QChar::Nbsp)
        .replace(QLatin1Char('/'), QLatin1Char('/') + QString(QChar(0x2060)));
}

QString factsOf(const SeriesJudgement &judged) {
    const QList<SeriesSlot> &all = judged.table.slotList;
    QStringList parts{judged.definition.name};
    if (!all.isEmpty())
        parts << QObject::tr("%1 to %2 UTC")
                     .arg(slotTimeText(all.constFirst().at), slotTimeText(all.constLast().at));
    if (judged.definition.schedule.isValid())
        parts << unbroken(judged.definition.schedule.text()) +
                     (judged.definition.isScheduleInferred ? QObject::tr(", inferred") : QString());
    return parts.join(QStringLiteral(" · "));
}

QString recomputedOf(const SeriesJudgement &judged) {
    QMap<int, qsizetype> counts;
    for (const SeriesRun &run : judged.runs) {
        if (run.verdict)
            ++counts[static_cast<int>(*run.verdict)];
    }
    QStringList lines;
    for (auto it = counts.constBegin(); it != counts.constEnd(); ++it)
        lines << QStringLiteral("%1 %2").arg(*it).arg(verdictLabel(static_cast<Verdict>(it.key())).toLower());
    return lines.mid(0, 3).join(QLatin1Char('\n'));
}

QWidget *column(const QString &title, QLabel *value) {
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(12, 0, 0, 0);
    layout->setSpacing(1);
    auto *name = makeLabel(box, smallFont(), Tone::Muted);
    name->setText(title);
    layout->addWidget(name);
    layout->addWidget(value);
    layout->addStretch(1);
    return box;
}

} // namespace

SeriesHead::SeriesHead(QWidget *parent)
    : QWidget(parent), m_title(makeLabel(this, titleFont(), Tone::Text)),
      m_why(makeLabel(this, strongFont(), Tone::Text)), m_facts(makeLabel(this, smallFont(), Tone::Muted)),
      m_claimed(makeLabel(this, font(), Tone::Text)), m_recomputed(makeLabel(this, font(), Tone::Text)),
      m_edit(new QPushButton) {
    m_why->setWordWrap(true);
    m_facts->setWordWrap(true);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_why);
    texts->addWidget(m_facts);
    auto *more = new QPushButton(tr("Export"));
    auto *menu = new QMenu(more);
    for (const auto &[name, table] : {std::pair{tr("Runs as CSV…"), QStringLiteral("runs")},
                                      std::pair{tr("Slots as CSV…"), QStringLiteral("slots")},
                                      std::pair{tr("Alarms as CSV…"), QStringLiteral("alarms")}})
        connect(menu->addAction(name), &QAction::triggered, this,
                [this, table = table] { Q_EMIT exportRequested(table); });
    more->setMenu(menu);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(kIcon + 12, 0, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(texts, 1);
    layout->addWidget(column(tr("claimed"), m_claimed));
    layout->addWidget(column(tr("recomputed"), m_recomputed));
    connect(m_edit, &QPushButton::clicked, this, &SeriesHead::editRequested);
    auto *buttons = new QVBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(more);
    buttons->addWidget(m_edit);
    buttons->addStretch(1);
    layout->addLayout(buttons);
}

void SeriesHead::setSeries(const SeriesJudgement &judged) {
    m_verdict = judged.verdict.verdict;
    m_title->setText(verdictLabel(m_verdict));
    setTone(*m_title, toneOf(m_verdict));
    QString why = judged.verdict.head;
    if (!why.isEmpty())
        why[0] = why.at(0).toUpper();
    m_why->setText(why + QLatin1Char('.'));
    m_facts->setText(factsOf(judged));
    m_claimed->setText(
        tr("%1 pass\nof %2").arg(judged.counts.claimedPass).arg(countOf(judged.counts.runs, "run")));
    m_recomputed->setText(recomputedOf(judged));
    const bool isInferred = judged.definition.isScheduleInferred;
    m_edit->setText(isInferred ? tr("Confirm…") : tr("Edit…"));
    m_edit->setAccessibleName(isInferred ? tr("Confirm schedule…") : tr("Edit series…"));
    setAccessibleName(tr("%1: %2, %3").arg(judged.definition.name, m_title->text(), judged.verdict.head));
    update();
}

void SeriesHead::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintVerdict(painter, QRectF(0, 4, kIcon, kIcon), m_verdict);
}

} // namespace slipway
