// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/pages/exportrig.h"

#include "app/pages/import/pagesimport.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway::test {

Tree treeOf(const QString &root) {
    Tree tree;
    for (QDirIterator it(root, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); it.hasNext();) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly))
            tree.insert(QDir(root).relativeFilePath(file.fileName()), file.readAll());
    }
    return tree;
}

bool ExportRig::begin() {
    m_dir = std::make_unique<QTemporaryDir>();
    m_paths = Paths{path("data")};
    return QDir().mkpath(path("data")) && QDir().mkpath(path("repo"));
}

ExportRequest ExportRig::request() const {
    ExportRequest request;
    request.tree = path("repo");
    return request;
}

void ExportRig::write(const QString &name, const QByteArray &content) const {
    const QString file = m_dir->filePath(name);
    QFile::remove(file);
    QFile out(file);
    if (!QDir().mkpath(QFileInfo(file).path()) || !out.open(QIODevice::WriteOnly) ||
        out.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(file));
}

QByteArray ExportRig::bytes(const char *name) const {
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject ExportRig::json(const char *name) const {
    return QJsonDocument::fromJson(bytes((QByteArray("repo/") + name).constData())).object();
}

std::unique_ptr<ArchiveThread> ExportRig::open() const {
    auto archive = ArchiveThread::open(m_paths);
    return archive ? std::move(*archive) : nullptr;
}

void ExportRig::import(const QString &id, const QList<EvidenceFile> &files) const {
    const QString folder = QStringLiteral("in/runs/") + id + QLatin1Char('/');
    for (const EvidenceFile &file : files)
        write(folder + file.name, file.bytes);
    const auto archive = open();
    const auto imported = importPages(path("in"), *archive, {}, [](const ImportCount &) {});
    if (!imported)
        qFatal("%s", qPrintable(imported.error().text));
}

Result<ExportCount> ExportRig::tryExport(const ExportRequest &request) const {
    const auto archive = open();
    return exportPages(request, *archive, {}, [](const ExportProgress &) {});
}

ExportCount ExportRig::exported(const ExportRequest &request) const {
    const auto count = tryExport(request);
    if (!count)
        qFatal("%s", qPrintable(count.error().text));
    return *count;
}

} // namespace slipway::test
