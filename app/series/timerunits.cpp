// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/timerunits.h"

#include "app/core/outputfile.h"
#include "app/core/program.h"
#include "app/core/shellword.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace slipway {

namespace {

constexpr int kTimeoutMs = 20'000;

// A word of ExecStart= (systemd.service(5)): quoted, with "%" and "$" doubled.
QString execWord(const QString &word) {
    QString quoted = word;
    quoted.replace(QLatin1Char('\\'), QLatin1String("\\\\"))
        .replace(QLatin1Char('"'), QLatin1String("\\\""))
        .replace(QLatin1Char('%'), QLatin1String("%%"))
        .replace(QLatin1Char('$'), QLatin1String("$$"));
    return QLatin1Char('"') + quoted + QLatin1Char('"');
}

Result<QByteArray> call(const QString &program, const QStringList &words) {
    ProgramCall one;
    one.program = program;
    one.arguments = words;
    one.timeoutMs = kTimeoutMs;
    return programOutput(one);
}

// What systemd says against the units; empty: nothing, or it could not look. It answers 0 to lines that it
// does not know, so that what it says is what counts.
QString faultOf(const TimerUnits &units, const QString &service, const QString &timer) {
    ProgramCall one;
    one.program = QStandardPaths::findExecutable(QStringLiteral("systemd-analyze"));
    if (one.program.isEmpty())
        return {};
    one.arguments = QStringList{QStringLiteral("--user"), QStringLiteral("--man=no"),
                                QStringLiteral("verify"), service, timer};
    one.timeoutMs = kTimeoutMs;
    // Without a session there is no folder of the user's manager, which verify needs to load units.
    const QTemporaryDir runtime;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (environment.value(QStringLiteral("XDG_RUNTIME_DIR")).isEmpty())
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), runtime.path());
    one.environment = environment;
    const auto answer = runProgram(one);
    if (!answer)
        return {};
    QStringList said;
    for (const QByteArray &line : (answer->err + answer->out).split('\n')) {
        const QString text = QString::fromUtf8(line).trimmed();
        if (text.contains(units.serviceName) || text.contains(units.timerName))
            said << text;
    }
    return said.join(QLatin1String("; "));
}

} // namespace

QString userUnitDir() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/systemd/user");
}

Result<TimerUnits> timerUnits(const SeriesDefinition &definition, const QString &program,
                              const Paths &paths) {
    if (!definition.schedule.cron)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral(
                "The slots of series %1 follow no cron schedule: \"series edit --cron\" gives them one.")
                .arg(definition.name)};
    for (const QString &path : {program, paths.dataDir}) {
        if (path.contains(QLatin1Char('\n')))
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("A path with a line end cannot stand in a unit: %1").arg(path.simplified())};
    }
    // systemd takes no program whose path has quotes, backslashes or the like.
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9 ._/+@~:-]+$"));
    if (!plain.match(program).hasMatch())
        return Error{ErrorCode::Unsupported,
                     QStringLiteral("systemd starts no program with such a path: %1").arg(program)};
    TimerUnits units;
    const QString base = QStringLiteral("slipway-series-") + definition.name;
    units.serviceName = base + QStringLiteral(".service");
    units.timerName = base + QStringLiteral(".timer");
    const QStringList words{program,         QStringLiteral("series"),     QStringLiteral("run-slot"),
                            definition.name, QStringLiteral("--data-dir"), paths.dataDir};
    QStringList quoted;
    QStringList shell;
    for (const QString &word : words) {
        quoted << execWord(word);
        shell << QString::fromUtf8(shellWord(word.toUtf8()));
    }
    units.service =
        QStringLiteral(
            "[Unit]\nDescription=A slot of Slipway series "
            "%1\n\n[Service]\nType=oneshot\nExecStart=%2\nTimeoutStartSec=infinity\n"
            "# The exit code of a verdict is not a failure of the service.\nSuccessExitStatus=1 3 4\n")
            .arg(definition.name, quoted.join(QLatin1Char(' ')))
            .toUtf8();
    QString timer = QStringLiteral("[Unit]\nDescription=The slots of Slipway series %1\n\n[Timer]\n")
                        .arg(definition.name);
    for (const QString &time : definition.schedule.cron->systemdTimes())
        timer += QStringLiteral("OnCalendar=%1\n").arg(time);
    timer += QStringLiteral("AccuracySec=1s\nPersistent=true\nUnit=%1\n\n[Install]\nWantedBy=timers.target\n")
                 .arg(units.serviceName);
    units.timer = timer.toUtf8();
    // cron ends a command at "%".
    units.crontabLine = QStringLiteral("%1 %2").arg(
        definition.schedule.cron->text(),
        shell.join(QLatin1Char(' ')).replace(QLatin1Char('%'), QLatin1String("\\%")));
    units.workflow = QStringLiteral("on:\n  schedule:\n    - cron: '%1'\nconcurrency: "
                                    "slipway-series-%2\njobs:\n  slot:\n    runs-on: self-hosted\n"
                                    "    steps:\n      - run: slipwayctl series run-slot %2\n")
                         .arg(definition.schedule.cron->text(), definition.name)
                         .toUtf8();
    return units;
}

