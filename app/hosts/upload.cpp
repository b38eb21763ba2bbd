// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/hosts/upload.h"

#include "app/core/inputfile.h"

#include <QTimer>

namespace slipway {

namespace {

constexpr qint64 kPiece = qint64(8) * 1024 * 1024; // a command takes 16 MiB on its standard input
constexpr int kPieceMs = 300'000;

} // namespace

Upload::Upload(HostLinks &links, QString file, QObject *parent)
    : QObject(parent), m_links(links), m_file(std::move(file)) {}

void Upload::run(const QList<Host> &hosts) {
    m_waiting = hosts.size();
    if (hosts.isEmpty())
        QTimer::singleShot(0, this, &Upload::finished);
    for (const Host &host : hosts) {
        m_links.connectTo(host, [this, name = host.name](const Result<RemoteShell *> &shell) {
            if (!shell) {
                end(name, shell.error());
                return;
            }
            auto transfer = std::make_shared<Transfer>();
            transfer->host = name;
            transfer->file.setFileName(m_file);
            if (const auto opened = openToRead(transfer->file); !opened) {
                end(name, opened.error());
                return;
            }
            sendPiece(**shell, transfer);
        });
    }
}

// The first piece begins the file anew, each further one is appended.
void Upload::sendPiece(RemoteShell &shell, const std::shared_ptr<Transfer> &transfer) {
    const bool first = transfer->file.pos() == 0;
    const QByteArray bytes = transfer->file.read(kPiece);
    RemoteCommand *command =
        shell.start(first ? "cat >\"$HOME/.slipway-upload\"" : "cat >>\"$HOME/.slipway-upload\"", kPieceMs);
    connect(command, &RemoteCommand::finished, this, [this, &shell, transfer](const CommandResult &result) {
        if (result.end != CommandResult::End::Exited)
            end(transfer->host, result.error);
        else if (result.exitCode != 0)
            end(transfer->host, Error{ErrorCode::CommandFailed,
                                      QStringLiteral("the file cannot be written there. Is its disk full?")});
        else if (transfer->file.atEnd())
            end(transfer->host, {});
        else
            sendPiece(shell, transfer);
    });
    command->write(bytes);
    command->closeInput();
}

void Upload::end(const QString &host, const Result<void> &result) {
    if (!result && m_result)
        m_result = Error{result.error().code, QStringLiteral("%1: %2").arg(host, result.error().text)};
    if (--m_waiting == 0)
        Q_EMIT finished();
}

} // namespace slipway
