// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/remotejob/jobspec.h"

namespace slipway {

/// The helper program that hosts run, and how it gets there. Pure but for reading the program from the
/// binary.
struct JobProgram {
    QByteArray path;      ///< relative to the home folder on a host, named by its content's hash
    QByteArray installer; ///< for the standard input of "sh": writes the helper unless it is there unchanged,
                          ///< then says "ready"
};
[[nodiscard]] JobProgram jobProgram();

/// The records that `job.sh start` reads. The environment is a file of `export NAME='…'` lines; in single
/// quotes a shell takes every byte as data.
[[nodiscard]] QByteArray startRecords(const JobSpec &spec);

/// Names what keeps a spec from being sent; empty when nothing does.
[[nodiscard]] QString specProblem(const JobSpec &spec);

} // namespace slipway
