// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline/commandspec.h"

#include <QList>
#include <QPair>
#include <QString>

namespace slipway {

/// What the head of a man page says.
struct ManHead {
    QString program; ///< "slipwayctl"
    QString version; ///< "0.1.0"
    QString date;    ///< "2026-04-22"
    QString seeAlso; ///< the other program
};

/// A page of section 5.
struct FilePage {
    QString name;    ///< "slipway-fleet"
    QString summary; ///< one line, no full stop
    QString description;
    struct Section {
        QString title;
        QList<QPair<QString, QString>> terms;
    };
    QList<Section> sections;
    QString example;
};

[[nodiscard]] QString manPage(const ManHead &head, const FilePage &page);

/// The man page of a program and all of its commands, as man(7) wants it. Its name section has `root`'s
/// summary.
[[nodiscard]] QString manPage(const ManHead &head, const CommandSpec &root);

} // namespace slipway
