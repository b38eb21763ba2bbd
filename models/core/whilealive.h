// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>

#include <functional>
#include <utility>

namespace slipway {

/// The answer, for as long as its receiver lives: once that is destroyed, a call does nothing. Each answer
/// that comes later to an object which may be gone by then is wrapped in it. Made and called on the
/// receiver's thread.
template <typename Answer>
[[nodiscard]] auto whileAlive(QObject *receiver, Answer answer) {
    return [alive = QPointer<QObject>(receiver), answer = std::move(answer)](const auto &...values) {
        if (alive)
            std::invoke(answer, values...);
    };
}

} // namespace slipway
