// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remotejob/jobprogram.h"

#include "app/core/shellword.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRegularExpression>

namespace slipway {

namespace {

bool matches(const QString &pattern, const QString &text) {
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

QByteArray record(const QByteArray &name, const QByteArray &bytes) {
    return name + ' ' + QByteArray::number(bytes.size()) + '\n' + bytes;
}

} // namespace

JobProgram jobProgram() {
    QFile file(QStringLiteral(":/slipway/remotejob/job.sh"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the job program is missing from this build");
    const QByteArray script = file.readAll();
    const QByteArray hash = QCryptographicHash::hash(script, QCryptographicHash::Sha256).toHex();
    const QByteArray folder = ".local/state/slipway/bin";
    const QByteArray path = folder + "/job-" + hash.left(16) + ".sh";
    // Many may install at once: each writes a file of its own and moves it into place.
    const QByteArray installer = "umask 077\n"
                                 "case ${HOME:-} in /*[!/]*) ;; *)\n"
                                 "echo 'HOME is empty or \"/\"' >&2\n"
                                 "exit 73\n"
                                 ";; esac\n"
                                 "cd \"$HOME\" || exit 73\n"
                                 "if ! echo '" +
                                 hash + "  " + path +
                                 "' | sha256sum -c --status 2>/dev/null; then\n"
                                 "mkdir -p " +
                                 folder +
                                 " || exit 73\n"
                                 "cat >" +
                                 path + ".$$ <<'END_OF_JOB_PROGRAM'\n" + script +
                                 "END_OF_JOB_PROGRAM\n"
                                 "mv -T " +
                                 path + ".$$ " + path +
                                 " || exit 73\n"
                                 "fi\n"
                                 "echo ready\n";
    return {path, installer};
}

QByteArray startRecords(const JobSpec &spec) {
    QByteArray environment;
    for (const auto &[name, value] : spec.environment)
        environment += "export " + name + '=' + shellWord(value) + '\n';
    return record("script", spec.script) + record("env", environment) +
           record("workdir", spec.workDir.toUtf8()) + record("interpreter", spec.interpreter.toUtf8()) +
           record("deadline", QByteArray::number(spec.deadlineSeconds));
}

QString specProblem(const JobSpec &spec) {
    if (!matches(QStringLiteral("[a-z0-9][a-z0-9._-]{0,63}"), spec.id))
        return QStringLiteral("\"%1\" is not a job id").arg(spec.id);
    if (spec.interpreter != QLatin1String("bash") && spec.interpreter != QLatin1String("sh"))
        return QStringLiteral("\"%1\" is not an interpreter that jobs can have").arg(spec.interpreter);
    if (!spec.workDir.startsWith(QLatin1Char('/')) || spec.workDir.contains(QLatin1Char('\n')))
        return QStringLiteral("the work folder \"%1\" is not an absolute path").arg(spec.workDir);
    for (const auto &[name, value] : spec.environment) {
        if (!matches(QStringLiteral("[A-Za-z_][A-Za-z0-9_]*"), QString::fromLatin1(name)))
            return QStringLiteral("\"%1\" is not a valid name of a variable").arg(QString::fromLatin1(name));
        if (value.contains('\0'))
            return QStringLiteral("the value of %1 contains a NUL byte").arg(QString::fromLatin1(name));
    }
    return {};
}

} // namespace slipway
