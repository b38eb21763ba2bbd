// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/insight/insight.h"
#include "models/insight/insightmerge.h"

#include <QObject>
#include <QUndoStack>

#include <functional>

namespace slipway {

/// What a person writes about one campaign before it is saved: the entry's bytes, what it began with, and
/// every edit, to be undone. Each edit changes its member and no other byte. GUI thread.
class InsightDraft : public QObject {
    Q_OBJECT
public:
    explicit InsightDraft(QObject *parent = nullptr);

    void load(const QByteArray &entry); ///< as it is stored; what was edited before is gone
    void setText(const InsightField &field, const QString &text);
    void setBugs(const QList<InsightBug> &bugs, const QString &place); ///< `place`: what of them was edited
    void endStep(); ///< what is typed next is undone by itself

    [[nodiscard]] const QByteArray &base() const { return m_base; }
    [[nodiscard]] const QByteArray &entry() const { return m_entry; }
    [[nodiscard]] const Insight &insight() const { return m_insight; } ///< within the window's limits
    [[nodiscard]] bool isChanged() const { return m_entry != m_base; }
    [[nodiscard]] const QString &problem() const { return m_problem; } ///< why it cannot be edited here
    [[nodiscard]] QUndoStack &stack() { return m_stack; }

    /// `sent` is stored, as `stored` where it was merged with what another wrote.
    void noteSaved(const QByteArray &sent, const QByteArray &stored);
    /// What another wrote is seen: the next save writes over it where both changed a text.
    void keepMine(const QByteArray &theirs);
    /// Theirs where both changed a text, mine elsewhere; can be undone.
    void takeTheirs(const QByteArray &theirs);

Q_SIGNALS:
    void edited();   ///< by a person, in a field that shows it already
    void replaced(); ///< the fields must show it anew

private:
    class Edit;
    void push(const QString &place, const Result<QByteArray> &after);
    void set(const QByteArray &entry);
    void settle(const QByteArray &theirs, InsightConflict rule);

    QByteArray m_base;
    QByteArray m_entry;
    Insight m_insight;
    QString m_broken;  ///< why its bytes cannot be changed one by one
    QString m_problem; ///< that, or that it is too long for the window
    QUndoStack m_stack;
    int m_step = 0;
    bool m_typing = false; ///< the edit comes from a field
};

} // namespace slipway
