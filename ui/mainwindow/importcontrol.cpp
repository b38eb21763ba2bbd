// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/importcontrol.h"

#include "app/session/importrunner.h"
#include "ui/common/notice.h"
#include "ui/common/verdictmark.h"
#include "ui/mainwindow/importrunsdialog.h"

#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace slipway {

namespace {

// What slipwayctl import takes as a packed folder.
bool isPacked(const QString &path) {
    const QStringList endings{QStringLiteral(".zip"),     QStringLiteral(".tar"),
                              QStringLiteral(".tgz"),     QStringLiteral(".tar.gz"),
                              QStringLiteral(".tar.xz"),  QStringLiteral(".tar.zst"),
                              QStringLiteral(".tar.bz2"), QStringLiteral(".bundle")};
    return std::any_of(endings.begin(), endings.end(),
                       [&](const QString &ending) { return path.endsWith(ending, Qt::CaseInsensitive); });
}

} // namespace

QString importText(const ImportCount &count) {
    QStringList parts;
    const auto add = [&](qint64 number, const QString &text) {
        if (number > 0)
            parts << text.arg(number);
    };
    add(count.created, ImportControl::tr("%1 new"));
    add(count.changed, ImportControl::tr("%1 changed"));
    add(count.unchanged, ImportControl::tr("%1 unchanged"));
    add(count.own, ImportControl::tr("%1 run here and left alone"));
    QStringList verdicts;
    for (auto it = count.verdicts.constBegin(); it != count.verdicts.constEnd(); ++it)
        verdicts << QStringLiteral("%1 %2").arg(it.value()).arg(verdictLabel(it.key()).toLower());
    QString text = count.folders == 1 ? ImportControl::tr("1 campaign read")
                                      : ImportControl::tr("%1 campaigns read").arg(count.folders);
    if (!parts.isEmpty())
        text += QStringLiteral(": ") + parts.join(QStringLiteral(", "));
    text += QLatin1Char('.');
    if (!verdicts.isEmpty())
        text += ImportControl::tr(" Verdicts: %1.").arg(verdicts.join(QStringLiteral(", ")));
    if (!count.leftOut.isEmpty())
        text += ImportControl::tr(" %1 left out, the first: %2")
                    .arg(count.leftOut.size())
                    .arg(count.leftOut.constFirst());
    return text;
}

ImportControl::ImportControl(ImportRunner &imports, Notice &notice, QWidget &window)
    : QObject(&window), m_imports(imports), m_notice(notice), m_window(window) {}

void ImportControl::ask() {
    auto *dialog = new ImportRunsDialog(&m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { importFrom(dialog->place()); });
    dialog->open();
}

void ImportControl::importFrom(const QString &place) {
    if (m_running) {
        Q_EMIT problemOccurred(
            tr("%1 was not imported: an import is running. Cancel it or wait for its end.").arg(place));
        return;
    }
    m_running = true;
    m_cancelled = false;
    m_place = place;
    m_soFar = {};
    showProgress({});
    m_imports.start(
        place, [this](const ImportCount &count) { showProgress(count); },
        [this](const Result<ImportCount> &count) { showEnd(count); });
}

void ImportControl::cancel() {
    if (!m_running)
        return;
    m_cancelled = true;
    m_imports.cancel();
    m_notice.showText(tr("Stopping the import of %1 …").arg(m_place));
}

void ImportControl::showProgress(const ImportCount &count) {
    m_soFar = count;
    if (m_cancelled)
        return;
    const QString text = count.total > 0
                             ? tr("Importing %1: %2 of %3").arg(m_place).arg(count.folders).arg(count.total)
                             : tr("Importing %1: reading").arg(m_place);
    m_notice.showProgress(text, count.folders, count.total, tr("Cancel"), [this] { cancel(); });
}

void ImportControl::showEnd(const Result<ImportCount> &count) {
    m_running = false;
    if (count) {
        m_notice.showText(importText(*count));
    } else if (m_cancelled || count.error().code == ErrorCode::Cancelled) {
        m_notice.showText(tr("The import of %1 was stopped: %2 of %3 are in the archive. Import it again to "
                             "complete it.")
                              .arg(m_place)
                              .arg(m_soFar.folders)
                              .arg(m_soFar.total));
    } else {
        m_notice.dismiss();
        Q_EMIT problemOccurred(tr("%1 was not imported: %2").arg(m_place, count.error().text));
    }
}

ImportControl::Drop ImportControl::dropOf(const QMimeData &data) {
    if (data.hasUrls()) {
        const QList<QUrl> urls = data.urls();
        if (urls.size() != 1)
            return {};
        const QUrl &url = urls.constFirst();
        if (!url.isLocalFile())
            return {Drop::Kind::Runs, url.toString()};
        const QString path = url.toLocalFile();
        return {QFileInfo(path).isDir() || isPacked(path) ? Drop::Kind::Runs : Drop::Kind::Hosts, path};
    }
    const QString text = data.text().trimmed();
    const bool address = text.startsWith(QLatin1String("https://")) ||
                         text.startsWith(QLatin1String("http://")) ||
                         text.startsWith(QLatin1String("ssh://")) || text.startsWith(QLatin1String("git@"));
    const bool plain = std::none_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
    return address && plain ? Drop{Drop::Kind::Runs, text} : Drop{};
}

} // namespace slipway
