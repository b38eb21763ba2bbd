// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fleetstore.h"

#include "app/core/inputfile.h"
#include "app/core/outputfile.h"
#include "app/core/paths.h"
#include "app/fleet/fleetjournal.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>

namespace slipway {

namespace {

constexpr int kLockMs = 10'000;
constexpr qint64 kLimit = qint64(16) * 1024 * 1024;

} // namespace

QString FleetStore::fileOf(const QString &name) const {
    return m_dir + QLatin1Char('/') + name + QStringLiteral(".json");
}

Result<Fleet> FleetStore::load(const QString &name) const {
    const QString path = isPlainName(name) ? fileOf(name) : QString();
    if (path.isEmpty() || !QFile::exists(path))
        return Error{ErrorCode::NotFound, QStringLiteral("There is no fleet %1 in %2.").arg(name, m_dir)};
    const auto bytes = readFile(path, kLimit);
    if (!bytes)
        return bytes.error();
    auto fleet = parseFleet(*bytes, path);
    if (fleet && fleet->name != name)
        return Error{
            ErrorCode::Corrupt,
            QStringLiteral("%1: name: is \"%2\", and the file is called otherwise").arg(path, fleet->name)};
    return fleet;
}

QList<StoredFleet> FleetStore::list() const {
    QList<StoredFleet> fleets;
    for (const QString &file : QDir(m_dir).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        const QString name = file.chopped(5);
        fleets.append({name, m_dir + QLatin1Char('/') + file, load(name)});
    }
    return fleets;
}

Result<void> FleetStore::check(const FleetChange &change) const {
    if (!isPlainName(change.name) || change.name == kSandboxFleet)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("\"%1\" cannot be a fleet's name: 1 to 64 letters, digits, dots, dashes and "
                           "underscores, and not \"sandbox\".")
                .arg(change.name)};
    if (change.after) {
        // What is written must be readable again.
        const auto read = parseFleet(fleetToJson(*change.after), QStringLiteral("Fleet ") + change.name);
        if (!read)
            return read.error();
        if (change.after->name != change.name)
            return Error{ErrorCode::Internal, QStringLiteral("fleet %1 under another name").arg(change.name)};
    }
    const auto stored = load(change.name);
    if (!stored && stored.error().code != ErrorCode::NotFound)
        return stored.error();
    if (stored && !change.before)
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("There is a fleet %1 already.").arg(change.name)};
    if (change.before && (!stored || *stored != *change.before))
        return Error{
            ErrorCode::AlreadyExists,
            QStringLiteral("Fleet %1 was changed by another program in the meantime. It is shown anew; "
                           "make the change again.")
                .arg(change.name)};
    return {};
}

Result<void> FleetStore::put(const FleetChange &change) const {
    if (!change.after) {
        if (change.before && !QFile::remove(fileOf(change.name)))
            return Error{ErrorCode::Io, QStringLiteral("%1 cannot be removed.").arg(fileOf(change.name))};
        return {};
    }
    return writeFile(fileOf(change.name), fleetToJson(*change.after), {.permissions = kOwnerOnly});
}

Result<void> FleetStore::locked(const std::function<Result<void>()> &body) const {
    TRY(makeDataDir(Paths{QFileInfo(m_dir).path()}));
    if (!QDir().mkpath(m_dir))
        return Error{ErrorCode::Io, QStringLiteral("The folder %1 cannot be made.").arg(m_dir)};
    QFile::setPermissions(m_dir, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QLockFile lock(m_dir + QStringLiteral("/.lock"));
    if (!lock.tryLock(kLockMs))
        return Error{ErrorCode::TimedOut,
                     QStringLiteral("Another program writes fleets in %1. Try again.").arg(m_dir)};
    return body();
}

Result<void> FleetStore::putAll(const QList<FleetChange> &changes) const {
    for (qsizetype i = 0; i < changes.size(); ++i) {
        const auto written = put(changes.at(i));
        if (written)
            continue;
        for (qsizetype back = i - 1; back >= 0; --back) {
            const FleetChange &done = changes.at(back);
            (void)put({done.name, done.after, done.before});
        }
        return written;
    }
    return {};
}

Result<void> FleetStore::write(const QList<FleetChange> &changes) const {
    return locked([&]() -> Result<void> {
        for (const FleetChange &change : changes) {
            TRY(check(change));
        }
        const FleetJournal journal(m_dir);
        TRY(journal.append(changes));
        auto written = putAll(changes);
        if (!written)
            journal.dropLast();
        return written;
    });
}

Result<QList<FleetChange>> FleetStore::undo(bool dryRun) const {
    if (!QFileInfo::exists(m_dir)) // nothing is locked, and nothing made, where there is nothing
        return FleetJournal(m_dir).last();
    QList<FleetChange> undone;
    const auto done = locked([&]() -> Result<void> {
        const FleetJournal journal(m_dir);
        const auto last = journal.last();
        if (!last)
            return last.error();
        undone = *last;
        QList<FleetChange> back;
        for (auto it = last->crbegin(); it != last->crend(); ++it)
            back.append({it->name, it->after, it->before});
        for (const FleetChange &change : std::as_const(back)) {
            if (const auto checked = check(change); !checked)
                return Error{
                    checked.error().code,
                    QStringLiteral("The last change cannot be taken back: fleet %1 is not as it was left.")
                        .arg(change.name)};
        }
        if (dryRun)
            return {};
        TRY(putAll(back));
        journal.dropLast();
        return {};
    });
    return done ? Result<QList<FleetChange>>(undone) : done.error();
}

} // namespace slipway
