// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/hostlines.h"

#include "models/fleet/fleetimport.h"
#include "models/fleet/inventorytext.h"

#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace slipway {

namespace {

constexpr qsizetype kMaxNames = 1000;
constexpr qsizetype kProbe = 200; // lines

struct HostLine {
    QString name;
    QString address;
    QString privateAddress;
    QString user;
    QString port;
    QString role;
    QString id;
};

QStringList wordsOf(const QString &line) {
    static const QRegularExpression comment(QStringLiteral("(^|\\s)#.*$"));
    static const QRegularExpression gap(QStringLiteral("[\\s,;|]+"));
    return QString(line).remove(comment).split(gap, Qt::SkipEmptyParts);
}

bool isDnsName(const QString &text) {
    static const QRegularExpression name(
        QStringLiteral("\\A[A-Za-z0-9]([A-Za-z0-9_-]*\\.)+[A-Za-z][A-Za-z0-9-]*\\z"));
    return name.match(text).hasMatch();
}

// Blocks that no machine is reached by from outside, or that are for machines among themselves.
bool isOfThisMachine(const QString &address) {
    static const QRegularExpression own(
        QStringLiteral("\\A(127\\.|0\\.0\\.0\\.0|255\\.|22[4-9]\\.|23\\d\\.|::1\\z|::\\z|fe[0-9a-f]{2}:|ff)"),
        QRegularExpression::CaseInsensitiveOption);
    return own.match(address).hasMatch();
}

bool isPrivate(const QString &address) {
    static const QRegularExpression block(
        QStringLiteral("\\A(10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.|f[cd])"));
    return block.match(address).hasMatch();
}

// "root@203.0.113.1:22" or "[2001:db8::1]:22" in its parts.
struct Place {
    QString user;
    QString address;
    QString port;
};

Place placeOf(const QString &word) {
    static const QRegularExpression parts(QStringLiteral(
        "\\A(?:([A-Za-z_][A-Za-z0-9._-]*)@)?(?:\\[([0-9A-Fa-f:.]+)\\]|([^:@\\[\\]]+)|([0-9A-Fa-f:.]+))"
        "(?::(\\d{1,5}))?\\z"));
    const auto match = parts.match(word);
    if (!match.hasMatch())
        return {{}, word, {}};
    return {match.captured(1), match.captured(2) + match.captured(3) + match.captured(4), match.captured(5)};
}

HostLine readLine(const QStringList &words) {
    static const QRegularExpression number(QStringLiteral("\\A\\d{4,}\\z"));
    HostLine line;
    for (const QString &word : words) {
        const Place place = placeOf(word);
        const QString lower = word.toLower();
        if (isIpAddress(place.address)) {
            if (line.address.isEmpty()) {
                line.address = place.address;
                line.user = place.user;
                line.port = place.port;
            } else if (line.privateAddress.isEmpty() && place.port.isEmpty() && isPrivate(place.address)) {
                line.privateAddress = place.address;
            }
        } else if (number.match(word).hasMatch() && line.id.isEmpty()) {
            line.id = word;
        } else if ((lower == QLatin1String("peer") || lower == QLatin1String("chaos")) &&
                   !line.name.isEmpty()) {
            line.role = line.role.isEmpty() ? lower : line.role;
        } else if (line.name.isEmpty() && !place.address.isEmpty() && !word.contains(QLatin1Char('='))) {
            line.name = place.address;
            if (!place.user.isEmpty() || !place.port.isEmpty()) {
                line.user = place.user;
                line.port = place.port;
            }
        }
    }
    return line;
}

void addLine(FleetImport &import, const HostLine &line, const QStringList &words, const QString &where) {
    if (isOfThisMachine(line.address)) {
        leaveOut(
            import, where,
            QStringLiteral("%1 is an address of this machine or of many (%2)").arg(line.address, line.name));
        return;
    }
    QStringList names =
        line.name.isEmpty() ? QStringList{plainNameOf(line.address)} : expandedNames(line.name);
    if (names.size() > 1 && !line.address.isEmpty()) {
        leaveOut(import, where, QStringLiteral("%1 are several names for one address").arg(line.name));
        return;
    }
    for (const QString &name : names) {
        Host host = importedHost(name);
        host.address = line.address.isEmpty() ? name : line.address;
        host.privateAddress = line.privateAddress;
        host.user = line.user;
        host.port = line.port.toUShort();
        if (!line.port.isEmpty() && host.port == 0) {
            leaveOut(import, where, QStringLiteral("port cannot be \"%1\" (%2)").arg(line.port, name));
            return;
        }
        if (!line.role.isEmpty())
            host.role = line.role == QLatin1String("chaos") ? HostRole::Chaos : HostRole::Peer;
        if (!line.id.isEmpty())
            host.id = line.id;
        if (words.contains(QStringLiteral("offline")))
            addNote(import, QStringLiteral("%1: %2 is offline.").arg(where, name));
        takeImported(import, host, where);
    }
}

QStringList expandedRange(const QString &range) {
    static const QRegularExpression numbers(QStringLiteral("\\A(\\d{1,6})[-:](\\d{1,6})(?::(\\d{1,4}))?\\z"));
    static const QRegularExpression letters(QStringLiteral("\\A([a-zA-Z])[-:]([a-zA-Z])\\z"));
    QStringList found;
    if (const auto match = numbers.match(range); match.hasMatch()) {
        const int step = std::max(1, match.captured(3).toInt());
        const auto width = match.captured(1).startsWith(QLatin1Char('0')) ? int(match.captured(1).size()) : 0;
        for (int i = match.captured(1).toInt(); i <= match.captured(2).toInt() && found.size() <= kMaxNames;
             i += step)
            found << QStringLiteral("%1").arg(i, width, 10, QLatin1Char('0'));
    } else if (const auto pair = letters.match(range); pair.hasMatch()) {
        for (char16_t c = pair.captured(1).at(0).unicode(); c <= pair.captured(2).at(0).unicode(); ++c)
            found << QString(QChar(c));
    } else if (!range.isEmpty()) {
        found << range;
    }
    return found;
}

} // namespace

