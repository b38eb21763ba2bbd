// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/logscans.h"

#include "models/log/severity.h"

#include <algorithm>
#include <thread>

namespace slipway {

namespace {

constexpr unsigned kMaxThreads = 4;

bool isError(QByteArrayView line) {
    return severityOf(line) == Severity::Error;
}

} // namespace

void LogScans::setLog(const std::shared_ptr<const LogSource> &log) {
    m_log = log;
    m_pattern.reset();
    m_errors.reset();
    m_cycles.reset();
    if (!log)
        return;
    static const LinePattern errors = *LinePattern::compile(errorPattern(), false);
    static const LinePattern cycles = *LinePattern::compile(cycleLinePattern(), true);
    m_errors = std::make_unique<LogScan>(log, LogScan::Request{errors, isError});
    m_cycles = std::make_unique<LogScan>(log, LogScan::Request{cycles, nullptr, true});
}

void LogScans::setPattern(const std::optional<LinePattern> &pattern) {
    m_pattern.reset();
    if (!pattern || !m_log)
        return;
    const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 1U, kMaxThreads);
    m_pattern = std::make_unique<LogScan>(m_log, LogScan::Request{*pattern, nullptr, false, threads});
}

void LogScans::look() {
    for (LogScan *scan : {m_errors.get(), m_cycles.get(), m_pattern.get()}) {
        if (scan)
            scan->look();
    }
}

bool LogScans::isBusy() const {
    const auto isBusy = [](const std::unique_ptr<LogScan> &scan) { return scan && scan->isBusy(); };
    return isBusy(m_errors) || isBusy(m_cycles) || isBusy(m_pattern);
}

} // namespace slipway
