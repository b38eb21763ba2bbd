// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace slipway {

class CampaignController;
class CampaignFeed;
class Rentals;

/// What a person asked for does not hang on something else being well: after a stop this says every 4 s what
/// is waited for, and gives up once nothing has moved for 14 s. Lives on the controller's thread.
class CampaignStop : public QObject {
    Q_OBJECT
public:
    CampaignStop(const CampaignController &controller, const CampaignFeed &feed, const Rentals &rentals);

    void begin();
    void end(); ///< the campaign has

Q_SIGNALS:
    void waits(const QString &text);
    void gaveUp(const QString &waitedFor); ///< the last that was heard; a sentence

private:
    void look();

    const Rentals &m_rentals;
    QString m_waitsFor;
    QElapsedTimer m_still;
    QTimer m_look;
};

} // namespace slipway
