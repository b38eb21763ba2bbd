// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insight/insightdraft.h"

#include "models/insight/insightentry.h"
#include "models/insight/insightmerge.h"
#include "models/insight/jsonsplice.h"
#include "ui/insight/insightlimits.h"

#include <QJsonDocument>
#include <QUndoCommand>

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

constexpr int kMaxSteps = 200;

QString tr(const char *text) {
    return InsightDraft::tr(text);
}

Result<Insight> readEntry(const QByteArray &entry) {
    if (entry.size() > kMaxEntry)
        return Error{ErrorCode::InvalidInput, tr("it has more than 1 MiB")};
    if (const QString problem = insightShapeProblem(QJsonDocument::fromJson(entry).object());
        !problem.isEmpty())
        return Error{ErrorCode::InvalidInput, problem};
    return readInsight(entry.isEmpty() ? QByteArray("{}") : entry);
}

// Cuts what the window does not take, and says the first of it.
QString shorten(Insight &insight) {
    QString excess;
    const auto cut = [&](QString &text, qsizetype max, const QString &where) {
        if (text.size() > max && excess.isEmpty())
            excess = tr("%1 has %2 characters, more than the %3 that are edited here")
                         .arg(where)
                         .arg(text.size())
                         .arg(max);
        text.truncate(max);
    };
    for (const InsightField &field : insightFields())
        cut(insight.*field.text, kMaxText, tr(field.title));
    if (insight.bugs.size() > kMaxBugs)
        excess = tr("it has %1 bugs, more than the %2 that are edited here")
                     .arg(insight.bugs.size())
                     .arg(kMaxBugs);
    insight.bugs = insight.bugs.first(std::min<qsizetype>(insight.bugs.size(), kMaxBugs));
    for (InsightBug &bug : insight.bugs) {
        cut(bug.title, kMaxBugTitle, tr("a bug's title"));
        cut(bug.impact, kMaxBugText, tr("a bug's impact"));
        cut(bug.rootCause, kMaxBugText, tr("a bug's root cause"));
        if (bug.fixedIn.size() > kMaxLinks)
            excess = tr("a bug has more than %1 links").arg(kMaxLinks);
        bug.fixedIn = bug.fixedIn.first(std::min<qsizetype>(bug.fixedIn.size(), kMaxLinks));
    }
    return excess;
}

} // namespace

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

InsightDraft::InsightDraft(QObject *parent) : QObject(parent) {
    m_stack.setUndoLimit(kMaxSteps);
}

void InsightDraft::load(const QByteArray &entry) {
    m_stack.clear();
    m_base = entry;
    // An entry that cannot be changed byte for byte is left to people.
    const auto probe = entry.size() > kMaxEntry ? Result<QByteArray>(QByteArray())
                                                : withMember(entry, QStringLiteral("headline"), "\"\"");
    m_broken = probe ? QString() : probe.error().text;
    set(entry);
}

void InsightDraft::set(const QByteArray &entry) {
    m_entry = entry;
    const auto read = readEntry(entry);
    m_insight = read ? *read : Insight();
    const QString excess = shorten(m_insight);
    m_problem = !m_broken.isEmpty() ? m_broken : read ? excess : read.error().text;
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
