// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshtool.h"

#include "models/core/plaintext.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QProcessEnvironment>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxOutput = qsizetype{4} * 1024 * 1024;
constexpr qsizetype kMaxWords = 400;
constexpr int kLookMs = 50;

} // namespace

Result<ToolAnswer> runSshTool(const QString &program, const QStringList &arguments, int timeoutMs,
                              const std::function<bool()> &givenUp) {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    process.setProcessEnvironment(environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    ToolAnswer answer;
    const auto failed = [&](ErrorCode code, const QString &why) {
        process.kill();
        process.waitForFinished();
        return Error{code, QStringLiteral("%1 %2").arg(program, why)};
    };
    if (!process.waitForStarted())
        return Error{ErrorCode::Unsupported,
                     QStringLiteral("%1 cannot be started: %2").arg(program, process.errorString())};
    QElapsedTimer clock;
    clock.start();
    for (bool runs = true; runs;) {
        runs = !process.waitForFinished(kLookMs) && process.state() != QProcess::NotRunning;
        answer.out += process.readAllStandardOutput();
        answer.err += process.readAllStandardError();
        if (answer.out.size() + answer.err.size() > kMaxOutput)
            return failed(ErrorCode::InvalidInput, QStringLiteral("answers with more than 4 MiB"));
        if (runs && givenUp && givenUp())
            return failed(ErrorCode::Cancelled, QStringLiteral("was given up"));
        if (runs && clock.hasExpired(timeoutMs))
            return failed(ErrorCode::TimedOut,
                          QStringLiteral("did not answer in %1 s").arg(timeoutMs / 1000));
    }
    if (process.exitStatus() != QProcess::NormalExit)
        return failed(ErrorCode::CommandFailed, QStringLiteral("was ended by a signal"));
    answer.exitCode = process.exitCode();
    return answer;
}

QString lastWords(const QByteArray &text, qsizetype lines) {
    QList<QByteArray> all = text.trimmed().split('\n');
    const auto usage = std::find_if(all.begin(), all.end(), [](const QByteArray &line) {
        return line.trimmed().toLower().startsWith("usage:");
    });
    if (usage == all.begin() && usage != all.end())
        return QStringLiteral("it does not know the options that it was called with");
    all.erase(usage, all.end());
    return plainText(
               QString::fromUtf8(all.mid(std::max<qsizetype>(0, all.size() - lines)).join(' ')).simplified())
        .left(kMaxWords);
}

} // namespace slipway
