// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/insight/lint.h"
#include "ui/common/campaigntab.h"

#include <QMap>
#include <QTimer>

#include <memory>

class QLabel;
class QPushButton;
class QTextEdit;

namespace slipway {

class FindingsList;
class InsightDraft;
class NarrativeForm;

/// What people write about the campaign: fields, bugs and links, a preview, and what lint finds. Asks for the
/// stored entry when it is first looked at. A draft that is not saved stays when another campaign is chosen.
class NarrativeTab : public CampaignTab {
    Q_OBJECT
public:
    explicit NarrativeTab(QWidget *parent = nullptr);
    ~NarrativeTab() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] const QString &campaignId() const { return m_id; }
    void setRecord(const CampaignRecord &record) override;

    void setEntry(const QString &id, const QByteArray &entry); ///< as it is stored
    void setEvidence(const QString &id, const std::shared_ptr<const EvidenceNumbers> &numbers);
    /// Of the texts that `lintRequested` came with; older ones are dropped.
    void setFindings(int asked, const QList<InsightFinding> &findings);
    void setSaved(const QString &id, const QByteArray &sent, const QByteArray &stored);
    /// Nothing was saved; `theirs` is what is stored when another changed the same texts meanwhile. Shown
    /// when that campaign is, now or later.
    void setRefused(const QString &id, const Error &error, const QByteArray &theirs);

    void save();
    void undo();
    void redo();
    [[nodiscard]] bool canUndo() const;        ///< it is looked at, and there is something to undo
    [[nodiscard]] QStringList unsaved() const; ///< campaigns with drafts that are not saved

Q_SIGNALS:
    void requested(const QString &id);
    void evidenceRequested(const QString &id);
    void lintRequested(int asked, const slipway::Insight &insight,
                       const std::shared_ptr<const slipway::EvidenceNumbers> &numbers, bool isOver);
    void saveRequested(const QString &id, const QByteArray &base, const QByteArray &entry);

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Refusal {
        QString text;
        QByteArray theirs; ///< of a conflict that is not settled
    };

    QWidget *makeSide();
    void ask();
    void fill();
    void showState();
    void refresh(); ///< preview and findings
    void settle(bool keepMine);
    [[nodiscard]] InsightDraft *draft() const;

    QString m_id;
    bool m_isOver = false;
    QMap<QString, std::shared_ptr<InsightDraft>> m_drafts;
    std::shared_ptr<const EvidenceNumbers> m_numbers;
    QMap<QString, Refusal> m_refusals; ///< of drafts that could not be saved
    QString m_note;                    ///< how saving went
    QTimer m_wait;                     ///< for a pause in the typing
    int m_asked = 0;                   ///< how often lint was
    NarrativeForm *m_form;
    QLabel *m_state;
    QLabel *m_problem;
    QPushButton *m_save;
    QPushButton *m_undo;
    QPushButton *m_keep;
    QPushButton *m_take;
    QWidget *m_conflict;
    QTextEdit *m_preview;
    FindingsList *m_findings;
};

} // namespace slipway
