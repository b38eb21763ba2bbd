// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/remoteanswer.h"

#include "models/fleet/accounttext.h"

#include <QRandomGenerator>

namespace slipway {

namespace {

constexpr qsizetype kQuoted = 200;

QString quoted(const QByteArray &words) {
    return QString::fromUtf8(words.left(kQuoted)).simplified();
}

void keep(RemoteCommand &command, RemoteAnswer &answer, QByteArray &stream, const QByteArray &bytes) {
    if (answer.flooded)
        return;
    const qsizetype room = RemoteAnswer::kLimit - answer.out.size() - answer.err.size();
    stream += bytes.left(room);
    if (bytes.size() <= room)
        return;
    answer.flooded = true;
    command.abandon();
}

Error floodOf(const Host &host, const RemoteAnswer &answer) {
    return Error{
        ErrorCode::CommandFailed,
        QStringLiteral("%1 printed more than %2 KiB where a short answer was due (it begins with \"%3\"). "
                       "Look at the start-up files of %4 there, such as ~/.bashrc: without a "
                       "terminal they have to print nothing.")
            .arg(host.name)
            .arg(RemoteAnswer::kLimit / 1024)
            .arg(quoted(answer.out.isEmpty() ? answer.err : answer.out), accountText(host))};
}

Error noCommandsOf(const Host &host, const RemoteAnswer &answer, int exitCode) {
    const QString said = quoted(answer.out + ' ' + answer.err);
    return Error{ErrorCode::CommandFailed,
                 QStringLiteral("%1 runs no commands for %2: %3 (exit code %4). Name a user with a shell "
                                "in the fleet, and look for ForceCommand in its sshd_config, command= in its "
                                "authorized_keys and an \"exit\" in ~/.bashrc.")
                     .arg(host.name, accountText(host),
                          said.isEmpty() ? QStringLiteral("it answered nothing")
                                         : QStringLiteral("it answered \"%1\"").arg(said))
                     .arg(exitCode)};
}

} // namespace

std::shared_ptr<RemoteAnswer> RemoteAnswer::of(RemoteCommand &command) {
    auto answer = std::make_shared<RemoteAnswer>();
    QObject::connect(
        &command, &RemoteCommand::outputArrived, &command,
        [&command, answer](const QByteArray &bytes) { keep(command, *answer, answer->out, bytes); });
    QObject::connect(
        &command, &RemoteCommand::errorOutputArrived, &command,
        [&command, answer](const QByteArray &bytes) { keep(command, *answer, answer->err, bytes); });
    return answer;
}

std::optional<QByteArray> RemoteAnswer::lastLine(const QByteArray &prefix) const {
    std::optional<QByteArray> last;
    for (const QByteArray &line : out.split('\n')) {
        if (line.startsWith(prefix))
            last = line.mid(prefix.size());
    }
    return last;
}

Result<void> RemoteAnswer::ended(const Host &host, const CommandResult &result) const {
    if (flooded)
        return floodOf(host, *this);
    if (result.end == CommandResult::End::Exited)
        return {};
    if (result.end == CommandResult::End::Signalled)
        return Error{ErrorCode::CommandFailed,
                     QStringLiteral("%1 ended what it was asked to run by a signal (%2): %3")
                         .arg(host.name, result.signalName, quoted(err))};
    if (result.error.text.isEmpty())
        return Error{ErrorCode::CommandFailed, QStringLiteral("%1 gave no answer").arg(host.name)};
    return result.error;
}

AnswerMark::AnswerMark() : m_number(QRandomGenerator::system()->generate() >> 1U) {}

// The program does not hold what it prints: a host that only sends back what it gets does not pass. A line of
// its own also behind a start-up file that ends none.
QByteArray AnswerMark::program() const {
    return "printf '\\nslipway %s\\n' \"$((" + QByteArray::number(m_number) + " + 1))\"\n";
}

Result<void> AnswerMark::strip(const Host &host, RemoteAnswer &answer, const CommandResult &result) const {
    TRY(answer.ended(host, result));
    const QByteArray mark = "\nslipway " + QByteArray::number(m_number + 1) + '\n';
    const qsizetype at = answer.out.indexOf(mark);
    if (at < 0)
        return noCommandsOf(host, answer, result.exitCode);
    answer.out.remove(0, at + mark.size());
    return {};
}

} // namespace slipway
