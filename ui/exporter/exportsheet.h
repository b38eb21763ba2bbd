// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/publish/pagespublish.h"
#include "models/campaign/campaign.h"

#include <QDialog>
#include <QTimer>

class QPushButton;

namespace slipway {

class ChangesView;
class ExportChoices;
class PublishRunner;
class PublishSteps;

/// Exports one campaign: choices, what would change there, the steps of a publication, and how it ended with
/// the one button that goes on from it. Looks anew after each change of a choice. Nothing is written before
/// the button is pressed; all work is PublishRunner's, as slipwayctl's.
class ExportSheet : public QDialog {
    Q_OBJECT
public:
    ExportSheet(PublishRunner &runner, const CampaignRecord &record, QWidget *parent = nullptr);
    ~ExportSheet() override; ///< what still runs is stopped

    /// Stops what runs; a second time, or when nothing runs, closes.
    void reject() override;

private:
    enum class Work { None, Looking, Publishing };

    void makeButtons();
    void choicesChanged();
    void look();
    void publish();
    void showPreview(const PagesPublished &preview, qint64 sizeLimit);
    void showEnd(const PagesPublished &published);
    void finish(); ///< a piece of work; begins the next look when one is requested
    void showButtons();
    [[nodiscard]] QString publishText() const;

    PublishRunner &m_runner;
    ExportChoices *m_choices;
    ChangesView *m_changes;
    PublishSteps *m_steps;
    QPushButton *m_publish = nullptr;
    QPushButton *m_look = nullptr;
    QPushButton *m_close = nullptr;
    QTimer m_wait; ///< a person is still typing
    Work m_work = Work::None;
    bool m_lookAgain = false;
    bool m_canPublish = false;
    bool m_isStopping = false;
    bool m_hasEnded = false; ///< not well: the button goes on from there
    qsizetype m_files = 0;   ///< that would change
};

} // namespace slipway
