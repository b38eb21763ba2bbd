// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/hostneeds.h"
#include "app/hosts/fanout.h"

namespace slipway {

/// How a host is, before anything is run on it. What is not set was not measured.
struct HostHealth {
    QString host;
    QString problem; ///< what keeps it from taking its role, and what to do; empty when nothing does
    std::optional<qint64> answerMs; ///< of a program on the open connection
    std::optional<qint64> clockMs;  ///< its clock minus ours, to half of answerMs
    std::optional<qint64> freeKb;   ///< where phases write
    QString system;                 ///< kernel name and release
    QString serverVersion;
    QString serverSha256;
};

/// The program that asks (resources/remotejob/health.sh); its answer is lines of "word value".
[[nodiscard]] QByteArray healthProgram(const Host &host, const HostNeeds &needs);
/// Reads the answer; a value that is missing is a problem, never a pass.
[[nodiscard]] HostHealth readHealth(const Host &host, const HostAnswer &answer, const HostNeeds &needs);
/// What only shows when hosts are compared: peers with another server than most.
void compareHealth(const Fleet &fleet, QList<HostHealth> &hosts);

// For a person; "not measured" where it was not.
[[nodiscard]] QString answerText(const HostHealth &health); ///< "12 ms"
[[nodiscard]] QString clockText(const HostHealth &health);  ///< "+3 ms"
[[nodiscard]] QString freeText(const HostHealth &health);   ///< "3.4 GiB"
[[nodiscard]] QString serverText(const HostHealth &health); ///< version and the first digits of the hash

} // namespace slipway
