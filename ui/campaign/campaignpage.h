// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/logstreams.h"
#include "models/campaign/campaignentry.h"
#include "models/protocol/protocol.h"

#include <QWidget>

class QAction;
class QLabel;
class QSplitter;
class QTabWidget;

namespace slipway {

class LogPane;
class CampaignTab;
class ChartPanel;
class CheckPanel;
class ChecksTab;
class CyclesTab;
class CompareTab;
class EvidencePanel;
class LogView;
class NarrativeTab;
class PhaseStrip;
class VerdictHeader;

/// One campaign: verdict, phases, tabs, log. Takes whole values, live or archived, hands them on, and keeps
/// the selected cycle the same in all of its parts.
class CampaignPage : public QWidget {
    Q_OBJECT
public:
    CampaignPage(const Protocol &protocol, CheckPanel &panel, QWidget *parent = nullptr);

    /// Takes the tab over; it is given everything from now on.
    void addTab(CampaignTab *tab);

    void setRecord(const CampaignRecord &record, const QList<LogStream> &streams);
    void setRun(const PhaseRun &run);
    void setStreams(const QList<LogStream> &streams);
    void appendCycles(const QList<Cycle> &cycles);
    void setJudgement(const Judgement &judgement);
    void setStanding(const CampaignEntry &entry); ///< of the campaign that is shown
    void logGrew();

    [[nodiscard]] const CampaignRecord &record() const { return m_record; }
    [[nodiscard]] const QString &campaignId() const { return m_record.summary.id; }
    [[nodiscard]] int selectedCycle() const { return m_selectedCycle; }
    void selectCycle(int cycle);
    /// The next cycle that lost something or was not measured; of a campaign without such cycles the next
    /// check that does not hold.
    void selectFailing(bool forward);
    void selectPhase(int phase); ///< its log, and its checks
    void showSource(const SourceRange &source);
    void showTab(CampaignTab &tab);
    void setMenuActions(const QList<QAction *> &actions); ///< of checks, cycles, evidence, differences
    [[nodiscard]] CompareTab &compare() const { return *m_compare; }
    [[nodiscard]] NarrativeTab &narrative() const { return *m_narrative; }
    [[nodiscard]] LogView &log() const;
    [[nodiscard]] ChartPanel &charts() const;
    [[nodiscard]] LogPane &logPane() const { return *m_log; }
    [[nodiscard]] QByteArray saveLayout() const; ///< how tabs and log share the room
    void restoreLayout(const QByteArray &state);

Q_SIGNALS:
    void exportRequested(); ///< of the campaign that is shown

private:
    void refreshPhases();
    void showDeciding();
    void showLog();
    void showCheck(const QString &checkId);
    [[nodiscard]] QString lastLogLine(int phase) const;

    Protocol m_protocol;
    CampaignRecord m_record;
    QList<LogStream> m_streams;
    int m_selectedCycle = 0;
    bool m_tabChosen = false; ///< by a person; until then a campaign without cycles shows its checks

    CheckPanel &m_panel;
    VerdictHeader *m_header;
    PhaseStrip *m_phases;
    QSplitter *m_split;
    QTabWidget *m_tabBox;
    QList<CampaignTab *> m_tabs;
    CyclesTab *m_cycles;
    ChecksTab *m_checks;
    EvidencePanel *m_evidence;
    CompareTab *m_compare;
    NarrativeTab *m_narrative;
    LogPane *m_log;
    QLabel *m_noLog;
};

} // namespace slipway
