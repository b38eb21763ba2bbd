// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/slipwayprogram.h"

#include "app/core/program.h"

#include <QCoreApplication>
#include <QProcess>

namespace slipway {

namespace {

constexpr qsizetype kMaxLine = 4000;

// Whole lines, and what is longer than a line may be, without waiting for its end.
void hear(QProcess &process, QByteArray &rest, const std::function<void(const QString &)> &heard) {
    rest += process.readAllStandardError();
    for (qsizetype end = rest.indexOf('\n'); end >= 0 || rest.size() > kMaxLine; end = rest.indexOf('\n')) {
        const qsizetype length = end < 0 || end > kMaxLine ? kMaxLine : end;
        heard(QString::fromUtf8(rest.left(length)));
        rest.remove(0, length + (length == end ? 1 : 0));
    }
}

} // namespace

Result<int> runSlipway(const Paths &paths, const QStringList &words, int lock,
                       const std::function<void(const QString &)> &heard) {
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    dieWithThread(process, lock);
    const QString program = QCoreApplication::applicationFilePath();
    process.start(program, QStringList{QStringLiteral("--data-dir"), paths.dataDir} + words);
    if (!process.waitForStarted(-1))
        return Error{ErrorCode::CommandFailed,
                     QStringLiteral("%1 could not be started: %2").arg(program, process.errorString())};
    QByteArray rest;
    process.setReadChannel(QProcess::StandardError);
    while (process.waitForReadyRead(-1))
        hear(process, rest, heard);
    process.waitForFinished(-1);
    hear(process, rest, heard);
    if (!rest.isEmpty())
        heard(QString::fromUtf8(rest));
    if (process.exitStatus() != QProcess::NormalExit)
        return Error{ErrorCode::CommandFailed,
                     QStringLiteral("slipwayctl %1 was killed; the next call continues.")
                         .arg(words.join(QLatin1Char(' ')))};
    return process.exitCode();
}

} // namespace slipway
