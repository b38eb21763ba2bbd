// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaignentry.h"

#include <QWidget>

class QButtonGroup;
class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace slipway {

/// What people found out about a campaign that needs a look: whose fault, who cares for it, a note, a link;
/// and which other campaigns failed the same way. Hides itself for one that needs no look. A change is stored
/// at once and can be undone.
class TriagePanel : public QWidget {
    Q_OBJECT
public:
    explicit TriagePanel(QWidget *parent = nullptr);

    /// The campaign among all. Keeps what is being typed when it is the same campaign.
    void setCampaign(const QString &id, const QList<CampaignEntry> &entries);
    void choose(FailureClass failureClass); ///< as its button does; the same again takes it away
    void undo();                            ///< the last change, while its campaign is shown

Q_SIGNALS:
    void saveRequested(const QMap<QString, slipway::Triage> &triages);
    void undoRequested(const QString &change);
    void campaignRequested(const QString &id);
    void diffRequested();
    void noted(const QString &text); ///< a change that undo() takes back
    void issueRequested();           ///< a text for an issue into the clipboard

private:
    QWidget *makeClasses();
    QWidget *makeFields();
    void showAlike(const QStringList &alike);
    void save(const Triage &triage, bool forAll);
    void saveFields();

    QString m_id;
    Triage m_triage;
    QMap<QString, Triage> m_others; ///< that failed the same way and have no class, or the same one
    QString m_change;               ///< of the last save
    QLabel *m_likely;
    QButtonGroup *m_classes;
    QLabel *m_alike;
    QWidget *m_links;
    QCheckBox *m_forAll;
    QLineEdit *m_owner;
    QLineEdit *m_link;
    QLineEdit *m_note;
    QLabel *m_problem;
    QPushButton *m_undo;
};

} // namespace slipway
