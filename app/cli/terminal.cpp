// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal.h"

#include "app/cli/command.h"
#include "app/cli/pager.h"
#include "app/cli/screen.h"
#include "app/commandline/commandspec.h"
#include "app/core/events.h"
#include "app/diagnostics/messages.h"

#include "models/core/countof.h"
#include "models/core/plaintext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace slipway::cli {

namespace {

constexpr int kTimeoutMs = 60'000;
constexpr qsizetype kMaxHeldBack = qsizetype{16} * 1024 * 1024;

bool g_outputBroke = false; // for another reason than that nobody reads it
bool g_unreadNoted = false;
bool g_isPrinted = false;
bool g_isPaged = false;
qint64 g_leftOut = 0;

// The last failure, for those who read JSON.
struct Failure {
    QString kind;
    QString text;
};
Failure g_failure;

bool writeTo(std::FILE *file, const QByteArray &bytes) {
    const auto size = static_cast<size_t>(bytes.size());
    return std::fwrite(bytes.constData(), 1, size, file) == size && std::fflush(file) == 0;
}

// What is printed is held back until it is known whether it is longer than the screen.
QByteArray &heldBack() {
    static QByteArray bytes;
    return bytes;
}

void writeOut(const QByteArray &bytes) {
    g_isPrinted = true;
    if (g_isPaged && heldBack().size() + bytes.size() <= kMaxHeldBack) {
        heldBack() += bytes;
        return;
    }
    if (std::exchange(g_isPaged, false))
        writeOut(std::exchange(heldBack(), {}));
    if (!writeTo(stdout, bytes) && errno != EPIPE)
        g_outputBroke = true;
}

std::function<void()> &unreadHandler() {
    static std::function<void()> handler;
    return handler;
}

// Where a pipe took the progress, the terminal that it was started from is still there.
void notifyUnread() {
    if (std::exchange(g_unreadNoted, true))
        return;
    if (unreadHandler())
        unreadHandler()();
    const int terminal = open("/dev/tty", O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (terminal < 0)
        return;
    const QByteArray text =
        lineText(QStringLiteral("slipwayctl: nobody reads the progress any more. What was "
                                "begun goes on to its end; slipwayctl list shows it."))
            .utf8();
    (void)!write(terminal, text.constData(), static_cast<size_t>(text.size()));
    close(terminal);
}

} // namespace

void openTerminal() {
    // A closed standard stream gets a descriptor that can be neither read nor written, so that nothing which
    // is opened later takes its number: what people are shown must not get into a database.
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) < 0)
            (void)::open("/", O_PATH | O_CLOEXEC); // takes the lowest number that is free
    }
    (void)std::signal(SIGPIPE, SIG_IGN);
    handleMessages(printNote);
    const bool isTerminal = isatty(STDOUT_FILENO) != 0;
    winsize size{};
    if (isTerminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        size = {};
    setScreen({size.ws_col, size.ws_row, mayColour(isTerminal)});
}

void pageOutput() {
    g_isPaged = screen().rows > 0 && qgetenv("TERM") != "dumb" && !pagerCommand().isEmpty();
}

void endOutput() {
    if (!std::exchange(g_isPaged, false))
        return;
    const QByteArray text = std::exchange(heldBack(), {});
    if (text.count('\n') < screen().rows) {
        if (!text.isEmpty())
            writeOut(text);
        return;
    }
    const QByteArray pager = pagerCommand();
    if (showInPager(pager, text))
        return;
    writeOut(text);
    printNote(
        QStringLiteral("slipwayctl: the pager \"%1\" cannot be started.").arg(QString::fromLocal8Bit(pager)));
}

void onUnread(std::function<void()> handler) {
    unreadHandler() = std::move(handler);
}

bool outputIsWhole() {
    return !g_outputBroke;
}

void print(const TerminalText &text) {
    writeOut(text.utf8());
}

void print(OwnWords words) {
    writeOut(words.utf8);
}

void printNote(const QString &message) {
    (void)writeTo(stderr, lineText(message).utf8());
}

