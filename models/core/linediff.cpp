// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/linediff.h"

#include <QHash>
#include <QStringDecoder>

#include <algorithm>
#include <optional>
#include <vector>

namespace slipway {

namespace {

constexpr qsizetype kMaxBytes = 1024LL * 1024;
constexpr int kMaxDifferences = 1000;
constexpr qsizetype kMaxLines = 2000;
constexpr qsizetype kContext = 3;
constexpr qsizetype kLongestLine = 400; // characters
constexpr qsizetype kBeforeDifference = 60;

std::optional<QStringList> linesOf(const QByteArray &bytes) {
    if (bytes.size() > kMaxBytes || bytes.contains('\0'))
        return std::nullopt;
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decode(bytes);
    if (decode.hasError())
        return std::nullopt;
    QStringList lines = text.split(QLatin1Char('\n'));
    if (lines.constLast().isEmpty())
        lines.removeLast();
    else
        lines.last() += QStringLiteral("  (no end of line)"); // else a file that gained one would not differ
    return lines;
}

// Equal lines get equal numbers.
std::vector<int> numbered(const QStringList &lines, QHash<QString, int> &numbers) {
    std::vector<int> result;
    result.reserve(static_cast<std::size_t>(lines.size()));
    for (const QString &line : lines) {
        const auto it = numbers.constFind(line);
        result.push_back(it == numbers.constEnd() ? static_cast<int>(numbers.size()) : *it);
        if (it == numbers.constEnd())
            numbers.insert(line, result.back());
    }
    return result;
}

struct Step {
    DiffLine::Kind kind = DiffLine::Kind::Same;
    qsizetype line = 0; // of before, but for Added
};

// Myers' greedy search for the shortest way from one to the other; nothing when it is too long.
std::optional<std::vector<Step>> shortestWay(const std::vector<int> &a, const std::vector<int> &b) {
    const int n = static_cast<int>(a.size());
    const int m = static_cast<int>(b.size());
    const int max = std::min(n + m, kMaxDifferences);
    const auto at = [max](int k) { return static_cast<std::size_t>(k + max + 1); };
    const auto in = [](const std::vector<int> &lines, int i) { return lines[static_cast<std::size_t>(i)]; };
    std::vector<int> reach(at(max + 1) + 1, 0);
    std::vector<std::vector<int>> trail;
    for (int d = 0; d <= max; ++d) {
        trail.emplace_back(reach.begin() + static_cast<std::ptrdiff_t>(at(-d - 1)),
                           reach.begin() + static_cast<std::ptrdiff_t>(at(d + 1)) + 1);
        for (int k = -d; k <= d; k += 2) {
            const bool down = k == -d || (k != d && reach[at(k - 1)] < reach[at(k + 1)]);
            int x = down ? reach[at(k + 1)] : reach[at(k - 1)] + 1;
            while (x < n && x - k < m && in(a, x) == in(b, x - k))
                ++x;
            reach[at(k)] = x;
            if (x < n || x - k < m)
                continue;
            std::vector<Step> steps;
            int y = m;
            x = n;
            for (int back = d; back >= 0; --back) {
                const auto &was = trail[static_cast<std::size_t>(back)];
                const auto reached = [&was, back](int diagonal) {
                    return was[static_cast<std::size_t>(diagonal + back + 1)];
                };
                const int diagonal = x - y;
                const bool cameDown =
                    diagonal == -back || (diagonal != back && reached(diagonal - 1) < reached(diagonal + 1));
                const int from = back == 0 ? 0 : cameDown ? reached(diagonal + 1) : reached(diagonal - 1);
                const int fromY = back == 0 ? 0 : from - (cameDown ? diagonal + 1 : diagonal - 1);
                while (x > from && y > fromY) {
                    --x;
                    --y;
                    steps.push_back({DiffLine::Kind::Same, x});
                }
                if (back > 0 && cameDown)
                    steps.push_back({DiffLine::Kind::Added, --y});
                else if (back > 0)
                    steps.push_back({DiffLine::Kind::Removed, --x});
            }
            std::reverse(steps.begin(), steps.end());
            return steps;
        }
    }
    return std::nullopt;
}

std::vector<Step> wayOf(const std::vector<int> &a, const std::vector<int> &b) {
    const auto head = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
    const auto tail =
        std::mismatch(a.rbegin(), a.rend() - head, b.rbegin(), b.rend() - head).first - a.rbegin();
    std::vector<Step> steps;
    for (qsizetype i = 0; i < head; ++i)
        steps.push_back({DiffLine::Kind::Same, i});
    const std::vector<int> from(a.begin() + head, a.end() - tail);
    const std::vector<int> to(b.begin() + head, b.end() - tail);
    if (const auto way = shortestWay(from, to)) {
        for (const Step &step : *way)
            steps.push_back({step.kind, step.line + head});
    } else {
        for (qsizetype i = 0; i < static_cast<qsizetype>(from.size()); ++i)
            steps.push_back({DiffLine::Kind::Removed, head + i});
        for (qsizetype i = 0; i < static_cast<qsizetype>(to.size()); ++i)
            steps.push_back({DiffLine::Kind::Added, head + i});
    }
    for (qsizetype i = static_cast<qsizetype>(a.size()) - tail; i < static_cast<qsizetype>(a.size()); ++i)
        steps.push_back({DiffLine::Kind::Same, i});
    return steps;
}

QString cut(const QString &line, qsizetype differsAt) {
    if (line.size() <= kLongestLine)
        return line;
    const qsizetype from = differsAt > kLongestLine / 2 ? differsAt - kBeforeDifference : 0;
    return (from > 0 ? QStringLiteral("…") : QString()) + line.mid(from, kLongestLine) +
           (from + kLongestLine < line.size() ? QStringLiteral("…") : QString());
}

// Old lines with new ones right behind them were changed: each is cut to where it became another.
void cutLongLines(QList<DiffLine> &lines) {
    using Kind = DiffLine::Kind;
    for (qsizetype i = 0; i < lines.size();) {
        const Kind kind = lines.at(i).kind;
        qsizetype added = i;
        while (kind == Kind::Removed && added < lines.size() && lines.at(added).kind == Kind::Removed)
            ++added;
        const qsizetype removed = added - i;
        for (qsizetype k = 0; k < removed; ++k) {
            QString &was = lines[i + k].text;
            qsizetype differs = 0;
            const bool isPair = added + k < lines.size() && lines.at(added + k).kind == Kind::Added;
            if (isPair) {
                const QString &now = lines.at(added + k).text;
                differs =
                    std::mismatch(was.cbegin(), was.cend(), now.cbegin(), now.cend()).first - was.cbegin();
                lines[added + k].text = cut(now, differs);
            }
            was = cut(was, differs);
        }
        if (removed == 0)
            lines[i].text = cut(lines.at(i).text, 0);
        i += std::max<qsizetype>(1, removed);
    }
}

} // namespace

QList<DiffLine> lineDiff(const QByteArray &before, const QByteArray &after) {
    const auto old = linesOf(before);
    const auto fresh = linesOf(after);
    if (before == after || !old || !fresh)
        return {};
    QHash<QString, int> numbers;
    const std::vector<int> a = numbered(*old, numbers);
    const std::vector<int> b = numbered(*fresh, numbers);
    const std::vector<Step> steps = wayOf(a, b);
    const auto count = static_cast<qsizetype>(steps.size());
    const auto kindAt = [&](qsizetype i) { return steps[static_cast<std::size_t>(i)].kind; };
    std::vector<bool> shown(steps.size(), false);
    for (qsizetype i = 0; i < count; ++i) {
        if (kindAt(i) == DiffLine::Kind::Same)
            continue;
        for (qsizetype near = std::max<qsizetype>(0, i - kContext); near <= std::min(count - 1, i + kContext);
             ++near)
            shown[static_cast<std::size_t>(near)] = true;
    }
    QList<DiffLine> lines;
    qsizetype leftOut = 0;
    const auto flush = [&] {
        if (leftOut > 0)
            lines.append({DiffLine::Kind::LeftOut,
                          leftOut == 1 ? QStringLiteral("1 line") : QStringLiteral("%1 lines").arg(leftOut)});
        leftOut = 0;
    };
    for (qsizetype i = 0; i < count; ++i) {
        if (!shown[static_cast<std::size_t>(i)] || lines.size() >= kMaxLines - 1) {
            ++leftOut;
            continue;
        }
        flush();
        const Step &step = steps[static_cast<std::size_t>(i)];
        lines.append({step.kind, (step.kind == DiffLine::Kind::Added ? *fresh : *old).at(step.line)});
    }
    flush();
    cutLongLines(lines);
    return lines;
}

} // namespace slipway
