// SPDX-License-Identifier: GPL-3.0-or-later
// How soon the rules for series alarm, and how often for nothing: 10,000 simulated series a row. Each row
// says the median and the 95th percentile of the runs until the alarm, or the alarms in 1,000 runs in
// control, next to the published run lengths. And how often a series at the claim itself is called proven,
// with a look after each run.
#include "models/evidence/convergencebound.h"
#include "models/series/controlcharts.h"
#include "models/series/seriesjudgement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>
#include <string>
#include <vector>

using namespace slipway;

namespace {

constexpr int kSeries = 10'000;
constexpr int kMaxRuns = 5'000; // a chart that was silent for so long counts as that
constexpr double kClaim = 0.995;

std::mt19937_64 random64(20'260'420); // NOLINT(cert-msc51-cpp): the same each time

// Not the library's distributions, which differ between machines.
double uniform() {
    return (static_cast<double>(random64() >> 11) + 0.5) / 9007199254740992.0;
}

double normal() {
    return std::sqrt(-2 * std::log(uniform())) * std::cos(6.283185307179586 * uniform());
}

// The runs until a chart alarms; kMaxRuns when it does not.
using Chart = std::function<bool(double)>;

int delay(const Chart &chart, const std::function<double(int)> &value) {
    for (int run = 1; run <= kMaxRuns; ++run) {
        if (chart(value(run)))
            return run;
    }
    return kMaxRuns;
}

struct Row {
    std::string name;
    const char *published;
    std::function<int()> one;
};

double report(const Row &row) {
    std::vector<int> delays;
    double sum = 0;
    for (int i = 0; i < kSeries; ++i) {
        delays.push_back(row.one());
        sum += delays.back();
    }
    std::sort(delays.begin(), delays.end());
    const double mean = sum / kSeries;
    std::printf("%-46s median %5d  p95 %5d  mean %7.1f  published mean %s\n", row.name.c_str(),
                delays.at(kSeries / 2), delays.at(kSeries * 95 / 100), mean, row.published);
    return mean;
}

// How often a chart begins to alarm in 1,000 runs in control, over all series: what alarmRules() declares.
double falseAlarms(const std::function<Chart()> &make, const std::function<double()> &value) {
    qint64 begun = 0;
    for (int i = 0; i < kSeries / 10; ++i) {
        const Chart chart = make();
        bool holds = false;
        for (int run = 0; run < 1000; ++run) {
            const bool now = chart(value());
            begun += now && !holds ? 1 : 0;
            holds = now;
        }
    }
    return static_cast<double>(begun) / (kSeries / 10);
}

void reportFalse(const char *name, const std::function<Chart()> &make, const std::function<double()> &value) {
    std::printf("%-46s begins to alarm %.2f times in 1,000 runs in control\n", name,
                falseAlarms(make, value));
    std::fflush(stdout);
}

Chart individuals(const Baseline &baseline) {
    return [baseline](double value) { return isOutside(baseline, value); };
}

Chart ewma(const Baseline &baseline) {
    return [chart = Ewma(baseline)](double value) mutable { return chart.add(value); };
}

Chart cusum(const Baseline &baseline) {
    return [chart = TabularCusum(baseline)](double value) mutable { return chart.add(value); };
}

Baseline measured() {
    QList<double> values;
    for (qsizetype i = 0; i < kBaselineRuns; ++i)
        values << normal();
    return *baselineOf(values, 1e-9);
}

struct Rule {
    const char *name;
    Chart (*make)(const Baseline &);
    const char *inControl;
    const char *half;
    const char *one;
    const char *two;
};

// Montgomery, 7th edition, chapter 9; of the EWMA the nearest entry, λ 0.2 and L 2.962. Individuals: one
// value beyond 3 sigma.
constexpr std::array<Rule, 3> kRules{{{"duration-individuals", individuals, "370.4", "155.2", "43.9", "6.3"},
                                      {"duration-ewma", ewma, "500 (L 2.962)", "41.8", "10.5", "3.7"},
                                      {"duration-cusum", cusum, "465", "38.0", "10.4", "4.01"}}};

double missingRow(const char *name, const char *published, double share,
                  const std::function<bool(BernoulliCusum &, RollingCount &, bool)> &alarms) {
    return report({name, published, [&] {
                       BernoulliCusum sum(0.05, 0.25, 3);
                       RollingCount count(3, 6);
                       return delay([&](double isBad) { return alarms(sum, count, isBad > 0); },
                                    [&](int) { return uniform() < share ? 1.0 : 0.0; });
                   }});
}

// A series of 84 runs of 50 cycles each at a true mean of the claim itself: whole cycles are lost.
double falseProven() {
    int proven = 0;
    for (int i = 0; i < kSeries; ++i) {
        ConvergenceBound bound;
        for (int run = 0; run < 84; ++run) {
            for (int cycle = 0; cycle < 50; ++cycle)
                bound.add(uniform() < kClaim ? 100 : 0, 100);
            if (bound.supports(kClaim)) {
                ++proven;
                break;
            }
        }
    }
    return 100.0 * proven / kSeries;
}

} // namespace

