// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/searchindex.h"
#include "models/campaign/campaignentry.h"
#include "ui/common/overlay.h"

class QLineEdit;
class QListWidget;

namespace slipway {

class CommandTable;

/// One field for everything: commands, campaigns, and words in reasons, logs and insights. Commands and
/// campaigns are matched as one types, the best match first, mistypings forgiven; the archive is searched
/// when one pauses.
class Palette : public Overlay {
    Q_OBJECT
public:
    Palette(CommandTable &commands, QWidget &window);

    void setEntries(const QList<CampaignEntry> &entries) { m_entries = entries; }
    void ask(const QString &words = {}); ///< opens it with these words typed
    /// The answer to searchRequested(); dropped when other words stand there by now.
    void setHits(const QString &words, const QList<SearchHit> &hits);

Q_SIGNALS:
    void searchRequested(const QString &words);
    void campaignChosen(const QString &id);
    void hitChosen(const slipway::SearchHit &hit);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    struct Found {
        int score;
        int kind;
        qsizetype index;
    };
    [[nodiscard]] QList<Found> find(const QStringList &words) const;
    void addFound(const Found &found);
    void addHits();
    void sayNothing(const QString &text);
    void run();

    CommandTable &m_commands;
    QList<CampaignEntry> m_entries;
    QList<SearchHit> m_hits;
    QString m_hitWords;
    QStringList m_recent; ///< texts of commands that were run from here, the last one first
    QTimer *m_pause;
    QLineEdit *m_field;
    QListWidget *m_list;
};

} // namespace slipway
