// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/publishednames.h"

#include "models/evidence/filename.h"

#include <QCryptographicHash>
#include <QRegularExpression>

#include <algorithm>
#include <functional>

namespace slipway {

namespace {

constexpr qsizetype kLongestKept = 100;
constexpr qsizetype kDigits = 12;

// "_notes.json" as "file_notes-0123456789ab.json". `path` distinguishes it from others of that name.
QString otherName(const QString &part, const QString &path) {
    static const QRegularExpression other(QStringLiteral("[^\\p{L}\\p{M}\\p{N}._ +=@,()\\[\\]-]"));
    static const QRegularExpression ending(QStringLiteral("\\.[A-Za-z0-9]{1,8}\\z"));
    QString stem = part;
    stem.replace(other, QStringLiteral("_"));
    const QString end = ending.match(stem).captured();
    // A device's name is one up to the first dot.
    stem = stem.chopped(end.size()).replace(QLatin1Char('.'), QLatin1Char('_')).left(kLongestKept);
    if (stem.isEmpty() || stem.startsWith(QLatin1Char('_')))
        stem.prepend(QStringLiteral("file"));
    return stem + QLatin1Char('-') +
           QString::fromLatin1(
               QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().left(kDigits)) +
           end;
}

} // namespace

PublishedNames::PublishedNames(const QStringList &reserved) {
    for (const QString &name : reserved)
        m_taken.insert(foldedName(name), QString());
}

PublishedNames::Name PublishedNames::of(const QString &name) {
    QString was;
    Name published;
    for (const QString &part : name.split(QLatin1Char('/'))) {
        was += was.isEmpty() ? part : QLatin1Char('/') + part;
        const auto below = [&](const QString &own) {
            return published.name.isEmpty() ? own : published.name + QLatin1Char('/') + own;
        };
        QString why = namePartProblem(part);
        if (const QString path = below(part); why.isEmpty() && m_taken.value(foldedName(path), was) != was)
            why = QStringLiteral("is one with another on machines that do not tell upper from lower case");
        published.name = below(why.isEmpty() ? part : otherName(part, was));
        if (published.why.isEmpty())
            published.why = why;
        m_taken.insert(foldedName(published.name), was);
    }
    return published;
}

QHash<QString, PublishedNames::Name> publishedNames(QStringList names, const QStringList &reserved) {
    std::sort(names.begin(), names.end(), std::greater<>()); // lower case is the greater one
    PublishedNames published(reserved);
    QHash<QString, PublishedNames::Name> all;
    for (const QString &name : std::as_const(names))
        all.insert(name, published.of(name));
    return all;
}

} // namespace slipway
