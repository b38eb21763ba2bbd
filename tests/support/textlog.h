// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logsource.h"

#include <algorithm>
#include <mutex>

namespace slipway::sample {

/// Given lines, which may become more, or others. Any thread.
class TextLog final : public LogSource {
public:
    explicit TextLog(QList<QByteArray> text) : m_text(std::move(text)) {}

    void append(const QList<QByteArray> &text) {
        const std::scoped_lock lock(m_mutex);
        m_text += text;
    }
    void beginAnew(const QList<QByteArray> &text) {
        const std::scoped_lock lock(m_mutex);
        m_text = text;
        ++m_generation;
    }
    [[nodiscard]] qint64 lineCount() const override {
        const std::scoped_lock lock(m_mutex);
        return m_text.size();
    }
    [[nodiscard]] qint64 byteCount() const override {
        const std::scoped_lock lock(m_mutex);
        qint64 bytes = 0;
        for (const QByteArray &line : m_text)
            bytes += line.size() + 1;
        return bytes;
    }
    [[nodiscard]] qint64 generation() const override {
        const std::scoped_lock lock(m_mutex);
        return m_generation;
    }
    [[nodiscard]] QList<LogLine> lines(qint64 first, qint64 count) const override {
        const std::scoped_lock lock(m_mutex);
        QList<LogLine> result;
        qint64 offset = 0;
        for (qint64 line = 0; line < std::min<qint64>(first + count, m_text.size()); ++line) {
            if (line >= first)
                result.append({m_text.at(line), line, offset});
            offset += m_text.at(line).size() + 1;
        }
        return result;
    }

private:
    mutable std::mutex m_mutex;
    QList<QByteArray> m_text;
    qint64 m_generation = 0;
};

} // namespace slipway::sample
