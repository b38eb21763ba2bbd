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
    QString dataDir;                     ///< --data-dir among the words that were typed
};

/// Names that only the archive knows: of campaigns or fleets, as the first argument says.
using NameSource = std::function<QStringList(Completion kind, const QString &dataDir)>;

/// What is offered for the last of `words`, the ones behind the program's name; it may be empty. Only names
/// of letters, digits, dots, dashes and underscores are offered, and at most 1000.
[[nodiscard]] Offers offersFor(const CommandSpec &root, const QStringList &words, const NameSource &names);

} // namespace slipway
