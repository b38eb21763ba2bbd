// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace slipway {

/// A program to run detached on a host.
struct JobSpec {
    QString id; ///< the launch token, [a-z0-9][a-z0-9._-]{0,63}: starting it twice starts it once
    QByteArray script;
    QString interpreter; ///< "bash" or "sh", looked up on the host
    QList<std::pair<QByteArray, QByteArray>>
        environment;                 ///< names [A-Za-z_][A-Za-z0-9_]*, values any bytes but NUL
    QString workDir;                 ///< absolute, exists on the host
    qint64 deadlineSeconds = 86'400; ///< then the host ends it, whoever follows it; at least 1
};

} // namespace slipway