void printErrorAsJson(ExitCode code) {
    if (code == ExitCode::Done || g_isPrinted)
        return;
    print(jsonText(QJsonDocument(QJsonObject{
        {QStringLiteral("schema"), schemaText(QStringLiteral("error/1"))},
        {QStringLiteral("error"), QJsonObject{{QStringLiteral("exit_code"), static_cast<int>(code)},
                                              {QStringLiteral("kind"), orNull(g_failure.kind)},
                                              {QStringLiteral("text"), g_failure.text}}}})));
}

void exitWith(ExitCode code) {
    QCoreApplication::exit(static_cast<int>(code));
}

ExitCode runLoop() {
    return static_cast<ExitCode>(QCoreApplication::exec());
}

ExitCode fail(const TerminalText &lines, ExitCode code) {
    (void)writeTo(stderr, lines.utf8());
    g_failure.text = QString::fromUtf8(lines.utf8()).trimmed();
    qCWarning(errorEvents).noquote() << g_failure.text;
    return code;
}

ExitCode fail(const QString &message, ExitCode code) {
    return fail(lineText(message), code);
}

ExitCode fail(const Error &error, ExitCode code) {
    g_failure.kind = errorCodeName(error.code);
    return fail(error.text, code);
}

ExitCode failUsage(const Context &context, const QString &message) {
    QString name = QStringLiteral("slipwayctl");
    if (*context.command->name)
        name += QLatin1Char(' ') + QLatin1String(context.command->name);
    const QString end = message.endsWith(QLatin1Char('?')) ? QStringLiteral(" See") : QStringLiteral("; see");
    return fail(Error{ErrorCode::InvalidInput, QStringLiteral("%1: %2%3 %1 --help").arg(name, message, end)},
                ExitCode::Usage);
}

void printProgress(const QString &text) {
    pollfd ready{STDERR_FILENO, POLLOUT, 0};
    if (poll(&ready, 1, 0) <= 0) {
        ++g_leftOut;
        return;
    }
    TerminalText lines;
    if (g_leftOut > 0)
        lines += lineText(QStringLiteral("%1 of progress left out: not read in time.")
                              .arg(countOf(std::exchange(g_leftOut, 0), "line")));
    lines += lineText(QDateTime::currentDateTime().toString(QStringLiteral("HH:mm:ss ")) + text);
    if (!writeTo(stderr, lines.utf8()) && (errno == EPIPE || errno == EIO))
        notifyUnread();
}

bool showsPassing() {
    return isatty(STDERR_FILENO) != 0 && qgetenv("TERM") != "dumb";
}

void showPassing(const QString &text) {
    if (showsPassing())
        (void)writeTo(stderr, "\r\033[K" + plainText(text).toUtf8());
}

void clearPassing() {
    if (showsPassing())
        (void)writeTo(stderr, "\r\033[K");
}

void printBytes(const QByteArray &bytes) {
    if (isatty(STDOUT_FILENO) != 0)
        print(fileText(bytes));
    else
        writeOut(bytes);
}

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
    const QByteArray prompt = plainText(question).toUtf8() + ' ';
    std::optional<QByteArray> answer;
    pollfd wait{terminal, POLLIN, 0};
    if (write(terminal, prompt.constData(), static_cast<size_t>(prompt.size())) == prompt.size() &&
        poll(&wait, 1, kTimeoutMs) > 0) {
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
    const QByteArray prompt = plainText(question).toUtf8() + " [y/N] ";
    std::array<char, 16> line{};
    pollfd wait{terminal, POLLIN, 0};
    ssize_t size = 0;
    if (write(terminal, prompt.constData(), static_cast<size_t>(prompt.size())) == prompt.size() &&
        poll(&wait, 1, kTimeoutMs) > 0)
        size = read(terminal, line.data(), line.size());
    close(terminal);
    const QByteArray answer = QByteArray(line.data(), std::max<ssize_t>(size, 0)).trimmed().toLower();
    return answer == "y" || answer == "yes";
}

} // namespace slipway::cli
