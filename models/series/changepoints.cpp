// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/changepoints.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <vector>

namespace slipway {

namespace {

constexpr qsizetype kMaxValues = 1000;
constexpr size_t kMinPart = 5;
constexpr int kPermutations = 199;
constexpr double kLevel = 0.05;
constexpr std::uint32_t kSeed = 20'260'420;
constexpr qsizetype kNear = 2;

struct Split {
    size_t at = 0;
    double distance = 0;
};

// The largest energy distance of all splits. Sums of absolute differences within and between the parts are
// carried from split to split: O(n²) for all.
Split bestSplit(const std::vector<double> &values) {
    const size_t n = values.size();
    Split best;
    double within1 = 0;
    double within2 = 0;
    double between = 0;
    for (size_t i = 0; i < n; ++i) {
        for (size_t j = i + 1; j < n; ++j)
            within2 += std::abs(values[i] - values[j]);
    }
    for (size_t at = 1; at < n; ++at) { // values[at - 1] moves to the first part
        const double moved = values[at - 1];
        double toFirst = 0;
        double toSecond = 0;
        for (size_t i = 0; i + 1 < at; ++i)
            toFirst += std::abs(moved - values[i]);
        for (size_t i = at; i < n; ++i)
            toSecond += std::abs(moved - values[i]);
        within1 += toFirst;
        within2 -= toSecond;
        between += toSecond - toFirst;
        if (at < kMinPart || n - at < kMinPart)
            continue;
        const auto first = static_cast<double>(at);
        const auto second = static_cast<double>(n - at);
        const double energy = 2 * between / (first * second) - 2 * within1 / (first * (first - 1)) -
                              2 * within2 / (second * (second - 1));
        const double distance = energy * first * second / (first + second);
        if (best.at == 0 || distance > best.distance)
            best = {at, distance};
    }
    return best;
}

void findIn(const std::vector<double> &values, size_t begin, size_t end, std::mt19937 &random,
            std::set<std::pair<size_t, double>> &found) {
    if (end - begin < 2 * kMinPart)
        return;
    std::vector<double> part(values.begin() + static_cast<std::ptrdiff_t>(begin),
                             values.begin() + static_cast<std::ptrdiff_t>(end));
    const Split split = bestSplit(part);
    if (!(split.distance > 0))
        return;
    int asFar = 1;
    for (int i = 0; i < kPermutations; ++i) {
        for (size_t k = part.size() - 1; k > 0; --k) // std::shuffle differs between libraries
            std::swap(part[k], part[random() % (k + 1)]);
        asFar += bestSplit(part).distance >= split.distance ? 1 : 0;
        if (asFar > (kPermutations + 1) * kLevel)
            return;
    }
    found.insert({begin + split.at, static_cast<double>(asFar) / (kPermutations + 1)});
    findIn(values, begin, begin + split.at, random, found);
    findIn(values, begin + split.at, end, random, found);
}

double meanOf(const QList<double> &values, qsizetype begin, qsizetype end) {
    double sum = 0;
    for (qsizetype i = begin; i < end; ++i)
        sum += values.at(i);
    return sum / static_cast<double>(end - begin);
}

QString valueNear(const QList<SeriesRun> &runs, const QString &fact, qsizetype from, qsizetype step) {
    for (qsizetype i = from; i >= 0 && i < runs.size() && std::abs(i - from) <= kNear; i += step) {
        if (const QString value = runs.at(i).facts.value(fact); !value.isEmpty())
            return value;
    }
    return {};
}

QStringList suspectsAt(const QList<SeriesRun> &runs, qsizetype run) {
    std::set<QString> names;
    for (qsizetype i = std::max<qsizetype>(0, run - 1 - kNear); i < std::min(runs.size(), run + kNear + 1);
         ++i) {
        for (auto it = runs.at(i).facts.constBegin(); it != runs.at(i).facts.constEnd(); ++it)
            names.insert(it.key());
    }
    QStringList suspects;
    for (const QString &name : names) {
        // As far before and after as the place of the change is uncertain.
        const QString before = valueNear(runs, name, std::max<qsizetype>(0, run - 1 - kNear), 1);
        const QString after = valueNear(runs, name, std::min(runs.size() - 1, run + kNear), -1);
        if (!before.isEmpty() && !after.isEmpty() && before != after)
            suspects << QStringLiteral("%1: %2 → %3").arg(name, before, after);
    }
    return suspects;
}

void addChanges(const QString &measure, const QList<double> &values, const QList<qsizetype> &places,
                const QList<SeriesRun> &runs, QList<SeriesChange> &changes) {
    for (const ChangePoint &point : changePointsOf(values)) {
        const qsizetype run = places.at(point.index);
        changes << SeriesChange{measure, run, point, suspectsAt(runs, run)};
    }
}

} // namespace

QList<ChangePoint> changePointsOf(const QList<double> &values) {
    const qsizetype skipped = std::max<qsizetype>(0, values.size() - kMaxValues);
    const std::vector<double> last(values.begin() + skipped, values.end());
    std::mt19937 random(kSeed);
    std::set<std::pair<size_t, double>> found;
    findIn(last, 0, last.size(), random, found);
    QList<ChangePoint> points;
    for (const auto &[at, pValue] : found)
        points << ChangePoint{skipped + static_cast<qsizetype>(at), 0, 0, pValue};
    for (qsizetype i = 0; i < points.size(); ++i) {
        ChangePoint &point = points[i];
        point.before = meanOf(values, i == 0 ? skipped : points.at(i - 1).index, point.index);
        point.after =
            meanOf(values, point.index, i + 1 < points.size() ? points.at(i + 1).index : values.size());
    }
    return points;
}

QList<SeriesChange> changesOf(const QList<SeriesRun> &runs) {
    std::set<QString> measures;
    for (const SeriesRun &run : runs) {
        for (auto it = run.seconds.constBegin(); it != run.seconds.constEnd(); ++it)
            measures.insert(it.key());
    }
    QList<SeriesChange> changes;
    for (const QString &measure : measures) {
        QList<double> values;
        QList<qsizetype> places;
        for (qsizetype i = 0; i < runs.size(); ++i) {
            if (const auto it = runs.at(i).seconds.constFind(measure); it != runs.at(i).seconds.constEnd()) {
                values << *it;
                places << i;
            }
        }
        addChanges(measure, values, places, runs, changes);
    }
    QList<double> evidence;
    QList<qsizetype> places;
    for (qsizetype i = 0; i < runs.size(); ++i) {
        if (!runs.at(i).isRunning) {
            evidence << (runs.at(i).hasEvidence ? 1 : 0);
            places << i;
        }
    }
    addChanges(QStringLiteral("evidence"), evidence, places, runs, changes);
    return changes;
}

} // namespace slipway
