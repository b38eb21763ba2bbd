// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/treewriter.h"

#include "app/pages/write/treefile.h"
#include "models/evidence/filename.h"

#include <QFile>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr mode_t kDirectoryMode = 0755; // what is published is meant to be read
constexpr mode_t kFileMode = 0644;
constexpr int kDepth = 16;

class Fd {
public:
    explicit Fd(int fd) : m_fd(fd) {}
    ~Fd() {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Fd(Fd &&other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    Fd &operator=(Fd &&other) noexcept {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    Fd(const Fd &) = delete;
    Fd &operator=(const Fd &) = delete;

    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }

private:
    int m_fd;
};

Error errorAt(const QString &path, int number) {
    return {number == ENOSPC || number == EDQUOT ? ErrorCode::DiskFull : ErrorCode::Io,
            QStringLiteral("%1 cannot be written: %2").arg(path, qt_error_string(number))};
}

Fd openDirectory(int parent, const QByteArray &name) {
    return Fd(::openat(parent, name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

Fd makeDirectory(int parent, const QByteArray &name) {
    if (::mkdirat(parent, name.constData(), kDirectoryMode) != 0 && errno != EEXIST)
        return Fd(-1);
    return openDirectory(parent, name);
}

// Whatever it is, with all that is below it; links are removed, not followed.
bool removeTree(int parent, const QByteArray &name, int depth = 0) {
    if (::unlinkat(parent, name.constData(), 0) == 0 || errno == ENOENT)
        return true;
    {
        const Fd directory = openDirectory(parent, name);
        if (!directory.isOpen() || depth == kDepth)
            return false;
        const int copy = ::openat(directory.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (copy < 0)
            return false;
        const std::unique_ptr<DIR, int (*)(DIR *)> stream(::fdopendir(copy), &::closedir);
        while (const dirent *entry = ::readdir(stream.get())) {
            const QByteArray below(entry->d_name);
            if (below != "." && below != ".." && !removeTree(directory.get(), below, depth + 1))
                return false;
        }
    }
    return ::unlinkat(parent, name.constData(), AT_REMOVEDIR) == 0;
}

bool writeNew(int parent, const QByteArray &name, const QByteArray &bytes, mode_t mode = kFileMode) {
    const Fd file(::openat(parent, name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (!file.isOpen())
        return false;
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t written =
            ::write(file.get(), bytes.constData() + done, static_cast<size_t>(bytes.size() - done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        done += written;
    }
    return ::fsync(file.get()) == 0;
}

bool holds(int directory, const QByteArray &name, const QByteArray &bytes) {
    struct stat info {};
    const Fd file(::openat(directory, name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isOpen() || ::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode) ||
        info.st_size != bytes.size())
        return false;
    QFile reader;
    return reader.open(file.get(), QIODevice::ReadOnly) && reader.readAll() == bytes;
}

// One file of a staged folder, a link to the old one where nothing changed. `old` may be closed.
bool stage(int staging, int old, const QByteArray &name, const QByteArray &bytes) {
    QByteArrayList parts = name.split('/');
    const QByteArray leaf = parts.takeLast();
    Fd here(::dup(staging));
    Fd before(old < 0 ? -1 : ::dup(old));
    for (const QByteArray &part : parts) {
        here = makeDirectory(here.get(), part);
        if (!here.isOpen())
            return false;
        if (before.isOpen())
            before = openDirectory(before.get(), part);
    }
    if (before.isOpen() && holds(before.get(), leaf, bytes) &&
        ::linkat(before.get(), leaf.constData(), here.get(), leaf.constData(), 0) == 0)
        return true;
    return writeNew(here.get(), leaf, bytes);
}

// What is staged is marked by the sticky bit, which no checkout and no copy sets: by it the next export knows
// what one that was killed left, and whatever else has that name is somebody's.
bool setOurs(int fd, bool ours) {
    struct stat info {};
    if (::fstat(fd, &info) != 0)
        return false;
    const mode_t mode = info.st_mode & (S_ISUID | S_ISGID | 0777);
    return ::fchmod(fd, ours ? mode | S_ISVTX : mode) == 0;
}

bool takeMark(int parent, const QByteArray &name) {
    const Fd file(::openat(parent, name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    return file.isOpen() && setOurs(file.get(), false);
}

// Makes room for what is to be staged. Names what is not ours and leaves it.
Result<void> freePlace(int runs, const QString &path, const QByteArray &staged) {
    struct stat info {};
    const QString place = path + QLatin1Char('/') + QFile::decodeName(staged);
    if (::fstatat(runs, staged.constData(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? Result<void>() : errorAt(place, errno);
    if ((info.st_mode & S_ISVTX) == 0)
        return Error{
            ErrorCode::AlreadyExists,
            QStringLiteral("%1 is there and is not from this export, which needs that name for a "
                           "moment. It is not replaced: move it away in the repo, then export again.")
                .arg(place)};
    return removeTree(runs, staged) ? Result<void>() : errorAt(place, errno);
}

// Puts `staged` in the place of `name`; what was there is then called `staged`, if anything was.
bool exchange(int directory, const QByteArray &staged, const QByteArray &name) {
    if (::renameat2(directory, staged.constData(), directory, name.constData(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno == EEXIST)
        return ::renameat2(directory, staged.constData(), directory, name.constData(), RENAME_EXCHANGE) == 0;
    return false;
}

} // namespace

TreeWriter::~TreeWriter() {
    if (m_runs >= 0)
        ::close(m_runs);
}

TreeWriter::TreeWriter(TreeWriter &&other) noexcept
    : m_runs(std::exchange(other.m_runs, -1)), m_path(std::move(other.m_path)) {}

TreeWriter &TreeWriter::operator=(TreeWriter &&other) noexcept {
    std::swap(m_runs, other.m_runs);
    std::swap(m_path, other.m_path);
    return *this;
}

Result<TreeWriter> TreeWriter::open(const QString &tree, const QString &folder) {
    const Fd root(::open(QFile::encodeName(tree).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!root.isOpen())
        return Error{
            errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
            QStringLiteral("%1 cannot be opened: %2. It must be a folder, a clone of the Pages repo say.")
                .arg(tree, qt_error_string(errno))};
    const QString path = tree + QLatin1Char('/') + folder;
    TRY(checkTreePath(tree, folder, TreeEntry::Folder));
    Fd runs = makeDirectory(root.get(), QFile::encodeName(folder));
    if (!runs.isOpen())
        return errorAt(path, errno);
    if (::flock(runs.get(), LOCK_EX | LOCK_NB) != 0)
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("Another export is writing into %1. Wait for its end.").arg(path)};
    return TreeWriter(::dup(runs.get()), path); // the lock is the open file's, which both share
}

Result<void> TreeWriter::replaceRun(const QString &id, const QList<EvidenceFile> &files) {
    const QByteArray name = QFile::encodeName(id);
    const QByteArray staged = ".slipway-" + name;
    const QString path = m_path + QLatin1Char('/') + id;
    TRY(freePlace(m_runs, m_path, staged));
    if (::mkdirat(m_runs, staged.constData(), kDirectoryMode | S_ISVTX) != 0)
        return errorAt(path, errno);
    const auto giveUp = [&](const QString &what, int number) {
        (void)removeTree(m_runs, staged);
        return errorAt(what, number);
    };
    const Fd staging = openDirectory(m_runs, staged);
    const Fd old = openDirectory(m_runs, name);
    for (const EvidenceFile &file : files) {
        const auto raw = nameBytes(file.name);
        if (!raw || !isPublishable(*raw))
            return giveUp(path + QLatin1Char('/') + file.name, EINVAL);
        if (!stage(staging.get(), old.get(), *raw, file.bytes))
            return giveUp(path + QLatin1Char('/') + file.name, errno);
    }
    if (::fsync(staging.get()) != 0)
        return giveUp(path, errno);
    // It will have the staged one's name. Of another user's folder it fails, and a kill then leaves one to be
    // moved away by hand.
    if (old.isOpen())
        (void)setOurs(old.get(), true);
    if (!exchange(m_runs, staged, name)) {
        const int number = errno;
        (void)setOurs(old.get(), false);
        if (number != EINVAL)
            return giveUp(path, number);
        (void)removeTree(m_runs, staged);
        return Error{
            ErrorCode::Unsupported,
            QStringLiteral("%1 cannot be replaced: its file system does not exchange two folders in one "
                           "step. Export into a clone on a local disk.")
                .arg(path)};
    }
    if (!setOurs(staging.get(), false) || ::fsync(m_runs) != 0 || !removeTree(m_runs, staged))
        return errorAt(path, errno);
    return {};
}

Result<void> TreeWriter::replaceFile(const QString &name, const QByteArray &bytes) {
    const QByteArray leaf = QFile::encodeName(name);
    const QByteArray staged = ".slipway-" + leaf;
    TRY(freePlace(m_runs, m_path, staged));
    if (!writeNew(m_runs, staged, bytes, kFileMode | S_ISVTX) ||
        ::renameat(m_runs, staged.constData(), m_runs, leaf.constData()) != 0 || !takeMark(m_runs, leaf) ||
        ::fsync(m_runs) != 0) {
        const int number = errno;
        (void)removeTree(m_runs, staged);
        return errorAt(m_path + QLatin1Char('/') + name, number);
    }
    return {};
}

} // namespace slipway
