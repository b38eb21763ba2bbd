// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QList>
#include <QString>

namespace slipway {

/// One process of a sandbox. A process id alone is reused; with its start time (clock ticks since boot) it is
/// not.
struct SandboxProcess {
    qint64 pid = 0;
    quint64 startTime = 0;
    QString part;        ///< "switch" or a host's name
    bool keeper = false; ///< the one that holds the part's namespaces, and whose end is the part's end

    friend bool operator==(const SandboxProcess &, const SandboxProcess &) = default;
};

/// Finds the processes of one sandbox in /proc, by the mark that each part carries in its environment, and
/// not by process ids written down somewhere: whoever started them may have been killed before writing any.
class SandboxProcesses {
public:
    /// `mark` is unique to the sandbox on this machine; `dir` is its folder.
    SandboxProcesses(const QString &mark, const QString &dir);

    static QString markVariable();
    static QString partVariable();

    /// Those with the mark and all their descendants; of one part, or of every part when `part` is empty.
    [[nodiscard]] QList<SandboxProcess> find(const QString &part = {}) const;
    [[nodiscard]] qint64 keeper(const QString &part) const; ///< its process id, or 0

    /// Kills them until none is left. TimedOut names those that would not go.
    Result<void> end(const QString &part = {}) const;

private:
    QString m_mark;
    QString m_dir;
};

} // namespace slipway
