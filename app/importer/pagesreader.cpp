// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/importer/pagesreader.h"

#include "app/importer/directory.h"
#include "models/evidence/campaignid.h"
#include "models/evidence/recordedplan.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kFileLimit = 64LL * 1024 * 1024;
constexpr qint64 kFolderLimit = 256LL * 1024 * 1024;
constexpr qsizetype kFilesLimit = 4096;
constexpr qsizetype kCampaignsLimit = 1'000'000;
constexpr int kDepth = 8;
constexpr qsizetype kHidden = 1000;

// A report, a summary, a manifest, cycles or observations. Others' folders have plans and checks, too.
bool isOfCampaign(const Directory::Entry &entry) {
    static const QRegularExpression file(
        QStringLiteral("\\A(campaign-summary\\.json|evidence-manifest\\.json|phase[1-4](-.+)?\\.jsonl?|"
                       "cycles(-.+)?\\.jsonl)(\\.zst)?\\z"));
    const QString name = nameText(entry.name);
    return entry.type == Directory::Type::Directory ? name + QLatin1Char('/') == kObservationFolder
                                                    : file.match(name).hasMatch();
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
                    QStringLiteral("it contains more than %1 files; the rest was not read").arg(kFilesLimit));
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

struct Look {
    bool holdsCampaign = false;
    qint64 bytes =
        0; ///< of the files right in it, by which work is cut into even pieces; files below are rare
};

Look lookInto(const Directory &parent, const QByteArray &name) {
    Look look;
    const auto directory = parent.enter(name);
    const auto entries = directory ? directory->entries(kFilesLimit) : directory.error();
    if (!entries)
        return look;
    for (const Directory::Entry &entry : *entries) {
        look.holdsCampaign = look.holdsCampaign || isOfCampaign(entry);
        look.bytes += std::min(entry.size, kFileLimit);
    }
    return look;
}

// `hidden` is called for folders whose name begins with a dot, but for git's own.
Result<QList<PagesFolder>> foldersIn(const Directory &parent, QStringList *hidden) {
    const auto entries = parent.entries(kCampaignsLimit);
    if (!entries)
        return entries.error();
    QByteArrayList names;
    for (const Directory::Entry &entry : *entries) {
        if (entry.type == Directory::Type::File)
            continue;
        if (!entry.name.startsWith('.'))
            names << entry.name;
        else if (hidden && entry.name != ".git" && hidden->size() < kHidden)
            *hidden << nameText(entry.name);
    }
    std::sort(names.begin(), names.end());
    QList<PagesFolder> folders;
    QSet<QByteArray> taken; // in lower case: on many machines such two are one folder
    for (const QByteArray &name : std::as_const(names)) {
        const Look look = lookInto(parent, name);
        folders.append({name, campaignIdOf(name, taken.contains(name.toLower())), look.bytes, nameText(name),
                        look.holdsCampaign});
        taken.insert(name.toLower());
    }
    return folders;
}

// Of a folder called "runs" all are campaigns, once one is: one that lost every file is there, too.
Result<void> addFolders(const Directory &parent, bool isRuns, PagesTree &tree) {
    const auto folders = foldersIn(parent, &tree.hidden);
    if (!folders)
        return folders.error();
    const bool isAny = std::any_of(folders->begin(), folders->end(),
                                   [](const PagesFolder &folder) { return folder.holdsCampaign; });
    for (const PagesFolder &folder : *folders) {
        if (folder.holdsCampaign || (isRuns && isAny))
            tree.campaigns.append(folder);
        else
            tree.leftOut << folder.called;
    }
    return {};
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

Result<QList<PagesFolder>> readRuns(const QString &runsPath) {
    const auto directory = Directory::open(runsPath);
    return directory ? foldersIn(*directory, nullptr) : directory.error();
}

Result<PagesTree> readTree(const QString &path) {
    const auto directory = Directory::open(path);
    if (!directory)
        return directory.error();
    const auto entries = directory->entries(kCampaignsLimit);
    if (!entries)
        return entries.error();
    PagesTree tree;
    tree.runsPath = path;
    const QByteArray name = QFile::encodeName(QFileInfo(QFileInfo(path).canonicalFilePath()).fileName());
    const auto has = [&](const auto &matches) {
        return std::any_of(entries->begin(), entries->end(), matches);
    };
    if (has([](const Directory::Entry &entry) {
            return entry.name == "runs" && entry.type == Directory::Type::Directory;
        })) {
        const auto runs = directory->enter("runs");
        if (!runs)
            return runs.error();
        tree.runsPath = path + QStringLiteral("/runs");
        tree.documents = documentsIn(*directory);
        TRY(addFolders(*runs, true, tree));
    } else if (has(isOfCampaign)) {
        tree.campaigns.append({{}, campaignIdOf(name), 0, nameText(name)});
    } else if (auto added = addFolders(*directory, name == "runs", tree); !added) {
        return added.error();
    }
    if (tree.campaigns.isEmpty() && tree.documents.isEmpty())
        return Error{ErrorCode::NotFound,
                     QStringLiteral(
                         "%1 contains no campaign. Looked for campaign-summary.json, evidence-manifest.json, "
                         "phase1….json to phase4….json, cycles-….jsonl and observations/: in it, in the "
                         "folders in it and in its runs/.")
                         .arg(path)};
    return tree;
}

QString renameText(const PagesFolder &folder) {
    if (folder.called == folder.id)
        return {};
    const QString problem = campaignIdProblem(folder.called);
    return QStringLiteral("\"%1\" is kept as %2: the name %3.")
        .arg(folder.called, folder.id,
             problem.isEmpty() ? QStringLiteral("differs from another one by upper and lower case alone")
                               : problem);
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
