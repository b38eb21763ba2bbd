// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline/commandspec.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace slipway {

/// What a shell may put in the place of the word that is being typed.
struct Offers {
    /// A word, and what it means; the meaning may be empty.
    struct Word {
        QString text;
        QString meaning;
    };
    QList<Word> words;
    Completion files = Completion::None; ///< File or Folder: the shell's own names of those, too
};

/// Which names are asked for, and what the words that were typed say about them.
struct NameQuery {
    Completion kind = Completion::None; ///< Campaign, Fleet or Host
    QString dataDir;                    ///< the value of --data-dir; may be empty
    QString fleet; ///< for Host: the first argument or the value of --fleet; may be empty
};

/// Names that only the data directory knows.
using NameSource = std::function<QStringList(const NameQuery &query)>;

/// What is offered for the last of `words`, the ones behind the program's name; it may be empty. Only names
/// of letters, digits, dots, dashes and underscores are offered, and at most 1000.
[[nodiscard]] Offers offersFor(const CommandSpec &root, const QStringList &words, const NameSource &names);

} // namespace slipway
