// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/campaignid.h"

#include "models/evidence/filename.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QStringList>

namespace slipway {

namespace {

constexpr qsizetype kLongestKept = 44; // with prefix, dash and 12 digits at most 64

// Files of a site, by their ending: a folder that is called so stands where a page, a feed or a badge
// belongs.
const QStringList &fileEndings() {
    static const QStringList endings{QStringLiteral("html"), QStringLiteral("htm"),  QStringLiteral("xml"),
                                     QStringLiteral("json"), QStringLiteral("md"),   QStringLiteral("svg"),
                                     QStringLiteral("css"),  QStringLiteral("js"),   QStringLiteral("txt"),
                                     QStringLiteral("ico"),  QStringLiteral("lock"), QStringLiteral("git")};
    return endings;
}

} // namespace

QString campaignIdProblem(const QString &id) {
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\z"));
    if (!plain.match(id).hasMatch())
        return QStringLiteral("is not a campaign id: 1 to 64 letters, digits, dots, dashes and underscores, "
                              "beginning with a letter or digit");
    if (const QString problem = namePartProblem(id); !problem.isEmpty())
        return problem;
    if (const qsizetype dot = id.lastIndexOf(QLatin1Char('.'));
        dot >= 0 && fileEndings().contains(id.mid(dot + 1).toLower()))
        return QStringLiteral("is called as a file of the site is (.%1)").arg(id.mid(dot + 1));
    return {};
}

QString campaignIdOf(const QByteArray &name, bool isTaken) {
    static const QRegularExpression other(QStringLiteral("[^A-Za-z0-9_-]"));
    static const QRegularExpression begin(QStringLiteral("\\A[A-Za-z0-9]"));
    const QString text = nameText(name);
    if (!isTaken && campaignIdProblem(text).isEmpty())
        return text;
    QString id = text.left(kLongestKept);
    id.replace(other, QStringLiteral("_"));
    if (!begin.match(id).hasMatch())
        id.prepend(QStringLiteral("run"));
    // Two names must not become one, and what follows a device's name is not an ending then.
    return id + QLatin1Char('-') +
           QString::fromLatin1(QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex().left(12));
}

bool isIdOf(const QString &id, const QString &name) {
    return id == name || id == campaignIdOf(name.toUtf8()) || id == campaignIdOf(name.toUtf8(), true);
}

} // namespace slipway
