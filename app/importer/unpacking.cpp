// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/importer/unpacking.h"

#include "app/core/archivereader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStringList>

#include <array>

namespace slipway {

namespace {

constexpr qint64 kMaxBytes = 4LL * 1024 * 1024 * 1024;
constexpr int kMaxEntries = 200'000;
constexpr qsizetype kMaxLeftOut = 100; // that are named
constexpr std::size_t kPiece = 65'536;

// As the archive has it; what no name can be made of is called so.
QString storedName(archive_entry *entry) {
    const char *name = archive_entry_pathname(entry);
    return name ? QFile::decodeName(name) : QStringLiteral("an entry whose name cannot be read");
}

// A name below the folder; empty for one that leads elsewhere.
QString nameBelow(archive_entry *entry) {
    const char *stored = archive_entry_pathname(entry);
    const QString name = QDir::cleanPath(QFile::decodeName(stored ? stored : ""));
    const bool leadsElsewhere = name.startsWith(QLatin1Char('/')) || name == QLatin1String("..") ||
                                name.startsWith(QLatin1String("../")) || name == QLatin1String(".") ||
                                name.isEmpty();
    return leadsElsewhere ? QString() : name;
}

class Unpacking {
public:
    Unpacking(const QString &file, const QString &folder, const std::stop_token &stop)
        : m_file(file), m_folder(folder), m_stop(stop),
          m_reader(newArchiveReader(Packing::CompressedEntries)) {}

    Result<QStringList> run() {
        if (archive_read_open_filename(m_reader.get(), QFile::encodeName(m_file).constData(), kPiece) !=
            ARCHIVE_OK)
            return notPacked();
        for (int count = 0;; ++count) {
            archive_entry *entry = nullptr;
            const int status = archive_read_next_header(m_reader.get(), &entry);
            if (status == ARCHIVE_EOF)
                return count == 0 ? Result<QStringList>(notPacked()) : Result<QStringList>(m_leftOut);
            if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
                return count == 0 ? notPacked() : damaged();
            if (count == kMaxEntries)
                return Error{ErrorCode::InvalidInput,
                             QStringLiteral("%1 contains more than %2 files.").arg(m_file).arg(kMaxEntries)};
            if (m_stop.stop_requested())
                return Error{ErrorCode::Cancelled, QStringLiteral("The import was stopped.")};
            TRY(take(entry));
        }
    }

private:
    [[nodiscard]] Error notPacked() const {
        return {
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is a file and not a packed folder (zip, 7z, tar, tar.gz, tar.xz, tar.zst).")
                .arg(m_file)};
    }
    [[nodiscard]] Error damaged() const {
        return {ErrorCode::Corrupt,
                QStringLiteral("%1 cannot be unpacked: %2").arg(m_file, archiveError(m_reader.get()))};
    }

    Result<void> take(archive_entry *entry) {
        const QString name = nameBelow(entry);
        const auto type = archive_entry_filetype(entry);
        if (type == AE_IFDIR && (name.isEmpty() || QDir(m_folder).mkpath(name)))
            return {};
        if (type != AE_IFREG || archive_entry_hardlink(entry) || name.isEmpty()) {
            if (m_leftOut.size() < kMaxLeftOut)
                m_leftOut << storedName(entry);
            return {};
        }
        return write(m_folder + QLatin1Char('/') + name);
    }

    Result<void> write(const QString &path) {
        QFile file(path);
        if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
            return Error{ErrorCode::Io,
                         QStringLiteral("%1 cannot be unpacked: %2").arg(path, file.errorString())};
        std::array<char, kPiece> piece{};
        for (;;) {
            const la_ssize_t got = archive_read_data(m_reader.get(), piece.data(), piece.size());
            if (got == 0 && file.flush())
                return {};
            if (got < 0)
                return damaged();
            m_bytes += got;
            if (m_bytes > kMaxBytes)
                return Error{ErrorCode::InvalidInput,
                             QStringLiteral("%1 unpacks to more than 4 GiB.").arg(m_file)};
            if (m_stop.stop_requested())
                return Error{ErrorCode::Cancelled, QStringLiteral("The import was stopped.")};
            if (got == 0 || file.write(piece.data(), got) != got)
                return Error{ErrorCode::Io,
                             QStringLiteral("%1 cannot be unpacked: %2").arg(path, file.errorString())};
        }
    }

    QString m_file;
    QString m_folder;
    std::stop_token m_stop;
    ArchiveReader m_reader;
    QStringList m_leftOut;
    qint64 m_bytes = 0;
};

} // namespace

Result<QStringList> unpackInto(const QString &file, const QString &folder, const std::stop_token &stop) {
    return Unpacking(file, folder, stop).run();
}

} // namespace slipway
