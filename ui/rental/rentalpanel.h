// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/rentals.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace slipway {

/// What is being done to one rented fleet from this window, or was done last.
struct RentalWork {
    enum class Kind { None, Create, Prepare, Destroy };
    Kind kind = Kind::None;
    bool running = false;
    QString step; ///< that it is at
    QStringList lines;
    QString problem; ///< how it ended; empty: well
};

/// One rented fleet: what it costs, its droplets, what is being done to it step by step.
class RentalPanel : public QWidget {
    Q_OBJECT
public:
    explicit RentalPanel(QWidget *parent = nullptr);

    void setRental(const KnownRental &known, const QDateTime &now);
    void setNow(const QDateTime &now); ///< cost and age again, nothing else
    void setWork(const RentalWork &work);

Q_SIGNALS:
    void continueRequested(); ///< to rent what was cut off
    void prepareRequested();
    void launchRequested();
    void destroyRequested();
    void resumeRequested(); ///< to destroy what was ordered destroyed
    void cancelRequested();

private:
    void showServers();
    void showActions();
    [[nodiscard]] QString stepsText() const;

    KnownRental m_known;
    RentalWork m_work;
    QDateTime m_now;
    QList<QStringList> m_rows; ///< of the droplets, as they are shown
    QLabel *m_name;
    QLabel *m_state;
    QLabel *m_cost;
    QLabel *m_perHour;
    QLabel *m_steps;
    QLabel *m_problem;
    QTreeWidget *m_servers;
    QPlainTextEdit *m_lines;
    QPushButton *m_continue;
    QPushButton *m_prepare;
    QPushButton *m_launch;
    QPushButton *m_destroy;
    QPushButton *m_resume;
    QPushButton *m_cancel;
};

} // namespace slipway
