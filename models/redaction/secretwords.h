// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/secretname.h"

#include <string_view>

namespace slipway {

/// The last word of a name, and what it says of the value.
struct Tail {
    std::string_view word;
    NameKind kind;
    bool isWord; // nothing but a new word may stand before it: "compass" is not a "pass"
};

inline constexpr Tail kTails[] = {
    {"authorization", NameKind::Authorization, false},
    {"cookie", NameKind::Cookie, true},
    {"password", NameKind::Password, false},
    {"passwords", NameKind::Password, false},
    {"passwd", NameKind::Password, false},
    {"passphrase", NameKind::Password, false},
    {"passcode", NameKind::Password, false},
    {"passwort", NameKind::Password, false},
    {"kennwort", NameKind::Password, false},
    {"wachtwoord", NameKind::Password, false},
    {"motdepasse", NameKind::Password, false},
    {"contrasena", NameKind::Password, false},
    {"pswd", NameKind::Password, true},
    {"pwd", NameKind::Password, true},
    {"requirepass", NameKind::Password, true},
    {"userpass", NameKind::Password, true},
    {"sshpass", NameKind::Password, true},
    {"secret", NameKind::Key, false},
    {"secrets", NameKind::Key, true},
    {"secretkeybase", NameKind::Key, false},
    {"secretid", NameKind::Key, true},
    {"token", NameKind::Key, false},
    {"tokens", NameKind::Key, true},
    {"unsealkey", NameKind::Key, true},
    {"recoverykey", NameKind::Key, true},
    {"credential", NameKind::Key, true},
    {"credentials", NameKind::Key, true},
    {"creds", NameKind::Key, true},
    {"apikey", NameKind::Key, false},
    {"apikeys", NameKind::Key, false},
    {"accesskey", NameKind::Key, false},
    {"secretkey", NameKind::Key, false},
    {"privatekey", NameKind::Key, false},
    {"signingkey", NameKind::Key, false},
    {"encryptionkey", NameKind::Key, false},
    {"decryptionkey", NameKind::Key, false},
    {"accountkey", NameKind::Key, false},
    {"sharedkey", NameKind::Key, false},
    {"authkey", NameKind::Key, false},
    {"masterkey", NameKind::Key, true},
    {"servicekey", NameKind::Key, true},
    {"storagekey", NameKind::Key, true},
    {"sshkey", NameKind::Key, true},
    {"appkey", NameKind::Key, true},
    {"applicationkey", NameKind::Key, true},
    {"consumerkey", NameKind::Key, true},
    {"deploykey", NameKind::Key, true},
    {"subscriptionkey", NameKind::Key, true},
    {"licensekey", NameKind::Key, true},
    {"hmackey", NameKind::Key, true},
    {"jwtkey", NameKind::Key, true},
    {"sessionkey", NameKind::Key, true},
    {"webhookkey", NameKind::Key, true},
    {"sessionid", NameKind::Key, false},
    {"sessid", NameKind::Key, false},
    {"psk", NameKind::Key, true},
    {"pass", NameKind::ShortPassword, true},
    {"pw", NameKind::ShortPassword, true},
    {"auth", NameKind::ShortKey, true},
    {"jwt", NameKind::ShortKey, true},
    {"pgpass", NameKind::ShortPassword, true},
    {"dbpass", NameKind::ShortPassword, true},
    {"rootpass", NameKind::ShortPassword, true},
    {"adminpass", NameKind::ShortPassword, true},
    {"mypass", NameKind::ShortPassword, true},
    {"mysqlpass", NameKind::ShortPassword, true},
    {"smtppass", NameKind::ShortPassword, true},
    {"ldappass", NameKind::ShortPassword, true},
    {"ftppass", NameKind::ShortPassword, true},
    {"rootpw", NameKind::ShortPassword, true},
    {"dbpw", NameKind::ShortPassword, true},
    {"adminpw", NameKind::ShortPassword, true},
    {"pin", NameKind::Pin, true},
    {"pincode", NameKind::Pin, true},
    {"pepper", NameKind::Key, true},
    {"secretphrase", NameKind::Password, false},
    {"seedphrase", NameKind::Password, false},
    {"seedwords", NameKind::Password, false},
    {"recoveryphrase", NameKind::Password, false},
    {"recoverywords", NameKind::Password, false},
    {"backupphrase", NameKind::Password, false},
    {"mnemonicphrase", NameKind::Password, false},
    {"mnemonicwords", NameKind::Password, false},
    {"mnemonic", NameKind::Password, true},
    {"walletseed", NameKind::Password, false},
    {"masterseed", NameKind::Password, true},
    {"secretseed", NameKind::Password, false},
    {"seed", NameKind::Seed, true},
    {"secretsalt", NameKind::Key, false},
    {"passwordsalt", NameKind::Key, false},
    {"authsalt", NameKind::Key, true},
    {"loggedinsalt", NameKind::Key, true},
    {"noncesalt", NameKind::Key, true},
    {"hashsalt", NameKind::Key, true},
    {"key", NameKind::Parameter, true},
    {"sig", NameKind::Parameter, true},
    {"signature", NameKind::Parameter, true},
    {"code", NameKind::Parameter, true},
    {"session", NameKind::Parameter, true},
    {"sid", NameKind::Parameter, true},
    {"assertion", NameKind::Parameter, true},
    {"samlresponse", NameKind::Parameter, true},
    {"otp", NameKind::Parameter, true},
};

/// Behind the word, and the value is the secret still: DB_PASSWORD_PROD, token2, secretString.
inline constexpr std::string_view kSuffixes[] = {
    "value",   "text",       "plain",        "plaintext", "cleartext", "base64",    "b64",     "raw",
    "prod",    "production", "dev",          "staging",   "test",      "live",      "old",     "new",
    "current", "confirm",    "confirmation", "main",      "primary",   "secondary", "default", "string",
    "backup",  "copy",       "before",       "after",     "previous",  "initial",   "again",   "repeat",
    "tmp",     "temp",       "saved",        "original"};

/// Behind the word for a password: what was made of it, which can be guessed from.
inline constexpr std::string_view kHashes[] = {"hash", "digest", "md", "sha", "ntlm", "bcrypt"};

/// What a name says about a password, and is none: "password_file", "passwordLastChanged".
inline constexpr std::string_view kAbout[] = {
    "file",   "path",    "dir",       "length",   "policy",   "count",   "min",      "max",      "age",
    "expire", "expires", "expired",   "expiry",   "type",     "id",      "url",      "uri",      "field",
    "reset",  "set",     "changed",   "change",   "at",       "date",    "time",     "required", "enabled",
    "auth",   "prompt",  "hint",      "env",      "name",     "rounds",  "error",    "errors",   "attempts",
    "login",  "store",   "manager",   "rules",    "strength", "version", "validity", "updated",  "created",
    "ref",    "secret",  "provider",  "rotation", "status",   "check",   "checker",  "test",     "tests",
    "hash",   "hashes",  "algorithm", "stdin",    "fd",       "command", "cmd",      "valid",    "less"};

/// A token of these is none that opens a door: pages, tokenizers, and the launch token of a run, which is
/// evidence.
inline constexpr std::string_view kHarmless[] = {
    "page", "next", "continuation", "cancellation", "cancel", "fencing", "pad",    "eos",
    "bos",  "unk",  "max",          "launch",       "mask",   "stop",    "special"};

} // namespace slipway
