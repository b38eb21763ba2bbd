// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/filechange.h"

#include <QMap>

#include <algorithm>

namespace slipway {

QString changeName(FileChange::Kind kind) {
    switch (kind) {
    case FileChange::Kind::Added:
        return QStringLiteral("added");
    case FileChange::Kind::Changed:
        return QStringLiteral("changed");
    case FileChange::Kind::Removed:
        return QStringLiteral("removed");
    case FileChange::Kind::Unchanged:
        return QStringLiteral("unchanged");
    }
    return {};
}

QList<FileChange> changesIn(const QString &folder, const QList<EvidenceFile> &before,
                            const QList<EvidenceFile> &after, bool withDiffs) {
    QMap<QString, FileChange> changes;
    QMap<QString, const EvidenceFile *> old;
    for (const EvidenceFile &file : before) {
        old.insert(file.name, &file);
        changes.insert(file.name, {FileChange::Kind::Removed, folder + QLatin1Char('/') + file.name,
                                   file.bytes.size(), 0});
    }
    for (const EvidenceFile &file : after) {
        const EvidenceFile *was = old.value(file.name);
        FileChange::Kind kind = FileChange::Kind::Added;
        if (was)
            kind = was->problem.isEmpty() && was->bytes == file.bytes ? FileChange::Kind::Unchanged
                                                                      : FileChange::Kind::Changed;
        FileChange change{kind, folder + QLatin1Char('/') + file.name, was ? was->bytes.size() : 0,
                          file.bytes.size()};
        if (withDiffs && kind == FileChange::Kind::Changed)
            change.diff = lineDiff(was->bytes, file.bytes);
        changes.insert(file.name, change);
    }
    return changes.values();
}

bool anyChange(const QList<FileChange> &changes) {
    return std::any_of(changes.begin(), changes.end(),
                       [](const FileChange &change) { return change.kind != FileChange::Kind::Unchanged; });
}

} // namespace slipway
