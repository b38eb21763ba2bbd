// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace slipway {

/// What went wrong, as a value. `code` is what a caller branches on, `text` is what a person reads: what
/// happened, where, and what to do. A lost connection, a passed deadline and a non-zero exit are three codes
/// on purpose.
enum class ErrorCode {
    InvalidInput,   ///< a file, argument or field is not what it must be
    NotFound,       ///< the named thing does not exist
    AlreadyExists,  ///< the named thing exists and is not overwritten
    Unreachable,    ///< no connection could be made
    ConnectionLost, ///< a connection broke; says nothing about the remote job
    TimedOut,       ///< a deadline passed
    HostKeyRefused, ///< the host key is unknown, changed or revoked
    AuthRefused,    ///< the server took none of the keys
    CommandFailed,  ///< a program ran and ended badly
    Io,             ///< reading or writing a file or socket failed
    DiskFull,       ///< no space is left, here or on a host
    Corrupt,        ///< stored bytes are not what was stored
    Unsupported,    ///< this machine or host cannot do it
    Cancelled,      ///< a person stopped it
    Internal,       ///< a bug of ours
};

struct Error {
    ErrorCode code = ErrorCode::Internal;
    QString text;

    friend bool operator==(const Error &, const Error &) = default;
};

/// The stable lower-case word for a code, as --json prints it.
[[nodiscard]] QString errorCodeName(ErrorCode code);

/// A value or what went wrong. A small stand-in for std::expected, which g++ 12 does not have. `E` is another
/// value than Error where a caller branches on more than a code.
template <typename T, typename E = Error>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::move(value)) {}
    Result(E error) : m_state(std::move(error)) {}

    [[nodiscard]] bool ok() const { return std::holds_alternative<T>(m_state); }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] T &value() { return std::get<T>(m_state); }
    [[nodiscard]] const T &value() const { return std::get<T>(m_state); }
    [[nodiscard]] const E &error() const { return std::get<E>(m_state); }

    T &operator*() { return value(); }
    const T &operator*() const { return value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

private:
    std::variant<T, E> m_state;
};

template <typename E>
class [[nodiscard]] Result<void, E> {
public:
    Result() = default;
    Result(E error) : m_error(std::move(error)), m_ok(false) {}

    [[nodiscard]] bool ok() const { return m_ok; }
    explicit operator bool() const { return m_ok; }
    [[nodiscard]] const E &error() const { return m_error; }

private:
    E m_error;
    bool m_ok = true;
};

} // namespace slipway

/// Ends the function around it with the error of a Result that is one; a value is dropped.
#define TRY(...)                                                                                             \
    do {                                                                                                     \
        if (const auto tried = (__VA_ARGS__); !tried)                                                        \
            return tried.error();                                                                            \
    } while (false)
