// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/rentaljournal.h"

#include "app/core/inputfile.h"
#include "app/core/paths.h"
#include "models/fleet/rentalnames.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr QFile::Permissions kMine = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;

QString journalFile(const QString &dir) {
    return dir + QStringLiteral("/journal.jsonl");
}

// Killed while it wrote the first line, a process has asked the API for nothing yet.
bool hasBegun(const QString &dir) {
    QFile file(journalFile(dir));
    if (!file.exists())
        return false;
    return !file.open(QIODevice::ReadOnly) ||
           file.readLine(kMaxFile).endsWith('\n'); // one that cannot be read may have
}

Error systemError(const QString &path) {
    return {errno == ENOSPC ? ErrorCode::DiskFull : ErrorCode::Io,
            QStringLiteral("%1 cannot be written: %2. Nothing is rented without its journal.")
                .arg(path, QString::fromLocal8Bit(std::strerror(errno)))};
}

Result<void> syncDir(const QString &dir) {
    const int fd = ::open(QFile::encodeName(dir).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = fd >= 0 && fsync(fd) == 0;
    const Error error = systemError(dir);
    if (fd >= 0)
        close(fd);
    return synced ? Result<void>() : Result<void>(error);
}

} // namespace

RentalJournal::~RentalJournal() {
    if (m_fd >= 0)
        close(m_fd);
}

Result<std::unique_ptr<RentalJournal>> RentalJournal::hold(const QString &dir, const QString &name) {
    auto journal = std::unique_ptr<RentalJournal>(new RentalJournal);
    journal->m_dir = dir;
    if (!journal->m_lock.take(dir))
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("Another process is at work on fleet %1. Wait for it to end.").arg(name)};
    journal->m_fd = ::open(QFile::encodeName(journalFile(dir)).constData(),
                           O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (journal->m_fd < 0)
        return systemError(journalFile(dir));
    return journal;
}

