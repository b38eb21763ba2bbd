// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/trendspage.h"

#include "models/core/countof.h"
#include "models/series/seriescsv.h"
#include "ui/common/copyactions.h"
#include "ui/common/fittingscrollarea.h"
#include "ui/common/sidecolumns.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/trends/alarmpanel.h"
#include "ui/trends/seriesactions.h"
#include "ui/trends/serieshead.h"
#include "ui/trends/serieslist.h"
#include "ui/trends/slotpanel.h"
#include "ui/trends/trendcanvas.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kTold = 3; // alarms told at once; more are one message

} // namespace

TrendsPage::TrendsPage(SeriesQueries &queries, Inventory &inventory, QWidget *parent)
    : QWidget(parent), m_queries(queries), m_actions(new SeriesActions(queries, inventory, *this)),
      m_list(new SeriesList), m_head(new SeriesHead), m_selection(new QWidget),
      m_selected(makeLabel(this, strongFont(), Tone::Text)), m_canvas(new TrendCanvas),
      m_stack(new QStackedWidget), m_alarms(new AlarmPanel), m_slots(new SlotPanel) {
    auto *right = new FittingScrollArea;
    right->setObjectName(QStringLiteral("sideRight"));
    right->setFrameShape(QFrame::NoFrame);
    right->setAccessibleName(tr("Alarms"));
    auto *rightBody = new QWidget;
    rightBody->setObjectName(QStringLiteral("side"));
    rightBody->setAttribute(Qt::WA_StyledBackground);
    auto *rightLayout = new QVBoxLayout(rightBody);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(0);
    rightLayout->addWidget(m_alarms);
    rightLayout->addWidget(m_slots, 1);
    right->setWidget(rightBody);
    m_columns = new SideColumns(makeLeft(), makeMiddle(), right);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_columns);
    setFocusProxy(m_list);
    connect(m_list, &SeriesList::chosenChanged, this, [this] {
        if (const QString name = m_list->chosen(); !name.isEmpty())
            judge(name);
    });
    connect(m_canvas, &TrendCanvas::chosen, this, &TrendsPage::open);
    connect(m_canvas, &TrendCanvas::currentChanged, this,
            [this] { m_slots->setCurrent(m_canvas->current()); });
    connect(m_canvas, &TrendCanvas::selectionChanged, this, &TrendsPage::showSelection);
    connect(m_alarms, &AlarmPanel::runRequested, this, &TrendsPage::open);
    connect(m_alarms, &AlarmPanel::acted, this, [this](const AlarmAction &action) {
        const QString name = m_view ? m_view->judged.definition.name : QString();
        m_queries.act(name, action, [this, name](const Result<bool> &noted) {
            if (noted)
                judge(name);
            else
                Q_EMIT problemOccurred(noted.error().text);
        });
    });
    connect(m_head, &SeriesHead::exportRequested, this, &TrendsPage::saveTable);
    wireActions();
}

void TrendsPage::wireActions() {
    connect(m_head, &SeriesHead::editRequested, &m_actions->edit(), &QAction::trigger);
    connect(m_alarms, &AlarmPanel::drillRequested, &m_actions->drill(), &QAction::trigger);
    connect(m_actions, &SeriesActions::problemOccurred, this, &TrendsPage::problemOccurred);
    connect(m_actions, &SeriesActions::noted, this, &TrendsPage::noted);
    connect(m_actions, &SeriesActions::drilled, this, &TrendsPage::alarmOpened);
    connect(m_actions, &SeriesActions::changed, this, [this](const QString &name) {
        m_wanted = name;
        refresh();
    });
    addMenuActions(*m_list, m_actions->all());
}

