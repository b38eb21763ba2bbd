// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/fanout.h"

namespace slipway {

/// How a host is, before anything is run on it.
struct HostHealth {
    QString host;
    QString problem;     ///< what keeps it from taking its role, and what to do; empty when nothing does
    qint64 answerMs = 0; ///< of a program on the open connection
    qint64 clockMs = 0;  ///< its clock minus ours, to half of answerMs
    qint64 freeKb = -1;  ///< where phases write
    QString system;      ///< kernel name and release
    QString serverVersion;
    QString serverSha256;
};

/// The program that asks; its answer is lines of "word value".
[[nodiscard]] QByteArray healthProgram(const Host &host);
/// Reads the answer; a value that is missing is a problem, never a pass, and so is a server on one of
/// `ports`.
[[nodiscard]] HostHealth readHealth(const Host &host, const HostAnswer &answer, const QList<int> &ports = {});
/// What only shows when hosts are compared: peers with another server than most.
void compareHealth(const Fleet &fleet, QList<HostHealth> &hosts);

} // namespace slipway