Result<std::unique_ptr<RentalJournal>> RentalJournal::begin(const Paths &paths, const RentalSpec &spec,
                                                            const QString &ownerTag, const QString &api,
                                                            const QDateTime &now) {
    TRY(makeDataDir(paths));
    const QString dir = paths.rentalDir(spec.name);
    if (!QDir().mkpath(dir) || !QFile::setPermissions(dir, kMine))
        return Error{ErrorCode::Io, QStringLiteral("The folder %1 cannot be made.").arg(dir)};
    auto journal = hold(dir, spec.name);
    if (!journal)
        return journal;
    if (!hasBegun(dir) && ftruncate((*journal)->m_fd, 0) != 0)
        return systemError(journalFile(dir));
    if (hasBegun(dir)) {
        const auto old = knownRental(paths, spec.name);
        if (!old)
            return old.error();
        if (old->state != Rental::State::Ended)
            return Error{ErrorCode::AlreadyExists,
                         QStringLiteral("Fleet %1 exists already (%2). Destroy it, or choose another name.")
                             .arg(spec.name, rentalStateName(old->state))};
        // What it has cost stays known.
        const QString kept = dir + QStringLiteral("/ended-%1.jsonl").arg(old->begunAt.toSecsSinceEpoch());
        if (!QFile::rename(journalFile(dir), kept))
            return Error{ErrorCode::Io, QStringLiteral("%1 cannot be renamed.").arg(journalFile(dir))};
        close((*journal)->m_fd);
        (*journal)->m_fd = ::open(QFile::encodeName(journalFile(dir)).constData(),
                                  O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if ((*journal)->m_fd < 0)
            return systemError(journalFile(dir));
    }
    const QByteArray line =
        eventToLine({now,
                     QStringLiteral("begun"),
                     {},
                     {},
                     ownerTag,
                     {},
                     {{QStringLiteral("spec"), specToJson(spec)}, {QStringLiteral("api"), api}}});
    for (const auto &written : {(*journal)->write(line), syncDir(dir), syncDir(QFileInfo(dir).path())}) {
        if (!written)
            return written.error();
    }
    auto rental = readRental(line, journalFile(dir));
    if (!rental)
        return rental.error();
    (*journal)->m_rental = std::move(*rental);
    return journal;
}

Result<std::unique_ptr<RentalJournal>> RentalJournal::open(const Paths &paths, const QString &name) {
    const QString dir = paths.rentalDir(name);
    if (!rentalnames::isLegal(name) || !hasBegun(dir))
        return Error{ErrorCode::NotFound,
                     QStringLiteral("No fleet %1 was rented from here. \"slipwayctl fleet list\" shows those "
                                    "that were.")
                         .arg(name)};
    auto journal = hold(dir, name);
    if (!journal)
        return journal;
    const auto bytes = readFile(journalFile(dir));
    if (!bytes)
        return bytes.error();
    auto rental = readRental(*bytes, journalFile(dir));
    if (!rental)
        return rental.error();
    (*journal)->m_rental = std::move(*rental);
    // The half of a line that a killed process left must not become part of the next.
    const qint64 whole = bytes->lastIndexOf('\n') + 1;
    if (whole < bytes->size() && ftruncate((*journal)->m_fd, whole) != 0)
        return systemError(journalFile(dir));
    return journal;
}

Result<void> RentalJournal::write(const QByteArray &line) const {
    qsizetype written = 0;
    while (written < line.size()) {
        const ssize_t size =
            ::write(m_fd, line.constData() + written, static_cast<size_t>(line.size() - written));
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return systemError(journalFile(m_dir));
        written += size;
    }
    return fdatasync(m_fd) == 0 ? Result<void>() : Result<void>(systemError(journalFile(m_dir)));
}

Result<void> RentalJournal::append(const RentalEvent &event) {
    TRY(write(eventToLine(event)));
    m_rental.take(event);
    return {};
}

Result<void> RentalJournal::setAside(const Paths &paths, const QString &name) {
    const QString dir = paths.rentalDir(name);
    const auto journal = hold(dir, name);
    if (!journal)
        return journal.error();
    const QString kept = dir + QStringLiteral("/broken-%1.jsonl").arg(QDateTime::currentSecsSinceEpoch());
    if (!QFile::rename(journalFile(dir), kept))
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be renamed.").arg(journalFile(dir))};
    (*journal)->removeKeys();
    return syncDir(dir);
}

QString RentalJournal::keyFile(const QString &host) const {
    return m_dir + QStringLiteral("/keys/") + host;
}

void RentalJournal::removeKeys() const {
    QDir(m_dir + QStringLiteral("/keys")).removeRecursively();
}

Result<Rental> knownRental(const Paths &paths, const QString &name) {
    const QString file = journalFile(paths.rentalDir(name));
    if (!rentalnames::isLegal(name))
        return Error{ErrorCode::NotFound, QStringLiteral("No rented fleet can be called %1.").arg(name)};
    if (!hasBegun(paths.rentalDir(name)))
        return Error{ErrorCode::NotFound, QStringLiteral("No fleet %1 was rented from here.").arg(name)};
    const auto bytes = readFile(file);
    if (!bytes)
        return bytes.error();
    return readRental(*bytes, file);
}

Result<QList<KnownRental>> knownRentals(const Paths &paths) {
    QList<KnownRental> list;
    const QDir dir(paths.rentalsDir());
    for (const QString &name : dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        // Not one of ours, or not begun.
        if (!rentalnames::isLegal(name) || !hasBegun(dir.filePath(name)))
            continue;
        auto rental = knownRental(paths, name);
        const bool held = RunLock::isHeld(dir.filePath(name));
        if (rental) {
            list.append({std::move(*rental), held, {}});
            continue;
        }
        KnownRental broken{{}, held, rental.error().text};
        broken.rental.spec.name = name;
        broken.rental.state = Rental::State::Broken;
        list.append(broken);
    }
    return list;
}

} // namespace slipway
