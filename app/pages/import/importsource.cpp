// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/import/importsource.h"

#include "app/git/clonecheck.h"
#include "app/git/gitorigin.h"
#include "app/importer/unpacking.h"
#include "models/evidence/recordedplan.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace slipway {

namespace {

constexpr int kMaxWrappings = 8;
const QString kTree = QStringLiteral("repository");

bool isBareRepository(const QString &path) {
    return QFileInfo(path + QStringLiteral("/HEAD")).isFile() &&
           QFileInfo(path + QStringLiteral("/objects")).isDir() &&
           QFileInfo(path + QStringLiteral("/refs")).isDir();
}

// "run" of "run.tar.gz": what the folder in it is called where it has none of its own.
QString stemOf(const QString &path) {
    static const QRegularExpression ends(QStringLiteral("\\.(zip|tgz|txz|tzst|tbz2?|tar(\\.[a-z0-9]+)?)\\z"),
                                         QRegularExpression::CaseInsensitiveOption);
    const QString stem = QFileInfo(path).fileName().remove(ends);
    return stem.isEmpty() || stem.startsWith(QLatin1Char('.')) ? QStringLiteral("unpacked") : stem;
}

Error cannotFetch(const QString &place, const QString &said) {
    return {ErrorCode::CommandFailed,
            QStringLiteral("%1 cannot be fetched: %2")
                .arg(withoutCredentials(place), withoutCredentials(said.left(1000)))};
}

Result<void> git(const GitProgram &program, const QStringList &arguments, const QString &place) {
    const auto answer = program.run(arguments);
    if (!answer)
        return answer.error();
    if (!answer->ok())
        return cannotFetch(place,
                           QStringLiteral("git %1 said: %2").arg(arguments.constFirst(), answer->said));
    return {};
}

// The newest commit alone, in `folder`/repository, with the bytes that it has there.
Result<void> fetchInto(const QString &folder, const QString &place, const std::stop_token &stop) {
    GitOrigin origin;
    if (const auto found = findOrigin(place, folder, stop, origin); !found)
        return cannotFetch(place, found.error().said.isEmpty() ? found.error().text : found.error().said);
    const GitProgram outside(folder, stop, origin.settings);
    const QString tree = folder + QLatin1Char('/') + kTree;
    // --depth is for transports: a path would be copied whole.
    const QString from =
        QFileInfo(place).isDir() ? QStringLiteral("file://") + QFileInfo(place).absoluteFilePath() : place;
    if (auto cloned = git(outside,
                          {QStringLiteral("clone"), QStringLiteral("--quiet"), QStringLiteral("--depth=1"),
                           QStringLiteral("--no-checkout"), QStringLiteral("--no-tags"),
                           QStringLiteral("--template="), QStringLiteral("--"), from, tree},
                          place);
        !cloned)
        return cloned;
    TRY(switchAttributesOff(tree));
    return git(GitProgram(tree, stop, origin.settings),
               {QStringLiteral("reset"), QStringLiteral("--hard"), QStringLiteral("--quiet")}, place);
}

// Where what was packed begins: folders that hold one folder alone are around it. A Mac adds one of its own.
QString innermost(QString folder) {
    for (int depth = 0; depth < kMaxWrappings; ++depth) {
        QStringList entries =
            QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System);
        entries.removeAll(QStringLiteral("__MACOSX"));
        entries.removeAll(QStringLiteral(".DS_Store"));
        const QString only = folder + QLatin1Char('/') + entries.value(0);
        if (entries.size() != 1 || entries.constFirst() == QLatin1String("runs") ||
            entries.constFirst() + QLatin1Char('/') == kObservationFolder || !QFileInfo(only).isDir())
            break;
        folder = only;
    }
    return folder;
}

} // namespace

bool isGitAddress(const QString &place) {
    static const QRegularExpression scheme(QStringLiteral("\\A(https?|ssh|git|file)://"));
    static const QRegularExpression scp(
        QStringLiteral("\\A[A-Za-z0-9_][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9.-]*:[^:]"));
    return scheme.match(place).hasMatch() || (scp.match(place).hasMatch() && !QFileInfo::exists(place));
}

Result<ImportSource> ImportSource::open(const QString &place, const std::stop_token &stop) {
    const bool isAddress = isGitAddress(place);
    const bool isFile = !isAddress && QFileInfo(place).isFile();
    if (!isAddress && !isFile && !isBareRepository(place))
        return ImportSource(place);
    const auto copy = std::make_shared<QTemporaryDir>(); // mode 0700
    if (!copy->isValid())
        return Error{ErrorCode::Io, QStringLiteral("No folder for a copy of %1 can be made: %2")
                                        .arg(withoutCredentials(place), copy->errorString())};
    const QString folder = copy->filePath(isFile ? stemOf(place) : kTree);
    ImportSource source(folder);
    source.m_copy = copy;
    if (!isFile) {
        TRY(fetchInto(copy->path(), place, stop));
        return source;
    }
    QDir().mkpath(folder);
    const auto leftOut = unpackInto(place, folder, stop);
    if (!leftOut)
        return leftOut.error();
    source.m_leftOut = *leftOut;
    source.m_path = innermost(folder);
    return source;
}

} // namespace slipway
