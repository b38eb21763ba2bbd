// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QList>
#include <QString>

namespace slipway {

class Archive;
class Database;

/// A line that a search should find, and where it stands.
struct SalientLine {
    QString place; ///< "phase2-burst-chaos.log, byte 1024", "phase2.delivery.node-b"
    QString text;
};

struct SearchHit {
    QString campaign;
    QString kind; ///< "reason", "log", "insight"
    QString place;
    QString text;
};

/// What can be searched of campaigns: their reasons, warnings and errors of logs, insights.
class SearchIndex {
public:
    explicit SearchIndex(Archive &archive);

    /// What a search finds of this kind, in place of what it found before.
    Result<void> replace(const QString &campaign, const QString &kind, const QList<SalientLine> &lines);
    /// Every word or part of one, in any order. The best hits first, at most `max`; none of campaigns that
    /// are removed.
    Result<QList<SearchHit>> find(const QString &words, int max);

private:
    Result<void> forget(const QString &campaign, const QString &kind);

    Database &m_database;
};

} // namespace slipway
