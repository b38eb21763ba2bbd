// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/importer/pagesreader.h"

#include "app/importer/directory.h"
#include "models/evidence/campaignid.h"

#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kFileLimit = 64LL * 1024 * 1024;
constexpr qint64 kFolderLimit = 256LL * 1024 * 1024;
constexpr qsizetype kFilesLimit = 4096;
constexpr qsizetype kCampaignsLimit = 1'000'000;
constexpr int kDepth = 8;

const QString kFolderItself = QStringLiteral(".");

bool isReport(const QByteArray &name) {
    return name == "campaign-summary.json" || (name.startsWith("phase") && name.endsWith(".json"));
}

class FolderReader {
public:
    void read(const Directory &directory, const QString &prefix, int depth) {
        const auto entries = directory.entries(kFilesLimit);
        if (!entries) {
            say(prefix, entries.error().text);
            return;
        }
        for (const Directory::Entry &entry : *entries) {
            const QString name = prefix + nameText(entry.name);
            if (m_files.size() >= kFilesLimit) {
                say(QString(),
                    QStringLiteral("it holds more than %1 files; the rest was not read").arg(kFilesLimit));
                return;
            }
            if (entry.type == Directory::Type::Directory)
                enter(directory, entry.name, name, depth);
            else
                add(directory, entry, name);
        }
    }

    void say(const QString &prefix, const QString &problem) {
        m_files.append({prefix.isEmpty() ? kFolderItself : prefix.chopped(1), {}, problem});
    }

    [[nodiscard]] QList<EvidenceFile> takeFiles() { return std::move(m_files); }

private:
    void enter(const Directory &directory, const QByteArray &entry, const QString &name, int depth) {
        if (depth == kDepth) {
            m_files.append({name, {}, QStringLiteral("folders are read %1 deep").arg(kDepth)});
            return;
        }
        if (const auto below = directory.enter(entry))
            read(*below, name + QLatin1Char('/'), depth + 1);
        else
            m_files.append({name, {}, below.error().text});
    }

    void add(const Directory &directory, const Directory::Entry &entry, const QString &name) {
        const qint64 room = std::min(kFileLimit, kFolderLimit - m_bytes);
        const auto bytes = directory.read(entry.name, room);
        if (!bytes) {
            m_files.append({name, {}, bytes.error().text});
            return;
        }
        m_bytes += bytes->size();
        m_files.append({name, *bytes});
    }

    QList<EvidenceFile> m_files;
    qint64 m_bytes = 0;
};

// Bytes of the files right in a folder, by which work is cut into even pieces; files below are rare.
qint64 bytesIn(const Directory &runs, const QByteArray &name) {
    const auto directory = runs.enter(name);
    if (!directory)
        return 0;
    const auto entries = directory->entries(kFilesLimit);
    if (!entries)
        return 0;
    qint64 bytes = 0;
    for (const Directory::Entry &entry : *entries)
        bytes += std::min(entry.size, kFileLimit);
    return bytes;
}

Result<QList<PagesFolder>> foldersIn(const Directory &runs) {
    const auto entries = runs.entries(kCampaignsLimit);
    if (!entries)
        return entries.error();
    QByteArrayList names;
    for (const Directory::Entry &entry : *entries) {
        if (entry.type != Directory::Type::File && !entry.name.startsWith('.'))
            names << entry.name;
    }
    std::sort(names.begin(), names.end());
    QList<PagesFolder> folders;
    QSet<QByteArray> taken; // in lower case: on many machines such two are one folder
    for (const QByteArray &name : names) {
        folders.append({name, campaignIdOf(name, taken.contains(name.toLower())), bytesIn(runs, name)});
        taken.insert(name.toLower());
    }
    return folders;
}

QString whyRenamed(const PagesFolder &folder) {
    const QString name = nameText(folder.name);
    const QString problem = campaignIdProblem(name);
    return QStringLiteral("it is called %1 here: its name \"%2\" %3")
        .arg(folder.id, name,
             problem.isEmpty() ? QStringLiteral("differs from another one by upper and lower case alone")
                               : problem);
}

void addDocument(const Directory &directory, const QByteArray &name, const QString &as,
                 QList<EvidenceFile> &documents) {
    const auto bytes = directory.read(name, kFileLimit);
    if (bytes)
        documents.append({as, *bytes});
    else if (bytes.error().code != ErrorCode::NotFound)
        documents.append({as, {}, bytes.error().text});
}

QList<EvidenceFile> documentsIn(const Directory &repo) {
    QList<EvidenceFile> documents;
    if (const auto analysis = repo.enter("analysis"))
        addDocument(*analysis, "run-insights.json", QStringLiteral("analysis/run-insights.json"), documents);
    const auto releases = repo.enter("releases");
    if (!releases)
        return documents;
    addDocument(*releases, "schema.json", QStringLiteral("releases/schema.json"), documents);
    const auto versions = releases->entries(kFilesLimit);
    if (!versions)
        return documents;
    for (const Directory::Entry &version : *versions) {
        if (const auto release = releases->enter(version.name))
            addDocument(*release, "summary.json",
                        QStringLiteral("releases/%1/summary.json").arg(nameText(version.name)), documents);
    }
    return documents;
}

} // namespace

Result<PagesTree> readTree(const QString &path) {
    const auto directory = Directory::open(path);
    if (!directory)
        return directory.error();
    const auto entries = directory->entries(kCampaignsLimit);
    if (!entries)
        return entries.error();
    PagesTree tree;
    tree.runsPath = path;
    const auto has = [&](const auto &matches) {
        return std::any_of(entries->begin(), entries->end(), matches);
    };
    const bool isRepo = has([](const Directory::Entry &entry) {
        return entry.name == "runs" && entry.type == Directory::Type::Directory;
    });
    const bool isCampaign =
        has([](const Directory::Entry &entry) { return isReport(entry.name); }) ||
        !has([](const Directory::Entry &entry) { return entry.type == Directory::Type::Directory; });
    if (isRepo) {
        const auto runs = directory->enter("runs");
        if (!runs)
            return runs.error();
        tree.runsPath = path + QStringLiteral("/runs");
        tree.documents = documentsIn(*directory);
        const auto folders = foldersIn(*runs);
        if (!folders)
            return folders.error();
        tree.campaigns = *folders;
    } else if (isCampaign) {
        const QByteArray name = QFile::encodeName(QFileInfo(QFileInfo(path).canonicalFilePath()).fileName());
        tree.campaigns.append({{}, campaignIdOf(name), 0});
    } else {
        const auto folders = foldersIn(*directory);
        if (!folders)
            return folders.error();
        tree.campaigns = *folders;
    }
    return tree;
}

QList<EvidenceFile> readFolder(const QString &runsPath, const PagesFolder &folder) {
    FolderReader reader;
    auto directory = Directory::open(runsPath);
    if (directory && !folder.name.isEmpty())
        directory = directory->enter(folder.name);
    if (!directory)
        reader.say(QString(), directory.error().text);
    else
        reader.read(*directory, QString(), 0);
    if (!folder.name.isEmpty() && nameText(folder.name) != folder.id)
        reader.say(QString(), whyRenamed(folder));
    return reader.takeFiles();
}

Result<QList<EvidenceFile>> readCampaignFolder(const QString &path) {
    auto directory = Directory::open(path);
    if (!directory)
        return directory.error();
    FolderReader reader;
    reader.read(*directory, QString(), 0);
    return reader.takeFiles();
}

} // namespace slipway
