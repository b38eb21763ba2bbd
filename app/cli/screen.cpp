// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/screen.h"

#include <QByteArray>

namespace slipway::cli {

namespace {

Screen &theScreen() {
    static Screen screen;
    return screen;
}

} // namespace

bool mayColour(bool isTerminal) {
    if (!qEnvironmentVariableIsEmpty("NO_COLOR"))
        return false;
    const QByteArray forced = qgetenv("CLICOLOR_FORCE");
    if (!forced.isEmpty() && forced != "0")
        return true;
    const QByteArray terminal = qgetenv("TERM");
    return isTerminal && !terminal.isEmpty() && terminal != "dumb";
}

const Screen &screen() {
    return theScreen();
}

void setScreen(const Screen &screen) {
    theScreen() = screen;
}

} // namespace slipway::cli