SlotCommands slotCommands(const QString &series, const Paths &paths) {
    const auto usual = dataPaths({});
    const bool isUsual = usual && QDir(usual->dataDir) == QDir(paths.dataDir);
    const auto command = [&](const char *verb) {
        const QString text = QStringLiteral("slipwayctl series %1 %2").arg(QLatin1String(verb), series);
        return isUsual ? text
                       : text + QStringLiteral(" --data-dir ") +
                             QString::fromUtf8(shellWord(paths.dataDir.toUtf8()));
    };
    return {command("run-slot"), command("install")};
}

Result<QString> installUnits(const TimerUnits &units) {
    const QString dir = userUnitDir();
    if (!QDir().mkpath(dir))
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be made.").arg(dir)};
    const QString service = dir + QLatin1Char('/') + units.serviceName;
    const QString timer = dir + QLatin1Char('/') + units.timerName;
    for (const auto &written : {writeFile(service, units.service), writeFile(timer, units.timer)}) {
        if (!written)
            return written.error();
    }
    if (const QString fault = faultOf(units, service, timer); !fault.isEmpty()) {
        QFile::remove(service);
        QFile::remove(timer);
        return Error{ErrorCode::Unsupported,
                     QStringLiteral("systemd does not accept the units, so neither stays: %1").arg(fault)};
    }
    const QString control = QStandardPaths::findExecutable(QStringLiteral("systemctl"));
    if (control.isEmpty())
        return QStringLiteral("The units are written; there is no systemctl here that could start them.");
    for (const QStringList &words : {QStringList{QStringLiteral("--user"), QStringLiteral("daemon-reload")},
                                     QStringList{QStringLiteral("--user"), QStringLiteral("enable"),
                                                 QStringLiteral("--now"), units.timerName}}) {
        if (const auto called = call(control, words); !called)
            return QStringLiteral("The units are written and not started: %1").arg(called.error().text);
    }
    return QString();
}

Result<void> uninstallUnits(const TimerUnits &units) {
    const QString dir = userUnitDir();
    const QString service = dir + QLatin1Char('/') + units.serviceName;
    const QString timer = dir + QLatin1Char('/') + units.timerName;
    if (!QFileInfo::exists(service) && !QFileInfo::exists(timer))
        return Error{ErrorCode::NotFound, QStringLiteral("There is neither %1 nor %2.").arg(service, timer)};
    // Where systemd does not run nothing is started either.
    if (const QString control = QStandardPaths::findExecutable(QStringLiteral("systemctl"));
        !control.isEmpty()) [[maybe_unused]]
        const auto stopped = call(control, {QStringLiteral("--user"), QStringLiteral("disable"),
                                            QStringLiteral("--now"), units.timerName});
    for (const QString &path : {service, timer}) {
        if (QFileInfo::exists(path) && !QFile::remove(path))
            return Error{ErrorCode::Io, QStringLiteral("%1 cannot be removed.").arg(path)};
    }
    return {};
}

} // namespace slipway
