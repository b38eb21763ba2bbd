// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/hostlock.h"

#include "app/core/shellword.h"
#include "models/core/plaintext.h"
#include "models/core/quantitytext.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

#include <algorithm>

#include <pwd.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr qint64 kQuietSeconds = 90; // it is heard of every 20 s

QByteArray readAll(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Ticks since the boot at which a process began, proc(5); empty when it is gone or a zombie. The name before
// it may hold blanks and parentheses.
QByteArray startTime(const QByteArray &pid) {
    const QByteArray stat = readAll(QStringLiteral("/proc/%1/stat").arg(QString::fromLatin1(pid)));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 1).simplified().split(' ');
    return fields.value(0) == "Z" ? QByteArray() : fields.value(19);
}

QByteArray bootId() {
    return readAll(QStringLiteral("/proc/sys/kernel/random/boot_id")).trimmed();
}

QString personHere() {
    const passwd *account =
        getpwuid(geteuid()); // NOLINT(concurrency-mt-unsafe): called by one thread at a time
    return QStringLiteral("%1@%2").arg(account ? QString::fromLocal8Bit(account->pw_name)
                                               : QString::number(geteuid()),
                                       QSysInfo::machineHostName());
}

struct Field {
    const char *word;
    QString HostOwner::*text;
};
constexpr Field kFields[] = {{"campaign", &HostOwner::campaign}, {"token", &HostOwner::token},
                             {"person", &HostOwner::person},     {"data-dir", &HostOwner::dataDir},
                             {"since", &HostOwner::since},       {"process", &HostOwner::process}};

QByteArray program(const QByteArray &variables) {
    QFile file(QStringLiteral(":/slipway/remotejob/lock.sh"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the program that takes a host is missing from this build");
    return variables + file.readAll();
}

} // namespace

HostOwner ownerHere(const CampaignPlan &plan) {
    HostOwner owner;
    owner.campaign = plan.id;
    owner.token = plan.runToken;
    owner.person = personHere();
    owner.dataDir = QFileInfo(QFileInfo(plan.spoolDir).path()).path();
    owner.since = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    const QByteArray pid = QByteArray::number(getpid());
    owner.process = QString::fromLatin1(pid + ' ' + startTime(pid) + ' ' + bootId());
    return owner;
}

QByteArray takeProgram(const HostOwner &owner, const QString &from) {
    QByteArray lines;
    for (const auto &[word, text] : kFields)
        lines += QByteArray(word) + ' ' + plainText(owner.*text).toUtf8() + '\n';
    return program("operation=take\ntoken=" + shellWord(owner.token.toUtf8()) +
                   "\nfrom=" + shellWord(from.toUtf8()) + "\nowner=" + shellWord(lines.chopped(1)) + "\n");
}

QByteArray releaseProgram(const HostOwner &owner) {
    return program("operation=release\ntoken=" + shellWord(owner.token.toUtf8()) + "\nfrom=\nowner=\n");
}

HostHold readHold(const QByteArray &answer) {
    HostHold hold;
    HostOwner holder;
    for (const QByteArray &line : answer.split('\n')) {
        const QString text = QString::fromUtf8(line);
        const QString word = text.section(QLatin1Char(' '), 0, 0);
        const QString value = text.section(QLatin1Char(' '), 1);
        hold.already = hold.already || text == QLatin1String("kept");
        hold.taken = hold.taken || hold.already || text == QLatin1String("taken");
        if (word == QLatin1String("failed"))
            hold.failure = value;
        if (word == QLatin1String("quiet"))
            hold.quietSeconds = value.toLongLong();
        for (const auto &[name, field] : kFields) {
            if (word == QLatin1String(name))
                holder.*field = value;
        }
    }
    if (!hold.taken && !holder.token.isEmpty())
        hold.holder = holder;
    else if (!hold.taken && hold.failure.isEmpty())
        hold.failure = QStringLiteral("it does not say whose it is");
    return hold;
}

bool isLed(const HostHold &hold) {
    const QList<QByteArray> process = hold.holder.value_or(HostOwner()).process.toLatin1().split(' ');
    // This one asks for its hosts because it leads no campaign.
    if (process.size() == 3 && process.at(2) == bootId())
        return process.at(0) != QByteArray::number(getpid()) && !process.at(1).isEmpty() &&
               startTime(QByteArray::number(process.at(0).toLongLong())) == process.at(1);
    return hold.quietSeconds < kQuietSeconds;
}

QString holdText(const QString &host, const HostHold &hold) {
    if (!hold.holder)
        return QStringLiteral("%1 cannot be taken for this campaign: %2.").arg(host, hold.failure);
    const HostOwner &owner = *hold.holder;
    const QString text =
        QStringLiteral("%1 belongs to campaign %2, which %3 began at %4 (data directory %5). ")
            .arg(host, owner.campaign, owner.person, owner.since, owner.dataDir);
    if (isLed(hold))
        return text + QStringLiteral("It runs now. Wait for its end, or stop it there.");
    return text +
           QStringLiteral("Nobody has led it for %1. Resume it there (slipwayctl resume %2), or take its "
                          "hosts over (--take-over), which ends what it left on them.")
               .arg(durationText(hold.quietSeconds * 1000, SpanTo::Second), owner.campaign);
}

} // namespace slipway
