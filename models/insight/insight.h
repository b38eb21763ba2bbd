// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QStringList>

#include <span>

namespace slipway {

/// Where a bug was fixed.
struct InsightLink {
    QString label;
    QString url;
    QJsonObject others{}; ///< keys that Slipway does not know

    friend bool operator==(const InsightLink &, const InsightLink &) = default;
};

struct InsightBug {
    QString title;
    QString impact;
    QString rootCause;
    QList<InsightLink> fixedIn;
    QJsonObject others{}; ///< keys that Slipway does not know

    friend bool operator==(const InsightBug &, const InsightBug &) = default;
};

/// The written analysis of one campaign, as people wrote it.
struct Insight {
    QString headline;
    QString verdict; ///< what a person wrote, never what Slipway found
    QString whatItTested;
    QString whatItProved;
    QString forNonTechnical;
    QString forCLevel;
    QString forSme;
    QString nextRunChange;
    QList<InsightBug> bugs;
    QStringList texts; ///< all its sentences, in the file's order of keys, bugs and their causes included
};

/// One text of an insight.
struct InsightField {
    const char *key;   ///< in the file
    const char *title; ///< for people
    QString Insight::*text;
    bool isAudience; ///< a complete insight has it
    bool isAhead;    ///< speaks of what comes next
};

/// In the order of reading; bugs come before the last one.
[[nodiscard]] std::span<const InsightField> insightFields();
[[nodiscard]] const InsightField *insightField(const QString &key); ///< null: there is none

/// The titles of the audiences that it does not speak to yet; none: it is complete.
[[nodiscard]] QStringList missingAudiences(const Insight &insight);
/// What readers could not use, each with the place: a bug without a title, a link that is none.
[[nodiscard]] QStringList insightProblems(const Insight &insight);

/// Where a Pages repo keeps them.
inline const QString kInsights = QStringLiteral("analysis/run-insights.json");

/// Reads analysis/run-insights.json of a Pages repo: an entry per campaign id. Keys that begin with "__" are
/// the file's own. An entry that is not an object is left out; the error names what is wrong with the whole.
Result<QMap<QString, Insight>> readInsights(const QByteArray &bytes);
/// Reads one entry of it.
Result<Insight> readInsight(const QByteArray &entry);

} // namespace slipway
