// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/logstream/logscan.h"

#include <memory>
#include <optional>

namespace slipway {

/// What is looked for in the log that is shown: its errors, its cycles, and what a person typed. Each on
/// threads of its own; look() now and then. GUI thread.
class LogScans {
public:
    void setLog(const std::shared_ptr<const LogSource> &log); ///< null: nothing; ends what ran
    void setPattern(const std::optional<LinePattern> &pattern);
    void look();

    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] const LogScan *errors() const { return m_errors.get(); }   ///< null without a log
    [[nodiscard]] const LogScan *cycles() const { return m_cycles.get(); }   ///< null without a log
    [[nodiscard]] const LogScan *pattern() const { return m_pattern.get(); } ///< null without a pattern

private:
    std::shared_ptr<const LogSource> m_log;
    std::unique_ptr<LogScan> m_errors;
    std::unique_ptr<LogScan> m_cycles;
    std::unique_ptr<LogScan> m_pattern;
};

} // namespace slipway
