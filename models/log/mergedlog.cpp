// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/mergedlog.h"

#include "models/log/logtime.h"

#include <algorithm>
#include <optional>

namespace slipway {

namespace {

constexpr qint64 kStride = 1024;
constexpr qint64 kAhead = 512;
constexpr qint64 kAtOnce = 16'384;
constexpr int kUntimed = 1024; // lines after which a log is taken for one without times

} // namespace

MergedLog::MergedLog(std::vector<Part> parts)
    : m_parts(std::move(parts)), m_heads(m_parts.size()), m_partsGeneration(partsGeneration()),
      m_next(m_parts.size(), 0) {
    for (size_t i = 0; i < m_parts.size(); ++i)
        m_heads[i].time = m_parts[i].begin;
}

qint64 MergedLog::partsGeneration() const {
    qint64 sum = 0;
    for (const Part &part : m_parts)
        sum += part.log->generation();
    return sum;
}

qint64 MergedLog::partsBytes() const {
    qint64 sum = 0;
    for (const Part &part : m_parts)
        sum += part.log->byteCount() + part.log->lineCount();
    return sum;
}

// The next line of a part at hand, with its time; false when none may be taken now.
bool MergedLog::refill(size_t part) {
    Head &head = m_heads[part];
    if (head.taken < head.ahead.size())
        return true;
    if (head.next >= head.end)
        return false;
    head.ahead = m_parts[part].log->lines(head.next, std::min(kAhead, head.end - head.next));
    head.taken = 0;
    return !head.ahead.isEmpty();
}

bool MergedLog::extend() {
    if (const qint64 now = partsGeneration(); now != m_partsGeneration) {
        m_partsGeneration = now;
        m_heads.assign(m_parts.size(), {});
        for (size_t i = 0; i < m_parts.size(); ++i)
            m_heads[i].time = m_parts[i].begin;
        const std::scoped_lock lock(m_mutex);
        m_streams.clear();
        m_marks.clear();
        m_next.assign(m_parts.size(), 0);
        ++m_generation;
    }
    bool waits = false;
    for (size_t i = 0; i < m_parts.size(); ++i) {
        Head &head = m_heads[i];
        const qint64 bytes = m_parts[i].log->byteCount();
        const qint64 lines = m_parts[i].log->lineCount();
        head.rests = bytes == head.bytes && !m_parts[i].log->isIndexing();
        head.end = head.rests ? lines : std::max<qint64>(0, lines - 1);
        waits = waits || (!head.rests && lines > head.next);
        head.bytes = bytes;
    }
    std::vector<quint16> streams;
    // Times within a log do not go back: a line that claims so stays with the one before it.
    const auto timeOf = [this](size_t part) {
        Head &head = m_heads[part];
        const auto time = timeOfLine(head.ahead.at(head.taken).text);
        head.isTimed = time.has_value();
        return time ? std::max(*time, head.time) : head.time;
    };
    using Place = std::pair<qint64, quint16>; // a time, and a part
    std::vector<Place> heap;                  // the earliest on top
    const auto later = std::greater<Place>();
    // What a log may still bring at this time or after it: until that is known, nothing later is taken.
    std::optional<Place> open;
    const auto push = [&](size_t part) {
        const Head &head = m_heads[part];
        if (refill(part)) {
            heap.emplace_back(timeOf(part), static_cast<quint16>(part));
            std::push_heap(heap.begin(), heap.end(), later);
        } else if (!head.rests && head.untimed < kUntimed) {
            const Place place{head.time, static_cast<quint16>(part)};
            open = open ? std::min(*open, place) : place;
        }
    };
    for (size_t i = 0; i < m_parts.size(); ++i)
        push(i);
    while (!heap.empty() && static_cast<qint64>(streams.size()) < kAtOnce &&
           !(open && *open < heap.front())) {
        std::pop_heap(heap.begin(), heap.end(), later);
        const auto [time, part] = heap.back();
        heap.pop_back();
        Head &head = m_heads[part];
        head.time = time;
        head.untimed = head.isTimed ? 0 : std::min(head.untimed + 1, kUntimed);
        ++head.taken;
        ++head.next;
        streams.push_back(part);
        push(part);
    }
    for (Head &head : m_heads) { // a line that was half may be whole at the next call
        head.ahead.clear();
        head.taken = 0;
    }
    const std::scoped_lock lock(m_mutex);
    for (const quint16 stream : streams) {
        if (static_cast<qint64>(m_streams.size()) % kStride == 0)
            m_marks.insert(m_marks.end(), m_next.begin(), m_next.end());
        m_streams.push_back(stream);
        ++m_next[stream];
    }
    return !streams.empty() || waits || !heap.empty();
}

qint64 MergedLog::lineCount() const {
    const std::scoped_lock lock(m_mutex);
    return static_cast<qint64>(m_streams.size());
}

qint64 MergedLog::byteCount() const {
    qint64 sum = 0;
    for (const Part &part : m_parts)
        sum += part.log->byteCount();
    return sum;
}

qint64 MergedLog::generation() const {
    const std::scoped_lock lock(m_mutex);
    return m_generation;
}

QList<LogLine> MergedLog::lines(qint64 first, qint64 count) const {
    std::vector<quint16> streams;
    std::vector<qint64> from;
    {
        const std::scoped_lock lock(m_mutex);
        first = std::max<qint64>(first, 0);
        const auto total = static_cast<qint64>(m_streams.size());
        count = std::min(count, total - first);
        if (count <= 0)
            return {};
        const auto parts = static_cast<qint64>(m_parts.size());
        from.assign(m_marks.begin() + first / kStride * parts,
                    m_marks.begin() + (first / kStride + 1) * parts);
        for (qint64 row = first - first % kStride; row < first; ++row)
            ++from[m_streams[static_cast<size_t>(row)]];
        streams.assign(m_streams.begin() + first, m_streams.begin() + first + count);
    }
    std::vector<QList<LogLine>> found(m_parts.size());
    for (size_t part = 0; part < m_parts.size(); ++part) {
        const auto needed = std::count(streams.begin(), streams.end(), static_cast<quint16>(part));
        if (needed > 0)
            found[part] = m_parts[part].log->lines(from[part], needed);
    }
    QList<LogLine> result;
    std::vector<qsizetype> taken(m_parts.size(), 0);
    for (const quint16 stream : streams) {
        if (taken[stream] >= found[stream].size())
            break; // begun anew just now
        LogLine line = found[stream].at(taken[stream]++);
        line.stream = stream;
        result.append(line);
    }
    return result;
}

qint64 MergedLog::rowOf(int stream, qint64 line) const {
    const std::scoped_lock lock(m_mutex);
    const auto parts = static_cast<qint64>(m_parts.size());
    if (stream < 0 || stream >= parts || m_marks.empty())
        return 0;
    const auto at = [&](qint64 mark) { return m_marks[static_cast<size_t>(mark * parts + stream)]; };
    qint64 low = 0;
    qint64 high = static_cast<qint64>(m_marks.size()) / parts - 1;
    while (low < high) {
        const qint64 middle = low + (high - low + 1) / 2;
        if (at(middle) <= line)
            low = middle;
        else
            high = middle - 1;
    }
    qint64 next = at(low);
    const auto total = static_cast<qint64>(m_streams.size());
    for (qint64 row = low * kStride; row < total; ++row) {
        if (m_streams[static_cast<size_t>(row)] == stream && next++ == line)
            return row;
    }
    return total - 1;
}

} // namespace slipway
