// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/lifecycle/lifecyclerig.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QJsonDocument>
#include <QProcess>

namespace slipway::test {

namespace {

constexpr int kTimeout = 120'000;
const QByteArray kKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

} // namespace

QJsonObject Output::object() const {
    return QJsonDocument::fromJson(out).object();
}

QJsonArray Output::array() const {
    return QJsonDocument::fromJson(out).array();
}

LifecycleRig::LifecycleRig() {
    QFile file(keyFile());
    if (!file.open(QIODevice::WriteOnly) || file.write(kKey + " me\n") < 0)
        qFatal("cannot write %s", qPrintable(keyFile()));
    cloud.post(QStringLiteral("key"), QJsonObject{{QStringLiteral("name"), QStringLiteral("me")},
                                                  {QStringLiteral("public_key"), QString::fromLatin1(kKey)}});
}

Output LifecycleRig::runOffline(const QStringList &arguments) const {
    return runAt(QStringLiteral("http://127.0.0.1:1"), arguments);
}

Output LifecycleRig::runAt(const QString &api, const QStringList &arguments) const {
    return finish(*start(api, arguments));
}

std::unique_ptr<QProcess> LifecycleRig::start(const QString &api, const QStringList &arguments) const {
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("DIGITALOCEAN_API_URL"));
    if (!api.isEmpty())
        environment.insert(QStringLiteral("DIGITALOCEAN_API_URL"), api);
    environment.insert(QStringLiteral("DIGITALOCEAN_TOKEN"), QStringLiteral("dop_v1_0123456789abcdef"));
    environment.insert(QStringLiteral("USER"), QStringLiteral("alice"));
    process->setProcessEnvironment(environment);
    // The shell leaves its process id and becomes the program, so that a fault knows whom to kill from the
    // start.
    process->start(QStringLiteral("/bin/sh"),
                   QStringList{QStringLiteral("-c"), QStringLiteral("echo $$ >\"$0\"; exec \"$@\""),
                               pidFile(), testPaths::program("slipwayctl"), QStringLiteral("--data-dir"),
                               dataDir(), QStringLiteral("fleet")} +
                       arguments);
    return process;
}

Output LifecycleRig::finish(QProcess &process) {
    if (!process.waitForFinished(kTimeout)) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), "timed out: " + process.readAllStandardError()};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -9,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

Output LifecycleRig::create(const QStringList &more) const {
    return run(QStringList{QStringLiteral("create"), kName, QStringLiteral("--key"), keyFile(),
                           QStringLiteral("--no-login"), QStringLiteral("--json")} +
               more);
}

QStringList LifecycleRig::unseen() const {
    cloud.advance(5); // no list of the cloud shows what was made this very moment
    const Output around =
        run({QStringLiteral("sweep"), QStringLiteral("--dry-run"), QStringLiteral("--json")});
    const Output own =
        run({QStringLiteral("destroy"), kName, QStringLiteral("--dry-run"), QStringLiteral("--json")});
    QStringList shown;
    for (const QJsonValue entry : around.array())
        shown << QStringLiteral("%1 %2").arg(entry[QStringLiteral("kind")].toString(),
                                             entry[QStringLiteral("id")].toString());
    for (const QJsonValue server : own.object().value(QStringLiteral("droplets")).toArray())
        shown << QStringLiteral("droplet %1").arg(server[QStringLiteral("id")].toInteger());
    QStringList hidden;
    for (const QString &thing : cloud.things()) {
        if (!shown.contains(thing))
            hidden << thing;
    }
    return hidden;
}

QStringList LifecycleRig::violations(int &checked) const {
    Contract contract;
    checked = 0;
    if (!contract.open(testPaths::source("../shared/do-openapi.json")).isEmpty())
        return {};
    return contract.violationsOf(cloud.log(), checked);
}

QJsonObject fault(const char *call, const char *what, const QJsonObject &more) {
    QJsonObject object{{QStringLiteral("on"), QLatin1String(call)},
                       {QStringLiteral("do"), QLatin1String(what)}};
    for (auto it = more.constBegin(); it != more.constEnd(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

QJsonObject after(QJsonObject fault) {
    fault.insert(QStringLiteral("when"), QStringLiteral("after"));
    return fault;
}

} // namespace slipway::test
