// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/archivesearch.h"

#include "app/core/archivereader.h"

namespace slipway {

namespace {

constexpr int kMaxLevels = 4;
constexpr int kMaxEntries = 10000;
constexpr qint64 kMaxBytes = qint64(128) << 20; // of all entries together
constexpr qsizetype kPiece = qsizetype(64) << 10;

// At the first entry, of a file that is compressed or an archive; nothing of another. Compression is taken
// off by itself, since a format would stop where it says that it ends.
ArchiveReader begin(const QByteArray &bytes, Packing packing, archive_entry **entry) {
    ArchiveReader reader = newArchiveReader(packing);
    if (archive_read_open_memory(reader.get(), bytes.constData(), static_cast<size_t>(bytes.size())) !=
        ARCHIVE_OK)
        return {nullptr, &archive_read_free};
    const int status = archive_read_next_header(reader.get(), entry);
    const bool isCompressed = archive_filter_count(reader.get()) > 1;
    if (status < ARCHIVE_WARN || status == ARCHIVE_EOF || (packing == Packing::Compression && !isCompressed))
        return {nullptr, &archive_read_free};
    return reader;
}

class Search {
public:
    explicit Search(const RedactionOptions &options) : m_options(options) {}

    // Empty when everything was searched and is without secrets.
    QString look(const QByteArray &bytes, const QString &what, int level) {
        archive_entry *entry = nullptr;
        if (const ArchiveReader packed = begin(bytes, Packing::Compression, &entry))
            return lookAtContent(packed.get(), {}, what, level);
        const ArchiveReader reader = begin(bytes, Packing::Entries, &entry);
        if (!reader)
            return cannot(what, whyNotText(bytes));
        for (int status = ARCHIVE_OK; status != ARCHIVE_EOF;
             status = archive_read_next_header(reader.get(), &entry)) {
            if (status < ARCHIVE_WARN)
                return cannot(what, archiveError(reader.get()));
            if (++m_entries > kMaxEntries)
                return cannot(what, QStringLiteral("more than %1 entries").arg(kMaxEntries));
            QByteArray names;
            for (const char *name : {archive_entry_pathname(entry), archive_entry_symlink(entry),
                                     archive_entry_hardlink(entry), archive_entry_uname(entry)})
                names += name ? QByteArray(name) + '\n' : QByteArray();
            if (QString problem = lookAtContent(reader.get(), names, what, level); !problem.isEmpty())
                return problem;
        }
        return {};
    }

private:
    static QString cannot(const QString &what, const QString &why) {
        return QStringLiteral("%1 cannot be searched for secrets: %2").arg(what, why);
    }

    // Of an entry by these names; of what was compressed without any.
    QString lookAtContent(archive *reader, QByteArray names, const QString &what, int level) {
        const QString inner =
            names.isEmpty()
                ? QStringLiteral("its content")
                : QStringLiteral("\"%1\" in it").arg(QString::fromUtf8(names.left(names.indexOf('\n'))));
        QByteArray content;
        for (;;) {
            const qsizetype at = content.size();
            content.resize(at + kPiece);
            const la_ssize_t count =
                archive_read_data(reader, content.data() + at, static_cast<size_t>(kPiece));
            content.resize(at + static_cast<qsizetype>(std::max<la_ssize_t>(count, 0)));
            if (count < 0)
                return cannot(inner, archiveError(reader));
            m_bytes += count;
            if (m_bytes > kMaxBytes)
                return cannot(what, QStringLiteral("more than %1 MiB").arg(kMaxBytes >> 20));
            if (count == 0)
                break;
        }
        if (QString problem = search(names, inner); !problem.isEmpty())
            return problem;
        const bool isText = whyNotText(content).isEmpty();
        if (QString problem = search(content, inner); !problem.isEmpty())
            return problem;
        if (isText)
            return {};
        if (level >= kMaxLevels)
            return cannot(inner, QStringLiteral("packed more than %1 times").arg(kMaxLevels));
        return look(content, inner, level + 1);
    }

    QString search(QByteArray &bytes, const QString &what) {
        const auto masked = mask(what, bytes, m_options);
        if (!masked)
            return masked.error().text;
        return masked->isEmpty() ? QString()
                                 : QStringLiteral("%1 holds a %2, which cannot be masked there")
                                       .arg(what, masked->constFirst().kind);
    }

    const RedactionOptions &m_options;
    int m_entries = 0;
    qint64 m_bytes = 0;
};

} // namespace

QString whyHeldBack(const EvidenceFile &file, const RedactionOptions &options) {
    return Search(options).look(file.bytes, QStringLiteral("it"), 1);
}

bool hasChecksums(const QByteArray &bytes) {
    archive_entry *entry = nullptr;
    if (begin(bytes, Packing::Compression, &entry))
        return true;
    const ArchiveReader reader = begin(bytes, Packing::Entries, &entry);
    if (!reader)
        return false;
    const int family = archive_format(reader.get()) & ARCHIVE_FORMAT_BASE_MASK;
    return family != ARCHIVE_FORMAT_TAR && family != ARCHIVE_FORMAT_CPIO && family != ARCHIVE_FORMAT_AR;
}

} // namespace slipway
