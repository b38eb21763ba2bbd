// SPDX-License-Identifier: GPL-3.0-or-later
// publishwriter DIR REPO NAME COUNT [WAIT]: publishes COUNT runs, one after the other, each with an index
// that is made from the folders there are. A race that was lost six times in a row is tried again, as a
// person would. WAIT: before it writes, it makes the file WAIT and waits to be killed.
#include "app/git/gitpublisher.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QThread>

#include <cstdio>

using namespace slipway;

namespace {

void writeFile(const QString &path, const QByteArray &bytes) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(path));
}

Result<JudgedFiles> writeRun(const QString &tree, const QString &id, const QString &wait) {
    const QString run = tree + QStringLiteral("/runs/") + id;
    QDir().mkpath(run);
    const QByteArray summary = "{\"campaign_id\":\"" + id.toUtf8() + "\"}\n";
    writeFile(run + QStringLiteral("/campaign-summary.json"), summary);
    if (!wait.isEmpty()) {
        writeFile(wait, {});
        QThread::sleep(60);
    }
    QByteArray index;
    for (const QString &name :
         QDir(tree + QStringLiteral("/runs")).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        index += name.toUtf8() + '\n';
    writeFile(tree + QStringLiteral("/runs/index.json"), index);
    return JudgedFiles{{"runs/" + id.toUtf8() + "/campaign-summary.json", blobIdOf(summary)},
                       {"runs/index.json", blobIdOf(index)}};
}

} // namespace

int main(int argc, char *argv[]) {
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString name = arguments.value(3);
    GitPublisher publisher(arguments.value(1));
    int again = 0;
    for (int i = 1; i <= arguments.value(4).toInt(); ++i) {
        const QString id = QStringLiteral("%1-r%2").arg(name).arg(i);
        const Publication publication{
            arguments.value(2),
            QStringLiteral("main"),
            QStringLiteral("Publish ") + id,
            [&](const QString &tree) { return writeRun(tree, id, arguments.value(5)); },
            {QStringLiteral("runs/index.json")}};
        PublishReport report = publisher.publish(publication, {});
        for (; report.state == PublishState::Raced; ++again)
            report = publisher.publish(publication, {});
        if (report.state != PublishState::Published && report.state != PublishState::Nothing) {
            std::fprintf(stderr, "%s: %s\n", qPrintable(id), qPrintable(report.fullText()));
            return 1;
        }
    }
    std::printf("tried again %d times\n", again);
    return 0;
}
