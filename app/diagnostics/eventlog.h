// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace slipway {

/// A file of what was done, a line each: the time in UTC, the process, the category and the text, without
/// secrets and control characters. Several processes append to the same file. When it is full it becomes
/// FILE.1, in place of the one before, and a new one begins. Nothing waits for it and nothing fails because
/// of it: what cannot be written is lost. A plain value; any thread.
class EventLog {
public:
    /// One file; two of them at the most.
    static constexpr qint64 kMaxBytes = qint64{1} << 20;

    explicit EventLog(QString file, qint64 maxBytes = kMaxBytes);

    /// Makes the file and its folder, for its owner alone, when they are missing.
    void add(const QString &category, const QString &text) const;
    /// The newest of both files, oldest first.
    [[nodiscard]] QStringList lastLines(int max) const;
    [[nodiscard]] const QString &file() const { return m_file; }

private:
    QString m_file;
    qint64 m_maxBytes;
};

} // namespace slipway
