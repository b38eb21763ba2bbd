// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QSet>

namespace slipway {

/// A log line without what differs from line to line: numbers, hashes, times and identifiers are "#", runs of
/// blanks one blank. Pure; looks at the first 512 bytes.
[[nodiscard]] QByteArray logTemplate(const QByteArray &line);

/// Lines of one template.
struct LogTemplate {
    QByteArray text;
    QByteArray example; ///< the first of its lines, cut at 512 bytes
    qint64 line = 0;    ///< that line's number, from 0
    qint64 count = 0;
};

/// The templates of a log, at most 10,000: what comes later in a log that has more is not counted. Not
/// thread-safe.
class LogTemplates {
public:
    void add(const QByteArray &line, qint64 number);
    [[nodiscard]] bool isFull() const;
    /// Those whose text is not in `known`, in order of their first line.
    [[nodiscard]] QList<LogTemplate> notIn(const QSet<QByteArray> &known) const;
    void addTextsTo(QSet<QByteArray> &texts) const;

private:
    QHash<QByteArray, LogTemplate> m_templates;
};

} // namespace slipway
