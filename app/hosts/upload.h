// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/hosts/hostlinks.h"

#include <QFile>

#include <memory>

namespace slipway {

/// What a file is called on a host, in the home folder, until it is put in its place.
inline constexpr const char *kUploadName = ".slipway-upload";

/// One file to many hosts at the same time, in pieces, so that no more than one piece a host is in memory.
/// Whether it arrived whole is for whoever puts it in its place to check, by its hash. Lives on the links'
/// thread.
class Upload : public QObject {
    Q_OBJECT
public:
    Upload(HostLinks &links, QString file, QObject *parent = nullptr);

    void run(const QList<Host> &hosts);
    [[nodiscard]] bool isFinished() const { return m_waiting == 0; }
    [[nodiscard]] Result<void> result() const { return m_result; } ///< the first that failed

Q_SIGNALS:
    void finished();

private:
    struct Transfer {
        QString host;
        QFile file;
    };
    void sendPiece(RemoteShell &shell, const std::shared_ptr<Transfer> &transfer);
    void end(const QString &host, const Result<void> &result);

    HostLinks &m_links;
    QString m_file;
    qsizetype m_waiting = 0;
    Result<void> m_result;
};

} // namespace slipway
