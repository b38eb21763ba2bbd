// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/publishreport.h"

#include <QWidget>

class QLabel;

namespace slipway {

/// Where a publication is, and how it ended: its steps, the end in a word, what to do, git's own words.
class PublishSteps : public QWidget {
    Q_OBJECT
public:
    explicit PublishSteps(QWidget *parent = nullptr);

    void clear();
    void setStep(PublishStep step, int attempt); ///< attempt: of pushing, from 1 on
    void setReport(const PublishReport &report);
    void setNote(const QString &title, const QString &text, bool isProblem); ///< instead of a report

private:
    void showSteps(int now, bool ended);

    QWidget *m_row;
    QList<QLabel *> m_steps;
    QLabel *m_attempt;
    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_said;
};

[[nodiscard]] QString publishStateLabel(PublishState state); ///< "Hook refused"

} // namespace slipway
