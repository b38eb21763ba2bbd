// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/insight/insight.h"
#include "ui/insight/insighttext.h"

#include <QWidget>

class QListWidget;
class QPushButton;
class QTableWidget;

namespace slipway {

/// The bugs that a campaign surfaced: a list, and the chosen one's texts and links. Keys that Slipway does
/// not know stay with their bug.
class BugsEditor : public QWidget {
    Q_OBJECT
public:
    explicit BugsEditor(QWidget *parent = nullptr);

    void setBugs(const QList<InsightBug> &bugs);
    void setReadOnly(bool readOnly);
    void setEvidence(const std::shared_ptr<const EvidenceNumbers> &numbers, bool isOver);

Q_SIGNALS:
    void edited(const QList<slipway::InsightBug> &bugs, const QString &place);
    void left();

private:
    void makeFields();
    void makeLinks();
    void add();
    void remove();
    void showBug();
    void showLinks(const InsightBug &bug);
    void setText(QString InsightBug::*text, const QString &value, const QString &place);
    void takeLinks();
    [[nodiscard]] int current() const;

    QList<InsightBug> m_bugs;
    bool m_readOnly = false;
    bool m_showing = false; ///< what changes now is not edited by a person
    QListWidget *m_list;
    QPushButton *m_add;
    QPushButton *m_remove;
    QWidget *m_fields;
    InsightText *m_title;
    InsightText *m_impact;
    InsightText *m_cause;
    QTableWidget *m_links;
    QPushButton *m_addLink;
    QPushButton *m_removeLink;
};

} // namespace slipway