int main() {
    double cusumOne = 0;
    double cusumNone = 0;
    for (const Rule &rule : kRules) {
        const std::array<std::pair<double, const char *>, 4> shifts{
            {{0, rule.inControl}, {0.5, rule.half}, {1, rule.one}, {2, rule.two}}};
        for (const auto &[shift, published] : shifts) {
            const std::string name =
                std::string(rule.name) + ", limits known, shift " + std::to_string(shift).substr(0, 3);
            const double mean =
                report({name, published, [&rule, shift = shift] {
                            return delay(rule.make({0, 1}), [shift](int) { return normal() + shift; });
                        }});
            if (rule.make == cusum && shift == 1)
                cusumOne = mean;
            if (rule.make == cusum && shift == 0)
                cusumNone = mean;
        }
        reportFalse(
            rule.name, [&rule] { return rule.make(measured()); }, normal);
        for (const double shift : {0.5, 1.0, 2.0})
            report(
                {std::string(rule.name) + ", limits of 20 runs, shift " + std::to_string(shift).substr(0, 3),
                 "-", [&rule, shift] {
                     return delay(rule.make(measured()), [shift](int) { return normal() + shift; });
                 }});
        report({std::string(rule.name) + ", limits of 20 runs, drift 0.05 a run", "-", [&rule] {
                    return delay(rule.make(measured()), [](int run) { return normal() + 0.05 * run; });
                }});
    }
    const auto bySum = [](BernoulliCusum &sum, RollingCount &, bool isBad) { return sum.add(isBad); };
    const auto byCount = [](BernoulliCusum &, RollingCount &count, bool isBad) { return count.add(isBad); };
    reportFalse(
        "evidence-cusum",
        [] {
            return [sum = BernoulliCusum(0.05, 0.25, 3)](double isBad) mutable { return sum.add(isBad > 0); };
        },
        [] { return uniform() < 0.05 ? 1.0 : 0.0; });
    reportFalse(
        "evidence-rolling",
        [] { return [count = RollingCount(3, 6)](double isBad) mutable { return count.add(isBad > 0); }; },
        [] { return uniform() < 0.05 ? 1.0 : 0.0; });
    missingRow("evidence-cusum, 25 % missing", "-", 0.25, bySum);
    missingRow("evidence-rolling, 25 % missing", "-", 0.25, byCount);
    missingRow("evidence-claim, 25 % missing and claimed", "4", 0.25,
               [](BernoulliCusum &, RollingCount &, bool isBad) { return isBad; });
    missingRow("loss, a lost write in 5 % of the runs", "20", 0.05,
               [](BernoulliCusum &, RollingCount &, bool isBad) { return isBad; });
    reportFalse(
        "cost", [] { return [chart = JumpChart()](double value) mutable { return chart.add(value); }; },
        [] { return 1 + 0.03 * normal(); });
    report({"cost, half dearer from run 30 on", "1", [] {
                JumpChart chart;
                for (int i = 0; i < 29; ++i)
                    static_cast<void>(chart.add(1 + 0.03 * normal()));
                return delay([&chart](double value) { return chart.add(value); },
                             [](int) { return 1.5 + 0.03 * normal(); });
            }});
    std::printf("alarms cusum-in-control %.1f cusum-one-sigma %.2f\n", cusumNone, cusumOne);
    std::printf("alarms false-proven %.2f\n", falseProven());
    return 0;
}
