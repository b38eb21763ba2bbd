// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/fieldscripts.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

namespace slipway {

namespace {

constexpr int kPhases = 4;
constexpr qint64 kLongestScript = qint64(1024) * 1024;
constexpr int kKeygenMs = 10'000;

Result<QByteArray> readFile(const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be read: %2").arg(path, file.errorString())};
    if (file.size() == 0 || file.size() > kLongestScript)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 has %2 bytes: a phase script has 1 to 1048576").arg(path).arg(file.size())};
    return file.readAll();
}

Result<void> makeKeys(FieldScripts &scripts) {
    const QTemporaryDir dir; // 0700, removed with what is in it
    const QString path = dir.filePath(QStringLiteral("login"));
    QProcess keygen;
    keygen.start(QStringLiteral("ssh-keygen"),
                 {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"), QStringLiteral("-N"),
                  QString(), QStringLiteral("-C"), QString(), QStringLiteral("-f"), path});
    if (!keygen.waitForFinished(kKeygenMs) || keygen.exitCode() != 0)
        return Error{ErrorCode::CommandFailed,
                     QStringLiteral("ssh-keygen made no key for phase 2: %1").arg(keygen.errorString())};
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
                QStringLiteral("%1 holds %2 files phase%3*.sh; field scripts have one for each phase.")
                    .arg(dir)
                    .arg(names.size())
                    .arg(phase)};
        const auto program = readFile(folder.filePath(names.constFirst()));
        if (!program)
            return program.error();
        scripts.programs.insert(phase, *program);
    }
    if (const auto made = makeKeys(scripts); !made)
        return made.error();
    return scripts;
}

} // namespace slipway
