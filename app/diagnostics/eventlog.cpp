// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnostics/eventlog.h"

#include "app/core/filedescriptor.h"
#include "app/core/inputfile.h"
#include "models/core/plaintext.h"
#include "models/redaction/redaction.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr qsizetype kMaxText = 4096; // characters; an error may hold what the other side said

QString olderFile(const QString &file) {
    return file + QStringLiteral(".1");
}

FileDescriptor openToAppend(const QString &file) {
    constexpr int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
    return FileDescriptor(::open(QFile::encodeName(file).constData(), flags, S_IRUSR | S_IWUSR));
}

bool isSameFile(int descriptor, const QString &file) {
    struct stat open {};
    struct stat named {};
    return ::fstat(descriptor, &open) == 0 && ::stat(QFile::encodeName(file).constData(), &named) == 0 &&
           open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

qint64 sizeOf(int descriptor) {
    struct stat status {};
    return ::fstat(descriptor, &status) == 0 ? static_cast<qint64>(status.st_size) : 0;
}

} // namespace

EventLog::EventLog(QString file, qint64 maxBytes) : m_file(std::move(file)), m_maxBytes(maxBytes) {}

void EventLog::add(const QString &category, const QString &text) const {
    const auto masked = maskedText(text.left(kMaxText), {});
    const QString line =
        QStringLiteral("%1 %2[%3] %4: %5\n")
            .arg(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs),
                 QFileInfo(QCoreApplication::applicationFilePath()).fileName())
            .arg(QCoreApplication::applicationPid())
            .arg(category,
                 plainText(masked ? *masked
                                  : QStringLiteral("(left out: it could not be searched for secrets)")));
    const QString folder = QFileInfo(m_file).path();
    if (!QFileInfo::exists(folder)) {
        if (!QDir().mkpath(folder))
            return;
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    FileDescriptor file = openToAppend(m_file);
    // One process makes room, under the lock of the file that is full; the others find another file by its
    // name.
    if (file.get() >= 0 && sizeOf(file.get()) >= m_maxBytes && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0) {
        if (isSameFile(file.get(), m_file))
            (void)::rename(QFile::encodeName(m_file).constData(),
                           QFile::encodeName(olderFile(m_file)).constData());
        file = openToAppend(m_file);
    }
    const QByteArray bytes = line.toUtf8();
    if (file.get() >= 0) // one call, so that lines of several processes do not mix
        (void)!::write(file.get(), bytes.constData(), static_cast<size_t>(bytes.size()));
}

QStringList EventLog::lastLines(int max) const {
    QByteArray all;
    for (const QString &file : {olderFile(m_file), m_file}) {
        if (const auto bytes = readFile(file, 2 * m_maxBytes))
            all += *bytes;
    }
    QStringList lines = QString::fromUtf8(all).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    return lines.mid(std::max<qsizetype>(0, lines.size() - max));
}

} // namespace slipway