QWidget *TrendsPage::makeLeft() {
    auto *left = new QWidget;
    left->setObjectName(QStringLiteral("sideLeft"));
    left->setAttribute(Qt::WA_StyledBackground);
    left->setAccessibleName(tr("Series"));
    auto *create = new QPushButton(m_actions->create().text());
    create->setToolTip(m_actions->create().shortcut().toString(QKeySequence::NativeText));
    create->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // the column is wide enough for it
    connect(create, &QPushButton::clicked, &m_actions->create(), &QAction::trigger);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(8, 8, 8, 12);
    row->addWidget(create);
    auto *layout = new QVBoxLayout(left);
    layout->setContentsMargins(0, 0, 1, 0);
    layout->setSpacing(0);
    layout->addWidget(m_list, 1);
    layout->addLayout(row);
    return left;
}

QWidget *TrendsPage::makeMiddle() {
    auto *empty = makeLabel(this, font(), Tone::Muted);
    empty->setWordWrap(true);
    empty->setAlignment(Qt::AlignCenter);
    empty->setText(
        tr("No series yet. Two campaigns or more whose ids differ only in the -r<number> at the end "
           "form one; %1 (Ctrl+N) and \"slipwayctl series import\" make others.")
            .arg(m_actions->create().text()));
    empty->setContentsMargins(40, 40, 40, 40);
    auto *bar = new QHBoxLayout(m_selection);
    bar->setContentsMargins(14, 4, 8, 4);
    bar->addWidget(m_selected, 1);
    for (const auto &[name, run] : {std::pair{tr("Open"), &TrendCanvas::openCurrent},
                                    std::pair{tr("Zoom"), &TrendCanvas::zoomToSelection},
                                    std::pair{tr("Clear"), &TrendCanvas::clearSelection}}) {
        auto *button = new QPushButton(name);
        connect(button, &QPushButton::clicked, m_canvas, run);
        bar->addWidget(button);
    }
    m_selection->hide();
    auto *scroll = new FittingScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_canvas);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *pane = new QFrame;
    pane->setObjectName(QStringLiteral("pane"));
    auto *paneLayout = new QVBoxLayout(pane);
    paneLayout->setContentsMargins(1, 6, 1, 6);
    paneLayout->setSpacing(0);
    paneLayout->addWidget(m_selection);
    paneLayout->addWidget(scroll, 1);
    auto *series = new QWidget;
    auto *layout = new QVBoxLayout(series);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(12);
    layout->addWidget(m_head);
    layout->addWidget(pane, 1);
    m_stack->addWidget(empty);
    m_stack->addWidget(series);
    return m_stack;
}

void TrendsPage::setEntries(const QList<CampaignEntry> &entries) {
    m_campaigns.clear();
    for (const CampaignEntry &entry : entries)
        m_campaigns.insert(entry.summary.id);
    m_isStale = true;
    refresh();
}

void TrendsPage::showEvent(QShowEvent *event) {
    QWidget::showEvent(event);
    if (m_isStale || !m_view)
        refresh();
}

void TrendsPage::refresh() {
    m_queries.list([this](const Result<QList<SeriesSummary>> &series) {
        if (series)
            setSeries(*series);
        else
            Q_EMIT problemOccurred(series.error().text);
    });
}

void TrendsPage::setSeries(const QList<SeriesSummary> &series) {
    QStringList defined;
    for (const SeriesSummary &one : series) {
        if (one.origin == SeriesOrigin::Created)
            defined << one.name;
    }
    m_actions->setDefined(defined);
    m_list->setSeries(series);
    if (m_list->names().contains(m_wanted))
        m_list->choose(m_wanted);
    m_wanted.clear();
    m_columns->setUseful(SideColumns::Side::Right, !series.isEmpty());
    if (series.isEmpty()) {
        m_view.reset();
        m_actions->setView(nullptr);
        m_stack->setCurrentIndex(0);
        return;
    }
    m_toJudge.clear();
    for (const SeriesSummary &one : series) {
        if (isVisible() || one.origin == SeriesOrigin::Created)
            m_toJudge << one.name;
    }
    m_isStale = !isVisible();
    if (isVisible() && !m_list->chosen().isEmpty()) {
        m_toJudge.removeAll(m_list->chosen());
        m_toJudge.prepend(m_list->chosen());
    }
    judgeNext();
}

