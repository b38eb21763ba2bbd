// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/evidence/filename.h"
#include "models/observation/evidencefile.h"

#include <QByteArray>
#include <QList>

namespace slipway {

/// A directory that somebody else wrote, read without trust: entries are opened relative to it, symbolic
/// links are never followed, pipes and devices never opened. Owns its descriptor; movable; one thread.
class Directory {
public:
    enum class Type { File, Directory, Other };
    struct Entry {
        QByteArray name; ///< as the file system has it
        Type type = Type::Other;
        qint64 size = 0; ///< bytes, of a file
    };

    /// The directory a person named; this one may be reached by a link.
    static Result<Directory> open(const QString &path);
    ~Directory();
    Directory(Directory &&other) noexcept;
    Directory &operator=(Directory &&other) noexcept;
    Directory(const Directory &) = delete;
    Directory &operator=(const Directory &) = delete;

    /// Sorted by name, at most `most`; one more than that shows that there are more.
    [[nodiscard]] Result<QList<Entry>> entries(qsizetype max) const;
    [[nodiscard]] Result<Directory> enter(const QByteArray &name) const;
    /// A regular file's bytes; the error says why there are none: too large, a link, not readable.
    [[nodiscard]] Result<QByteArray> read(const QByteArray &name, qint64 max) const;

private:
    explicit Directory(int fd) : m_fd(fd) {}

    int m_fd = -1;
};

} // namespace slipway
