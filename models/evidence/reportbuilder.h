// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/canary.h"
#include "models/observation/observation.h"

#include <QJsonArray>
#include <QMap>

namespace slipway {

/// Builds the field's reports (protocol.md) from recorded observations. What was not observed is left out of
/// a report, never written as zero; an unanswered count is "ERR", as in the field. Additions to the field's
/// shape: identity counts (acked, acked_held, durable_by_fault, converged_by_fault), times and hashes. Pure.
[[nodiscard]] QList<EvidenceFile> buildReports(const QList<ObservedStream> &streams,
                                               const QMap<QString, QString> &parameters,
                                               const QStringList &peers);

/// What campaign-summary.json says besides the reports.
struct SummaryFacts {
    QString campaignId;
    QString ref;
    QDateTime completedAt; ///< UTC
    bool overallPass = false;
    QString verdict;
};

[[nodiscard]] EvidenceFile buildSummary(const SummaryFacts &facts, const QList<EvidenceFile> &reports);

// One builder a phase, each in a file of its own.
[[nodiscard]] QJsonObject functionalReport(const ObservedStream &stream, int minTools);
[[nodiscard]] QJsonObject federationReport(const QList<ObservedStream> &streams, const QStringList &peers,
                                           double deliveryMin);
[[nodiscard]] QJsonObject migrationReport(const ObservedStream &stream, qint64 memories);
[[nodiscard]] QJsonObject chaosReport(const QList<Cycle> &cycles, const QMap<QString, QString> &parameters,
                                      const QStringList &notes = {}, const QList<CanaryCycle> &canaries = {});

/// Reasons as the field writes them: an array with one empty string when there is none.
[[nodiscard]] QJsonArray reasonsArray(const QStringList &reasons);

} // namespace slipway
