// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/filelist.h"

#include "app/ssh/sshpaths.h"

#include <QFileInfo>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxWords = 64;

// Words `first` to `last`, the blanks between them part of its name.
struct Span {
    qsizetype first = 0;
    qsizetype last = 0;
    QString path;

    [[nodiscard]] bool isOneWord() const { return first == last; }
    [[nodiscard]] bool overlaps(const Span &other) const {
        return first <= other.last && other.first <= last;
    }
    [[nodiscard]] bool isWithin(const Span &other) const {
        return first >= other.first && last <= other.last;
    }
};

bool isWholePath(const QString &word) {
    return word.startsWith(QLatin1Char('/')) || word.startsWith(QLatin1Char('~'));
}

// A file could be made there.
bool isPossible(const Span &span) {
    return QFileInfo(QFileInfo(span.path).path()).isDir();
}

bool isWithinOne(const Span &span, const QList<Span> &spans) {
    return std::any_of(spans.begin(), spans.end(), [&](const Span &one) { return span.isWithin(one); });
}

Result<QList<Span>> spansOf(const QStringList &words, QList<Span> &there) {
    QList<Span> notThere;
    for (qsizetype first = 0; first < words.size(); ++first) {
        for (qsizetype last = first; last < words.size(); ++last) {
            const Span span{first, last, withHome(words.mid(first, last - first + 1).join(QLatin1Char(' ')))};
            if (span.path.isEmpty())
                continue;
            const auto isOne = isThere(span.path);
            if (!isOne)
                return isOne.error();
            (*isOne ? there : notThere) << span;
        }
    }
    return notThere;
}

} // namespace

Result<QStringList> splitFiles(const QString &option, const QString &printed) {
    const QStringList words = printed.split(QLatin1Char(' '));
    QStringList files;
    if (words.size() == 1) {
        files << withHome(printed);
    } else {
        const Error doubt{
            ErrorCode::Unsupported,
            QStringLiteral("sets %1 to \"%2\", which can be read in two ways. Name each file with "
                           "its whole path, without blanks.")
                .arg(option, printed)};
        if (words.size() > kMaxWords)
            return doubt;
        QList<Span> there;
        const auto notThere = spansOf(words, there);
        if (!notThere)
            return Error{ErrorCode::Unsupported,
                         QStringLiteral("sets %1 to \"%2\": %3").arg(option, printed, notThere.error().text)};
        for (qsizetype i = 0; i < there.size(); ++i) {
            for (qsizetype j = 0; j < i; ++j) {
                if (there.at(i).overlaps(there.at(j)))
                    return doubt;
            }
            files << there.at(i).path;
        }
        for (const Span &missing : *notThere) {
            if (isWithinOne(missing, there))
                continue;
            // A word of a file that is there, or a name of its own that is not there.
            const bool plain = missing.isOneWord() && isWholePath(words.at(missing.first));
            if (!plain && (missing.isOneWord() || isPossible(missing)))
                return doubt;
            if (plain)
                files << missing.path;
        }
    }
    for (const QString &file : files) {
        if (file.startsWith(QLatin1Char('~')))
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("sets %1 to \"%2\", and there is no such user.").arg(option, file)};
    }
    files.removeAll(QStringLiteral("/dev/null"));
    files.removeAll(QStringLiteral("none"));
    files.removeAll(QString());
    return files;
}

} // namespace slipway
