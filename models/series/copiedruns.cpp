// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/copiedruns.h"

#include "models/core/countof.h"

#include <algorithm>
#include <vector>

namespace slipway {

namespace {

struct Course {
    quint64 hash = 0;
    qsizetype run = 0;
};

// Of each run, how many of its cycles an earlier run has, and which.
struct Copied {
    qsizetype cycles = 0;
    qsizetype of = 0;
};

std::vector<Copied> copiedCycles(const QList<SeriesRun> &runs) {
    std::vector<Course> courses;
    for (qsizetype i = 0; i < runs.size(); ++i) {
        for (const quint64 hash : runs.at(i).courses)
            courses.push_back({hash, i});
    }
    std::sort(courses.begin(), courses.end(), [](const Course &a, const Course &b) {
        return a.hash != b.hash ? a.hash < b.hash : a.run < b.run;
    });
    std::vector<Copied> copied(static_cast<std::size_t>(runs.size()));
    const Course *first = nullptr;
    for (const Course &course : courses) {
        if (!first || first->hash != course.hash) {
            first = &course;
            continue;
        }
        if (first->run == course.run)
            continue; // the run's own checks judge that
        Copied &one = copied[static_cast<std::size_t>(course.run)];
        ++one.cycles;
        one.of = first->run;
    }
    return copied;
}

} // namespace

QStringList takeOutCopies(QList<SeriesRun> &runs) {
    QStringList notes;
    const std::vector<Copied> copied = copiedCycles(runs);
    for (qsizetype i = 0; i < runs.size(); ++i) {
        const Copied &one = copied[static_cast<std::size_t>(i)];
        if (one.cycles == 0)
            continue;
        SeriesRun &run = runs[i];
        const bool isCopy = one.cycles > 1 || one.cycles * 2 >= run.courses.size();
        run.pool.clear();
        run.cycles.clear();
        if (isCopy && run.verdict != Verdict::Fail)
            run.verdict = Verdict::InvalidEvidence;
        notes << QStringLiteral(
                     "Run %1 has %2 of run %3: each of their times is the same. Its cycles are not "
                     "pooled%4.")
                     .arg(run.ordinal)
                     .arg(countOf(one.cycles, "cycle"))
                     .arg(runs.at(one.of).ordinal)
                     .arg(isCopy ? QStringLiteral(", and its evidence is invalid") : QString());
    }
    return notes;
}

} // namespace slipway
