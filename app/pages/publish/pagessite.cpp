// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/publish/pagessite.h"

#include "app/git/clonecheck.h"
#include "app/pages/write/treefile.h"
#include "app/pages/write/treewriter.h"

#include <QDir>

namespace slipway {

namespace {

const QString kAttributes = QStringLiteral("runs/.gitattributes");
const QString kNoJekyll = QStringLiteral(".nojekyll");
const QByteArray kOurs = "# Written by Slipway: ";

bool isBegun(const QString &tree) {
    QStringList names =
        QDir(tree).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    names.removeAll(QStringLiteral(".git"));
    names.removeAll(QStringLiteral("runs")); // made by whoever locked it
    return names.isEmpty() && QDir(tree + QStringLiteral("/runs")).isEmpty();
}

} // namespace

QByteArray plainAttributes() {
    return kOurs + "evidence is checked out byte for byte, whatever a clone is set to.\n* " +
           kPlainAttributes + '\n';
}

bool isChangedByJekyll(const EvidenceFile &file) {
    const QByteArray line = file.bytes.left(file.bytes.indexOf('\n') + 1);
    return line.startsWith("---") && line.trimmed() == "---";
}

Result<PagesSite> settleSite(const QString &tree, TreeWriter *writer) {
    PagesSite site;
    const bool isFirst = isBegun(tree);
    const auto before = readTreeFile(tree, kAttributes);
    if (!before)
        return before.error();
    const QByteArray after = plainAttributes();
    const bool isOurs = before->isEmpty() || before->startsWith(kOurs);
    if (isOurs) {
        const auto kind = before->isEmpty()  ? FileChange::Kind::Added
                          : *before == after ? FileChange::Kind::Unchanged
                                             : FileChange::Kind::Changed;
        site.changes.append({kind, kAttributes, before->size(), after.size()});
        if (writer && *before != after) {
            TRY(writer->replaceFile(QStringLiteral(".gitattributes"), after));
        }
    }
    if (isOurs)
        site.judged.insert(kAttributes.toUtf8(), blobIdOf(after));
    if (isFirst) {
        site.changes.append({FileChange::Kind::Added, kNoJekyll, 0, 0});
        site.judged.insert(kNoJekyll.toUtf8(), blobIdOf({}));
        if (writer) {
            TRY(writeTreeFile(tree, kNoJekyll, {}));
        }
    } else if (QFileInfo::exists(tree + QLatin1Char('/') + kNoJekyll)) {
        site.changes.append({FileChange::Kind::Unchanged, kNoJekyll, 0, 0});
    } else {
        site.isBuiltByJekyll = true;
        site.warnings << QStringLiteral(
                             "There is no %1 at the root: the build of GitHub Pages (Jekyll) changes files "
                             "that begin with ---, and readers then find the run invalid. "
                             "Add an empty file of that name, unless the site is built otherwise.")
                             .arg(kNoJekyll);
    }
    return site;
}

} // namespace slipway