void TrendsPage::judge(const QString &name) {
    m_toJudge.removeAll(name);
    m_toJudge.prepend(name);
    judgeNext();
}

void TrendsPage::judgeNext() {
    if (m_isJudging || m_toJudge.isEmpty())
        return;
    m_isJudging = true;
    m_queries.judge(m_toJudge.takeFirst(), [this](const Result<std::shared_ptr<const SeriesView>> &view) {
        m_isJudging = false;
        if (view)
            take(*view);
        else if (view.error().code != ErrorCode::NotFound) // it may be gone since it was listed
            Q_EMIT problemOccurred(view.error().text);
        judgeNext();
    });
}

void TrendsPage::take(const std::shared_ptr<const SeriesView> &view) {
    m_list->setJudged(*view);
    tellAlarms(view->judged);
    if (view->judged.definition.name == m_list->chosen())
        show(view);
}

void TrendsPage::show(std::shared_ptr<const SeriesView> view) {
    m_view = std::move(view);
    m_head->setSeries(m_view->judged);
    m_slots->setView(m_view);
    m_alarms->setAlarms(m_view->judged.alarms, m_view->judged.runs);
    m_alarms->setLastDrill(m_view->judged.lastDrill);
    m_actions->setView(m_view);
    m_canvas->setView(m_view);
    m_stack->setCurrentIndex(1);
}

void TrendsPage::open(const QString &id) {
    if (m_campaigns.contains(id))
        Q_EMIT campaignRequested(id);
    else
        Q_EMIT problemOccurred(tr("%1 is a row of a table: the archive has no campaign of it.").arg(id));
}

void TrendsPage::showSelection() {
    const auto [first, last] = m_canvas->selection();
    m_selection->setVisible(first >= 0);
    if (first < 0 || !m_view)
        return;
    const SeriesJudgement &judged = m_view->judged;
    qsizetype without = 0;
    for (qsizetype i = first; i <= last; ++i)
        without += judged.table.slotList.at(i).holdsEvidence(judged.runs) ? 0 : 1;
    m_selected->setText(tr("%1 to %2 UTC: %3, %4 without evidence")
                            .arg(judged.table.slotList.at(first).at.toString(QStringLiteral("d MMM hh:mm")),
                                 judged.table.slotList.at(last).at.toString(QStringLiteral("d MMM hh:mm")),
                                 countOf(last - first + 1, "slot"))
                            .arg(without));
}

// What was open when the window came is not news.
void TrendsPage::tellAlarms(const SeriesJudgement &judged) {
    const QString &name = judged.definition.name;
    QSet<QString> open;
    QStringList texts;
    const bool isFirst = !m_known.contains(name);
    for (const Alarm &alarm : judged.alarms) {
        if (!alarm.isLoud())
            continue;
        const QString key = alarm.key();
        open.insert(key);
        if (!isFirst && !m_known.value(name).contains(key))
            texts << alarm.first.text;
    }
    m_known.insert(name, open);
    if (texts.isEmpty())
        return;
    QString text = texts.mid(0, kTold).join(QLatin1Char('\n'));
    if (texts.size() > kTold)
        text += tr("\n%1 more").arg(texts.size() - kTold);
    Q_EMIT alarmOpened(tr("Series %1: %2").arg(name, countOf(texts.size(), "new alarm")), text);
}

void TrendsPage::saveTable(const QString &table) {
    if (!m_view)
        return;
    const SeriesJudgement &judged = m_view->judged;
    const QByteArray csv = table == QLatin1String("runs")    ? runsCsv(judged)
                           : table == QLatin1String("slots") ? slotsCsv(judged)
                                                             : alarmsCsv(judged);
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save as CSV"), QStringLiteral("%1-%2.csv").arg(judged.definition.name, table),
        tr("CSV (*.csv)"));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size() || !file.commit())
        Q_EMIT problemOccurred(tr("%1 cannot be written: %2").arg(path, file.errorString()));
}

} // namespace slipway
