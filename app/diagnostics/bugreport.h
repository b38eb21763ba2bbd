// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace slipway {

/// A heading and the lines under it.
struct ReportSection {
    QString title;
    QStringList lines;
};

/// This machine and the libraries that run: versions, and names of variables that are obeyed. No host name,
/// no user name, no value of a variable. Runs `git --version`; blocks.
[[nodiscard]] ReportSection machineSection();

/// The text of a report that a person can send: Markdown, in which nothing of a line is markup. It is
/// searched for secrets whole, whatever its parts did. The error says that this could not be done, and then
/// there is no report.
Result<QString> bugReport(const QList<ReportSection> &sections);

} // namespace slipway
