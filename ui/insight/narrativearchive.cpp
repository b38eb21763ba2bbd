// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insight/narrativearchive.h"

#include "app/session/insights.h"
#include "ui/insight/narrativetab.h"

namespace slipway {

NarrativeArchive::NarrativeArchive(Insights &insights, NarrativeTab &tab, std::function<QString()> chosen)
    : QObject(&tab), m_insights(insights), m_tab(tab), m_chosen(std::move(chosen)) {
    connect(&m_tab, &NarrativeTab::requested, this, &NarrativeArchive::load);
    connect(&m_tab, &NarrativeTab::saveRequested, this, &NarrativeArchive::save);
    connect(&m_tab, &NarrativeTab::evidenceRequested, this, [this](const QString &id) {
        m_insights.loadNumbers(id, [this, id](const Result<std::shared_ptr<const EvidenceNumbers>> &numbers) {
            if (numbers)
                m_tab.setEvidence(id, *numbers);
            else
                Q_EMIT problemOccurred(numbers.error().text);
        });
    });
    connect(&m_tab, &NarrativeTab::lintRequested, this,
            [this](int asked, const Insight &insight, const std::shared_ptr<const EvidenceNumbers> &numbers,
                   bool isOver) {
                m_insights.lint(insight, numbers, isOver,
                                [this, asked](const QList<InsightFinding> &findings) {
                                    m_tab.setFindings(asked, findings);
                                });
            });
}

void NarrativeArchive::load(const QString &id) {
    m_insights.load(id, [this, id](const Result<QByteArray> &entry) {
        if (entry)
            m_tab.setEntry(id, *entry);
        else
            Q_EMIT problemOccurred(entry.error().text);
    });
}

void NarrativeArchive::save(const QString &id, const QByteArray &base, const QByteArray &entry) {
    m_insights.save(id, base, entry, [this, id, entry](const Result<QByteArray> &saved) {
        if (saved) {
            m_tab.setSaved(id, entry, *saved);
            return;
        }
        if (id != m_chosen() || !m_tab.isVisible()) // else the tab says so
            Q_EMIT problemOccurred(
                tr("What is written about %1 was not saved: %2").arg(id, saved.error().text));
        if (saved.error().code != ErrorCode::AlreadyExists) {
            m_tab.setRefused(id, saved.error(), {});
            return;
        }
        m_insights.load(id, [this, id, error = saved.error()](const Result<QByteArray> &theirs) {
            m_tab.setRefused(id, error, theirs ? *theirs : QByteArray());
        });
    });
}

} // namespace slipway
