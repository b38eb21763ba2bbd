// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnostics/messages.h"

#include "app/diagnostics/eventlog.h"

#include <QFileInfo>
#include <QLoggingCategory>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <mutex>

namespace slipway {

namespace {

constexpr const char *kEvents = "slipway.";

void (*g_show)(const QString &line) = nullptr;
std::atomic<bool> g_showsEvents = false;
std::mutex g_mutex; // of g_log
std::shared_ptr<const EventLog> g_log;
QString g_dataDir;

void take(QtMsgType type, const QMessageLogContext &context, const QString &text) {
    const QString category = QString::fromUtf8(context.category ? context.category : "default");
    const bool isEvent = category.startsWith(QLatin1String(kEvents));
    std::shared_ptr<const EventLog> log;
    {
        const std::scoped_lock lock(g_mutex);
        if (QFileInfo::exists(g_dataDir))
            log = g_log;
    }
    if (log)
        log->add(category, text);
    if (!isEvent)
        g_show(text);
    else if (g_showsEvents && type == QtDebugMsg) // an error is printed by whoever has it
        g_show(category.mid(static_cast<qsizetype>(qstrlen(kEvents))) + QStringLiteral(": ") + text);
    if (type == QtFatalMsg)
        std::abort();
}

} // namespace

void handleMessages(void (*show)(const QString &line)) {
    g_show = show;
    QLoggingCategory::setFilterRules(QStringLiteral("slipway.*=true"));
    qInstallMessageHandler(take);
}

void keepEvents(const Paths &paths) {
    const std::scoped_lock lock(g_mutex);
    g_dataDir = paths.dataDir;
    g_log = std::make_shared<const EventLog>(paths.eventLog());
}

void showEvents() {
    g_showsEvents = true;
}

} // namespace slipway