QStringList expandedNames(const QString &pattern) {
    static const QRegularExpression bracket(QStringLiteral("\\[([A-Za-z0-9,:-]+)\\]"));
    QStringList names{pattern};
    for (;;) {
        const auto match = bracket.match(names.constFirst());
        if (!match.hasMatch())
            return names;
        QStringList parts;
        for (const QString &range : match.captured(1).split(QLatin1Char(',')))
            parts += expandedRange(range);
        if (parts.isEmpty() || parts.size() * names.size() > kMaxNames)
            return {pattern};
        QStringList longer;
        for (const QString &name : std::as_const(names)) {
            const auto at = bracket.match(name);
            for (const QString &part : std::as_const(parts))
                longer << name.left(at.capturedStart()) + part + name.mid(at.capturedEnd());
        }
        names = longer;
    }
}

bool areHostLines(const QString &text) {
    qsizetype lines = 0;
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        const QStringList words = wordsOf(line);
        if (words.isEmpty())
            continue;
        const HostLine found = readLine(words);
        const bool isName = words.size() == 1 && (isDnsName(found.name) || !found.user.isEmpty());
        if (found.address.isEmpty() && !isName)
            return false;
        if (++lines == kProbe)
            break;
    }
    return lines > 0;
}

Result<FleetImport> importHosts(const QByteArray &bytes, const QString &what) {
    const auto utf8 = inventoryText(bytes, what);
    if (!utf8)
        return utf8.error();
    FleetImport import;
    int number = 0;
    for (const QString &line : QString::fromUtf8(*utf8).split(QLatin1Char('\n'))) {
        const QString where = QStringLiteral("%1 line %2").arg(what).arg(++number);
        const QStringList words = wordsOf(line);
        if (words.isEmpty())
            continue;
        const HostLine found = readLine(words);
        if (found.address.isEmpty() && (found.name.isEmpty() || words.size() > 1))
            leaveOut(import, where,
                     QStringLiteral("\"%1\" contains no address").arg(line.trimmed().left(80)));
        else
            addLine(import, found, words, where);
    }
    return finished(std::move(import), QStringLiteral("%1 names no host.").arg(what));
}

} // namespace slipway
