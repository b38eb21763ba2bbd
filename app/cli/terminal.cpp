// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal.h"

#include "app/cli/command.h"

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace slipway::cli {

namespace {

constexpr int kPatienceMs = 60'000;

} // namespace

std::optional<QByteArray> askSecret(const QString &question) {
    const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    termios shown{};
    if (terminal < 0 || tcgetattr(terminal, &shown) != 0) {
        if (terminal >= 0)
            close(terminal);
        return {};
    }
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(terminal, TCSAFLUSH, &hidden);
    const QByteArray prompt = question.toUtf8() + ' ';
    std::optional<QByteArray> answer;
    pollfd wait{terminal, POLLIN, 0};
    if (write(terminal, prompt.constData(), static_cast<size_t>(prompt.size())) == prompt.size() &&
        poll(&wait, 1, kPatienceMs) > 0) {
        std::array<char, 1024> line{}; // the terminal hands over a line at a time
        const ssize_t size = read(terminal, line.data(), line.size());
        if (size > 1)
            answer = QByteArray(line.data(), size - 1);
        explicit_bzero(line.data(), line.size());
    }
    tcsetattr(terminal, TCSAFLUSH, &shown);
    if (write(terminal, "\n", 1) != 1)
        answer.reset();
    close(terminal);
    return answer;
}

bool askYes(const QString &question) {
    const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0)
        return false;
    const QByteArray prompt = question.toUtf8() + " [y/N] ";
    std::array<char, 16> line{};
    pollfd wait{terminal, POLLIN, 0};
    ssize_t size = 0;
    if (write(terminal, prompt.constData(), static_cast<size_t>(prompt.size())) == prompt.size() &&
        poll(&wait, 1, kPatienceMs) > 0)
        size = read(terminal, line.data(), line.size());
    close(terminal);
    const QByteArray answer = QByteArray(line.data(), std::max<ssize_t>(size, 0)).trimmed().toLower();
    return answer == "y" || answer == "yes";
}

std::optional<QByteArray> askPassphrase(const QString &host, const QString &keyFile, bool again) {
    auto passphrase =
        askSecret(QStringLiteral("%1Passphrase of %2, which %3 wants:")
                      .arg(again ? QStringLiteral("That was not it. ") : QString(), keyFile, host));
    if (!passphrase)
        fail(QStringLiteral(
                 "%1 wants the key %2, which needs a passphrase. Run this in a terminal, or add the "
                 "key to ssh-agent.")
                 .arg(host, keyFile),
             0);
    return passphrase;
}

} // namespace slipway::cli
