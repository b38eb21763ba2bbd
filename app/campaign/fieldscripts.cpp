// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/fieldscripts.h"

#include "app/core/inputfile.h"
#include "app/core/sshkeygen.h"

#include <QDir>
#include <QTemporaryDir>

namespace slipway {

namespace {

constexpr int kPhases = 4;
constexpr qint64 kLongestScript = qint64(1024) * 1024;

Result<QByteArray> readScript(const QString &path) {
    auto bytes = readFile(path, kLongestScript);
    if (bytes && bytes->isEmpty())
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1 is empty").arg(path)};
    return bytes;
}

Result<void> makeKeys(FieldScripts &scripts) {
    const QTemporaryDir dir; // 0700, removed with what is in it
    const QString path = dir.filePath(QStringLiteral("login"));
    TRY(makeSshKey(path, QString()));
    const auto secret = readFile(path);
    const auto shown = readFile(path + QStringLiteral(".pub"));
    if (!secret || !shown)
        return secret ? shown.error() : secret.error();
    scripts.loginPrivate = *secret;
    scripts.loginPublic = shown->trimmed();
    return {};
}

} // namespace

Result<FieldScripts> readFieldScripts(const QString &dir) {
    const QDir folder(dir);
    FieldScripts scripts;
    for (int phase = 1; phase <= kPhases; ++phase) {
        const QStringList names =
            folder.entryList({QStringLiteral("phase%1*.sh").arg(phase)}, QDir::Files, QDir::Name);
        if (names.size() != 1)
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("%1 contains %2 files phase%3*.sh; field scripts have one for each phase.")
                    .arg(dir)
                    .arg(names.size())
                    .arg(phase)};
        const auto program = readScript(folder.filePath(names.constFirst()));
        if (!program)
            return program.error();
        scripts.programs.insert(phase, *program);
    }
    TRY(makeKeys(scripts));
    return scripts;
}

} // namespace slipway
