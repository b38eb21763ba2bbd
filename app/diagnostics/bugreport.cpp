// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnostics/bugreport.h"

#include "app/archive/sqlitelibrary.h"
#include "app/core/program.h"
#include "app/core/version.h"
#include "app/ssh/sshlibrary.h"
#include "models/core/plaintext.h"
#include "models/redaction/redaction.h"

#include <QLibraryInfo>
#include <QLocale>
#include <QSslSocket>
#include <QSysInfo>
#include <QThread>

namespace slipway {

namespace {

constexpr const char *kObeyed[] = {"SLIPWAY_DATA_DIR",
                                   "XDG_DATA_HOME",
                                   "XDG_STATE_HOME",
                                   "XDG_CACHE_HOME",
                                   "DIGITALOCEAN_TOKEN",
                                   "DIGITALOCEAN_ACCESS_TOKEN",
                                   "DIGITALOCEAN_API_URL",
                                   "SSL_CERT_FILE",
                                   "SSL_CERT_DIR",
                                   "SSH_AUTH_SOCK",
                                   "DISPLAY",
                                   "WAYLAND_DISPLAY",
                                   "VISUAL",
                                   "EDITOR",
                                   "QT_QPA_PLATFORM",
                                   "QT_SCALE_FACTOR"};

QString gitVersion() {
    const auto said =
        programOutput({.program = QStringLiteral("git"), .arguments = {QStringLiteral("--version")}});
    return said ? QString::fromUtf8(said->trimmed()) : said.error().text;
}

} // namespace

ReportSection machineSection() {
    QStringList isSet;
    for (const char *name : kObeyed) {
        if (!qEnvironmentVariableIsEmpty(name))
            isSet << QString::fromLatin1(name);
    }
    return {QStringLiteral("Versions"),
            {QStringLiteral("Slipway %1").arg(versionText()),
             QStringLiteral("%1, %2 %3, %4")
                 .arg(QSysInfo::prettyProductName(), QSysInfo::kernelType(), QSysInfo::kernelVersion(),
                      QSysInfo::currentCpuArchitecture()),
             QStringLiteral("%1 processors").arg(QThread::idealThreadCount()),
             QStringLiteral("Qt %1, built with %2")
                 .arg(QString::fromLatin1(qVersion()), QLatin1String(QT_VERSION_STR)),
             QStringLiteral("libssh %1").arg(sshLibraryVersion()),
             QStringLiteral("SQLite %1").arg(sqliteLibraryVersion()), QSslSocket::sslLibraryVersionString(),
             gitVersion(), QStringLiteral("locale %1").arg(QLocale::system().name()),
             QStringLiteral("variables that are set: %1")
                 .arg(isSet.isEmpty() ? QStringLiteral("none") : isSet.join(QStringLiteral(", ")))}};
}

Result<QString> bugReport(const QList<ReportSection> &sections) {
    QString text;
    for (const ReportSection &section : sections) {
        text += QStringLiteral("## %1\n\n").arg(plainText(section.title));
        for (const QString &line : section.lines)
            text += QStringLiteral("    %1\n").arg(plainText(line));
        text += QLatin1Char('\n');
    }
    return maskedText(text, {});
}

} // namespace slipway
