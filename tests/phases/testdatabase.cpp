// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/phases/testdatabase.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>

#include <pwd.h>
#include <unistd.h>

namespace slipway::test {

TestDatabase::TestDatabase(const QByteArray &password) : m_dir(QStringLiteral("/tmp/database-XXXXXX")) {
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    const QStringList found = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    if (found.isEmpty())
        return;
    m_programs = versions.filePath(found.constLast()) + QStringLiteral("/bin/");
    QFile file(m_dir.filePath(QStringLiteral("password")));
    if (!file.open(QIODevice::WriteOnly) || file.write(password + '\n') < 0)
        qFatal("%s cannot be written", qPrintable(file.fileName()));
    file.close();
    // PostgreSQL refuses to run as root.
    if (const passwd *account = ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr; account != nullptr) {
        for (const QString &path : {m_dir.path(), file.fileName()}) {
            if (::chown(QFile::encodeName(path).constData(), account->pw_uid, account->pw_gid) != 0)
                qFatal("%s cannot be given away", qPrintable(path));
        }
    }
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost))
        return;
    const int port = probe.serverPort();
    probe.close();
    const QString data = m_dir.filePath(QStringLiteral("data"));
    const bool isUp =
        run(QStringLiteral("initdb"),
            {QStringLiteral("-D"), data, QStringLiteral("-U"), QStringLiteral("gate"),
             QStringLiteral("--auth=scram-sha-256"), QStringLiteral("--pwfile=") + file.fileName(),
             QStringLiteral("--no-sync"), QStringLiteral("-E"), QStringLiteral("UTF8")}) &&
        run(QStringLiteral("pg_ctl"),
            {QStringLiteral("-D"), data, QStringLiteral("-w"), QStringLiteral("-l"),
             data + QStringLiteral("/log"), QStringLiteral("-o"),
             QStringLiteral(
                 "-c listen_addresses=127.0.0.1 -c port=%1 -c unix_socket_directories='' -c fsync=off")
                 .arg(port),
             QStringLiteral("start")});
    m_port = isUp ? port : 0;
}

TestDatabase::~TestDatabase() {
    if (m_port != 0)
        (void)run(QStringLiteral("pg_ctl"),
                  {QStringLiteral("-D"), m_dir.filePath(QStringLiteral("data")), QStringLiteral("-m"),
                   QStringLiteral("immediate"), QStringLiteral("-w"), QStringLiteral("stop")});
}

bool TestDatabase::run(const QString &program, const QStringList &words) const {
    QStringList command = QStringList{m_programs + program} + words;
    if (::geteuid() == 0)
        command = QStringList{QStringLiteral("setpriv"), QStringLiteral("--reuid=postgres"),
                              QStringLiteral("--regid=postgres"), QStringLiteral("--init-groups")} +
                  command;
    QProcess process;
    process.setWorkingDirectory(QStringLiteral("/"));
    // A database that goes on holds what it inherits open.
    process.setStandardOutputFile(m_dir.filePath(QStringLiteral("said")), QIODevice::Append);
    process.setStandardErrorFile(m_dir.filePath(QStringLiteral("said")), QIODevice::Append);
    process.start(command.takeFirst(), command);
    const bool isDone = process.waitForFinished(60'000) && process.exitCode() == 0;
    if (!isDone) {
        QFile said(m_dir.filePath(QStringLiteral("said")));
        qWarning("%s failed: %s", qPrintable(program),
                 said.open(QIODevice::ReadOnly) ? said.readAll().right(1000).constData() : "it said nothing");
    }
    return isDone;
}

} // namespace slipway::test
