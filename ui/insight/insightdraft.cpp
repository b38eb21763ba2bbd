// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insight/insightdraft.h"

#include "models/insight/insightentry.h"
#include "models/insight/insightmerge.h"
#include "models/insight/jsonsplice.h"

#include <QUndoCommand>

#include <utility>

namespace slipway {

class InsightDraft::Edit : public QUndoCommand {
public:
    Edit(InsightDraft &draft, QString place, int step, QByteArray after)
        : m_draft(draft), m_place(std::move(place)), m_step(step), m_before(draft.m_entry),
          m_after(std::move(after)) {}

    void undo() override { m_draft.set(m_before); }
    void redo() override { m_draft.set(m_after); }
    [[nodiscard]] int id() const override { return 1; }
    bool mergeWith(const QUndoCommand *other) override {
        const auto *later = static_cast<const Edit *>(other);
        if (later->m_place != m_place || later->m_step != m_step)
            return false;
        m_after = later->m_after;
        return true;
    }

private:
    InsightDraft &m_draft;
    QString m_place;
    int m_step;
    QByteArray m_before;
    QByteArray m_after;
};

InsightDraft::InsightDraft(QObject *parent) : QObject(parent) {}

void InsightDraft::load(const QByteArray &entry) {
    m_stack.clear();
    m_base = entry;
    m_problem.clear();
    // An entry that cannot be changed byte for byte is left to people.
    const auto probe = withMember(entry, QStringLiteral("headline"), "\"\"");
    const auto read = readInsight(entry.isEmpty() ? QByteArray("{}") : entry);
    if (!probe || !read)
        m_problem = probe ? read.error().text : probe.error().text;
    set(entry);
}

void InsightDraft::set(const QByteArray &entry) {
    m_entry = entry;
    const auto read = readInsight(entry.isEmpty() ? QByteArray("{}") : entry);
    m_insight = read ? *read : Insight();
    if (m_typing)
        Q_EMIT edited();
    else
        Q_EMIT replaced();
}

void InsightDraft::push(const QString &place, const Result<QByteArray> &after) {
    if (!after || *after == m_entry)
        return;
    m_stack.push(new Edit(*this, place, m_step, *after));
}

void InsightDraft::setText(const InsightField &field, const QString &text) {
    if (m_insight.*field.text == text)
        return; // a field says that it changed when it is only painted anew
    m_typing = true;
    push(QString::fromLatin1(field.key), withInsightText(m_entry, field, text));
    m_typing = false;
    if (text.endsWith(QLatin1Char('.')) || text.endsWith(QLatin1Char('\n')))
        endStep(); // a sentence at a time
}

void InsightDraft::setBugs(const QList<InsightBug> &bugs, const QString &place) {
    m_typing = true;
    push(place, withInsightBugs(m_entry, bugs));
    m_typing = false;
}

void InsightDraft::endStep() {
    ++m_step;
}

void InsightDraft::noteSaved(const QByteArray &sent, const QByteArray &stored) {
    m_base = stored;
    if (stored == sent) {
        Q_EMIT edited();
        return;
    }
    const auto merged = mergeInsight({{sent}, {sent}}, m_entry, stored);
    endStep();
    push(QStringLiteral("merge"), merged ? *merged : stored);
}

void InsightDraft::keepMine(const QByteArray &theirs) {
    settle(theirs, InsightConflict::Mine);
}

void InsightDraft::takeTheirs(const QByteArray &theirs) {
    settle(theirs, InsightConflict::Theirs);
}

void InsightDraft::settle(const QByteArray &theirs, InsightConflict rule) {
    const auto merged = mergeInsight({{m_base}, {m_base}}, m_entry, theirs, rule);
    m_base = theirs;
    endStep();
    push(QStringLiteral("merge"), merged);
    Q_EMIT replaced();
}

} // namespace slipway
