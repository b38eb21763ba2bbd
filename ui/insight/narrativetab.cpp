// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insight/narrativetab.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/common/turningsplitter.h"
#include "ui/insight/findingslist.h"
#include "ui/insight/insightdraft.h"
#include "ui/insight/insightpreview.h"
#include "ui/insight/narrativeform.h"

#include <QBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QTextEdit>

namespace slipway {

namespace {

constexpr int kPauseMs = 300;

} // namespace

NarrativeTab::NarrativeTab(QWidget *parent)
    : CampaignTab(parent), m_form(new NarrativeForm), m_state(makeLabel(this, font(), Tone::Muted)),
      m_problem(makeLabel(this, font(), Tone::Warning)), m_save(new QPushButton(tr("Save"))),
      m_undo(new QPushButton(tr("Undo"))), m_keep(new QPushButton(tr("Keep mine"))),
      m_take(new QPushButton(tr("Take theirs"))), m_conflict(new QWidget), m_preview(new QTextEdit),
      m_findings(new FindingsList) {
    m_save->setObjectName(QStringLiteral("saveNarrative"));
    m_save->setToolTip(tr("Key: Ctrl+S"));
    m_undo->setObjectName(QStringLiteral("undoNarrative"));
    m_keep->setObjectName(QStringLiteral("keepMine"));
    m_take->setObjectName(QStringLiteral("takeTheirs"));
    m_state->setObjectName(QStringLiteral("narrativeState"));
    m_state->setWordWrap(true);
    m_problem->setWordWrap(true);
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_state, 1);
    top->addWidget(m_undo);
    top->addWidget(m_save);
    auto *conflict = new QHBoxLayout(m_conflict);
    conflict->setContentsMargins(0, 0, 0, 0);
    conflict->setSpacing(8);
    conflict->addWidget(m_problem, 1);
    conflict->addWidget(m_take);
    conflict->addWidget(m_keep);
    auto *split = new TurningSplitter;
    split->addWidget(m_form);
    split->addWidget(makeSide());
    split->setSizes({460, 340});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_conflict);
    layout->addWidget(split, 1);
    m_wait.setSingleShot(true);
    m_wait.setInterval(kPauseMs);
    connect(&m_wait, &QTimer::timeout, this, &NarrativeTab::refresh);
    connect(m_save, &QPushButton::clicked, this, &NarrativeTab::save);
    connect(m_undo, &QPushButton::clicked, this, &NarrativeTab::undo);
    connect(m_keep, &QPushButton::clicked, this, [this] { settle(true); });
    connect(m_take, &QPushButton::clicked, this, [this] { settle(false); });
    connect(m_findings, &FindingsList::fieldChosen, m_form, &NarrativeForm::focusField);
    connect(m_form, &NarrativeForm::textEdited, this, [this](const InsightField &field, const QString &text) {
        if (InsightDraft *shown = draft())
            shown->setText(field, text);
    });
    connect(m_form, &NarrativeForm::bugsEdited, this,
            [this](const QList<InsightBug> &bugs, const QString &place) {
                if (InsightDraft *shown = draft())
                    shown->setBugs(bugs, place);
            });
    connect(m_form, &NarrativeForm::left, this, [this] {
        if (InsightDraft *shown = draft())
            shown->endStep();
    });
    showState();
}

NarrativeTab::~NarrativeTab() = default;

QString NarrativeTab::title() const {
    const InsightDraft *shown = draft();
    return shown && shown->isChanged() ? tr("Narrative •") : tr("Narrative");
}

QWidget *NarrativeTab::makeSide() {
    m_preview->setReadOnly(true);
    m_preview->setAccessibleName(tr("Preview of the page"));
    m_preview->setTabChangesFocus(true);
    m_preview->setFrameShape(QFrame::NoFrame);
    m_preview->document()->setDocumentMargin(0); // in line with its title
    auto *side = new QSplitter(Qt::Vertical);
    side->setChildrenCollapsible(false);
    side->setHandleWidth(9);
    side->addWidget(titled(tr("As its page will read"), m_preview));
    side->addWidget(titled(tr("To check before it is published"), m_findings));
    side->setSizes({300, 110});
    return side;
}

InsightDraft *NarrativeTab::draft() const {
    return m_drafts.value(m_id).get();
}

void NarrativeTab::setRecord(const CampaignRecord &record) {
    m_isOver = record.summary.state != RunState::Running;
    if (record.summary.id != m_id) {
        if (const InsightDraft *left = draft(); left && !left->isChanged())
            m_drafts.remove(m_id);
        m_id = record.summary.id;
        m_numbers.reset();
        m_findings->clear();
        m_note.clear();
    }
    if (isVisible())
        ask();
    fill();
}

void NarrativeTab::showEvent(QShowEvent *event) {
    CampaignTab::showEvent(event);
    ask();
}

void NarrativeTab::ask() {
    if (m_id.isEmpty())
        return;
    if (!draft())
        Q_EMIT requested(m_id);
    if (!m_numbers)
        Q_EMIT evidenceRequested(m_id);
}

