// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/shellprogram.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>

namespace slipway::test {

namespace {

constexpr int kTimeout = 120'000;
const QString kProgram = testPaths::program("slipwayctl");

} // namespace

ShellProgram::ShellProgram() : m_environment(QProcessEnvironment::systemEnvironment()) {
    m_environment.insert(QStringLiteral("HOME"), m_dir.path());
    for (const auto &name : {QStringLiteral("VISUAL"), QStringLiteral("EDITOR")})
        m_environment.remove(name);
}

Answer ShellProgram::start(const QString &program, const QStringList &words) const {
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.setWorkingDirectory(m_dir.path());
    process.start(program, words, QIODevice::ReadOnly);
    if (!process.waitForFinished(kTimeout) || process.exitStatus() != QProcess::NormalExit)
        return {-1, process.readAllStandardOutput(), process.readAllStandardError()};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

Answer ShellProgram::run(const QStringList &words) const {
    return start(kProgram, QStringList{QStringLiteral("--data-dir"), data()} + words);
}

Answer ShellProgram::run(const char *words) const {
    return run(QString::fromUtf8(words).split(QLatin1Char(' '), Qt::SkipEmptyParts));
}

Answer ShellProgram::shell(const QString &line) const {
    return start(
        QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"), QStringLiteral("CTL='%1 --data-dir %2'; ").arg(kProgram, data()) + line});
}

QJsonDocument ShellProgram::json(const char *words) const {
    return QJsonDocument::fromJson(run(words).out);
}

void ShellProgram::write(const QString &name, const QByteArray &bytes) const {
    QDir().mkpath(QFileInfo(path(name)).path());
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(name));
}

QByteArray ShellProgram::read(const QString &name) const {
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void ShellProgram::publish(const QString &folder, const QList<EvidenceFile> &files) const {
    for (const EvidenceFile &file : files)
        write(folder + QLatin1Char('/') + file.name, file.bytes);
}

} // namespace slipway::test
