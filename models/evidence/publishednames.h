// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

namespace slipway {

/// Gives the files of one run names under which a site, usual file systems and git can hold them all: their
/// own wherever nothing speaks against it, else one made of it, always the same. A plain value.
class PublishedNames {
public:
    /// `reserved` are names that no file of the run may have, in any spelling.
    explicit PublishedNames(const QStringList &reserved);

    struct Name {
        QString name;
        QString why{}; ///< it is not the file's own, as the end of a sentence
    };
    /// Asked once for each file; of two that are one on some machines the first keeps its name.
    [[nodiscard]] Name of(const QString &name);

private:
    QHash<QString, QString> m_taken; ///< what a folded path was called
};

/// What each of these files is called, by its name. Where two differ by case alone, the one in lower case
/// keeps its name, whatever their order: evidence is called so.
[[nodiscard]] QHash<QString, PublishedNames::Name> publishedNames(QStringList names,
                                                                  const QStringList &reserved);

} // namespace slipway