void NarrativeTab::setEntry(const QString &id, const QByteArray &entry) {
    if (id != m_id || (draft() && draft()->isChanged()))
        return; // what a person writes stays; saving finds out what is new there
    if (!draft()) {
        const auto made = std::make_shared<InsightDraft>();
        m_drafts.insert(id, made);
        connect(made.get(), &InsightDraft::edited, this, [this, id] {
            if (id == m_id) {
                m_note.clear();
                m_wait.start();
                showState();
            }
        });
        connect(made.get(), &InsightDraft::replaced, this, [this, id] {
            if (id == m_id)
                fill();
        });
    }
    draft()->load(entry);
}

void NarrativeTab::setEvidence(const QString &id, const std::shared_ptr<const EvidenceNumbers> &numbers) {
    if (id != m_id)
        return;
    m_numbers = numbers;
    fill();
}

void NarrativeTab::fill() {
    const InsightDraft *shown = draft();
    const Insight insight = shown ? shown->insight() : Insight();
    const bool canEdit = shown && shown->problem().isEmpty();
    m_form->fill(insight, canEdit);
    m_form->setEvidence(m_numbers, m_isOver);
    refresh();
    showState();
}

void NarrativeTab::refresh() {
    m_wait.stop();
    const int at = m_preview->verticalScrollBar()->value();
    const InsightDraft *shown = draft();
    const Insight insight = shown ? shown->insight() : Insight();
    fillPreview(*m_preview->document(), insight);
    m_preview->moveCursor(QTextCursor::Start); // else it shows the end
    m_preview->verticalScrollBar()->setValue(at);
    ++m_asked;
    if (shown && m_numbers)
        Q_EMIT lintRequested(m_asked, insight, m_numbers, m_isOver);
}

void NarrativeTab::setFindings(int asked, const QList<InsightFinding> &findings) {
    if (asked == m_asked)
        m_findings->setFindings(findings);
}

void NarrativeTab::showState() {
    const InsightDraft *shown = draft();
    const QStringList missing = missingAudiences(shown ? shown->insight() : Insight());
    const QString complete = missing.isEmpty()
                                 ? tr("Complete: it speaks to all three audiences.")
                                 : tr("Not complete. Missing: %1.").arg(missing.join(QStringLiteral("; ")));
    const bool changed = shown && shown->isChanged();
    m_state->setText(
        !shown ? tr("Reading what is written …")
        : !shown->problem().isEmpty()
            ? tr("The entry cannot be edited here: %1. slipwayctl insight %2 edit shows it whole.")
                  .arg(shown->problem(), m_id)
        : !m_note.isEmpty() ? m_note + QLatin1Char(' ') + complete
        : changed           ? tr("Not saved. %1").arg(complete)
                            : complete);
    const Refusal refusal = m_refusals.value(m_id);
    m_problem->setText(refusal.text);
    m_save->setEnabled(changed && refusal.theirs.isEmpty());
    m_undo->setEnabled(shown && m_drafts.value(m_id)->stack().canUndo());
    m_conflict->setVisible(!refusal.text.isEmpty());
    m_keep->setVisible(!refusal.theirs.isEmpty());
    m_take->setVisible(!refusal.theirs.isEmpty());
    Q_EMIT titleChanged();
}

void NarrativeTab::save() {
    InsightDraft *shown = draft();
    if (!shown || !shown->isChanged() || !m_refusals.value(m_id).theirs.isEmpty())
        return;
    shown->endStep();
    m_refusals.remove(m_id);
    showState();
    Q_EMIT saveRequested(m_id, shown->base(), shown->entry());
}

void NarrativeTab::setSaved(const QString &id, const QByteArray &sent, const QByteArray &stored) {
    if (const auto kept = m_drafts.value(id))
        kept->noteSaved(sent, stored);
    m_refusals.remove(id);
    if (id != m_id)
        return;
    m_note = stored == sent ? tr("Saved.") : tr("Saved, merged with what somebody else wrote meanwhile.");
    refresh();
    showState();
}

void NarrativeTab::setRefused(const QString &id, const Error &error, const QByteArray &theirs) {
    m_refusals.insert(id, {error.text, theirs});
    showState();
}

void NarrativeTab::settle(bool keepMine) {
    InsightDraft *shown = draft();
    const QByteArray theirs = m_refusals.take(m_id).theirs;
    if (shown && keepMine)
        shown->keepMine(theirs);
    else if (shown)
        shown->takeTheirs(theirs);
    showState();
}

void NarrativeTab::undo() {
    if (InsightDraft *shown = draft())
        shown->stack().undo();
}

void NarrativeTab::redo() {
    if (InsightDraft *shown = draft())
        shown->stack().redo();
}

bool NarrativeTab::canUndo() const {
    const auto shown = m_drafts.value(m_id);
    return isVisible() && shown && shown->stack().canUndo();
}

QStringList NarrativeTab::unsaved() const {
    QStringList ids;
    for (auto it = m_drafts.constBegin(); it != m_drafts.constEnd(); ++it) {
        if ((*it)->isChanged())
            ids << it.key();
    }
    return ids;
}

} // namespace slipway
