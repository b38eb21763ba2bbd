// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/services.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;
class QTabWidget;

namespace slipway {

class CheckPanel;
class CheckTableModel;
class CycleChart;
class CycleStrip;
class CycleTableModel;
class EvidencePanel;
class LogView;
class PhaseCard;
class VerdictHeader;

/// One campaign: verdict, phases, cycles, checks, evidence, log. Takes whole values, live or archived, and
/// keeps the selected cycle the same in strip, chart and table.
class CampaignPage : public QWidget {
    Q_OBJECT
public:
    CampaignPage(const Protocol &protocol, CheckPanel &panel, QWidget *parent = nullptr);

    void setRecord(const CampaignRecord &record, const QList<LogStream> &streams);
    void setRun(const PhaseRun &run);
    void setStreams(const QList<LogStream> &streams);
    void appendCycles(const QList<Cycle> &cycles);
    void setJudgement(const Judgement &judgement);
    void logGrew();

    [[nodiscard]] const QString &campaignId() const { return m_record.summary.id; }
    [[nodiscard]] int selectedCycle() const { return m_selectedCycle; }
    void selectCycle(int cycle);
    void selectFailingCycle(bool forward); ///< the next one that lost something or was not measured
    void selectPhase(int phase);           ///< its log, and its checks
    LogView &log() { return *m_log; }

private:
    QWidget *makeTabs();
    QWidget *makeLog();
    void refreshCards();
    [[nodiscard]] int plannedCycles() const; ///< of all fault classes
    void showStream(int index);

    Protocol m_protocol;
    CampaignRecord m_record;
    QList<LogStream> m_streams;
    int m_selectedCycle = 0;
    bool m_streamChosen = false; ///< by a person; until then the newest stream is shown

    CheckPanel &m_panel;
    VerdictHeader *m_header;
    QList<PhaseCard *> m_cards;
    QTabWidget *m_tabs;
    CycleStrip *m_strip;
    CycleChart *m_chart;
    CycleTableModel *m_cycleModel;
    QTableView *m_cycleTable;
    CheckTableModel *m_checkModel;
    QTableView *m_checkTable;
    EvidencePanel *m_evidence;
    QComboBox *m_streamBox;
    QPushButton *m_follow;
    QLabel *m_logState;
    LogView *m_log;
};

} // namespace slipway
