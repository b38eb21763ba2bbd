// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/urlsecrets.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/searchpattern.h"
#include "models/redaction/valuereader.h"
#include "models/redaction/valuetest.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace slipway {

namespace {

constexpr const char *kKind = "password of a command";
constexpr qsizetype kLongestCommand = 256;
constexpr int kMaxWords = 24;

// A program, and the option by which it takes a password. What is behind "user:" alone is the password.
struct Command {
    std::string_view program;
    std::string_view option;
    bool isAttached; ///< -pSECRET
    bool isSeparate; ///< -p SECRET; of a long option also --password=SECRET
    char behind;     ///< the password comes behind this; '\0': it is the whole value
    std::string_view flags =
        {}; ///< options without a value, which may stand in one word before this one: -su
};

constexpr std::string_view kCurlFlags = "0123468aBfgGiIjJklLMnNOpqRsSvZ#";
constexpr std::string_view kZipFlags = "0123456789qrjmevuToyXDlacnpfFz";

constexpr Command kCommands[] = {
    {"sshpass", "-p", true, true, '\0', "v"},
    {"mysql", "-p", true, false, '\0', "BsvtfnNCErHX"},
    {"mysqldump", "-p", true, false, '\0', "vfntqCABRE"},
    {"mysqladmin", "-p", true, false, '\0', "svfbC"},
    {"mariadb", "-p", true, false, '\0', "BsvtfnNCErHX"},
    {"mariadb-dump", "-p", true, false, '\0', "vfntqCABRE"},
    {"docker", "-p", false, true, '\0'},
    {"podman", "-p", false, true, '\0'},
    {"helm", "-p", false, true, '\0'},
    {"mongo", "-p", false, true, '\0'},
    {"mongosh", "-p", false, true, '\0'},
    {"mongodump", "-p", false, true, '\0'},
    {"redis-cli", "-a", false, true, '\0'},
    {"sqlcmd", "-P", true, true, '\0'},
    {"ldapsearch", "-w", true, true, '\0', "xLvnZcACMt"},
    {"ldapmodify", "-w", true, true, '\0', "xLvnZcaCM"},
    {"smbclient", "-U", true, true, '%', "NEgkC"},
    {"smbclient", "--user", false, true, '%'},
    {"curl", "-u", true, true, ':', kCurlFlags},
    {"curl", "--user", false, true, ':'},
    {"curl", "-U", true, true, ':', kCurlFlags},
    {"curl", "--proxy-user", false, true, ':'},
    {"curl", "--oauth2-bearer", false, true, '\0'},
    {"http", "-a", false, true, ':', "vhbdIfj"},
    {"http", "--auth", false, true, ':'},
    {"zip", "-P", true, true, '\0', kZipFlags},
    {"unzip", "-P", true, true, '\0', kZipFlags},
    {"7z", "-p", true, false, '\0'},
    {"openssl", "pass:", true, false, '\0'},
    {"openssl", "-k", false, true, '\0'},
    {"doctl", "-t", false, true, '\0'},
    {"az", "-p", false, true, '\0'},
    {"ipmitool", "-P", true, true, '\0'},
};

struct Word {
    qsizetype from;
    qsizetype to;
};

bool isQuote(char c) {
    return c == '"' || c == '\'' || c == kOuterQuote;
}

bool isBetweenWords(char c) {
    return isSpaceOrControl(c) || isQuote(c) || c == ',' || c == '[' || c == ']';
}

// The words of a command, of a shell or a list of arguments, to the end of the line or the next command.
std::vector<Word> wordsFrom(const TextView &view, qsizetype from) {
    std::vector<Word> words;
    const qsizetype max = std::min(view.size(), from + kLongestCommand);
    for (qsizetype i = from; i < max && words.size() < kMaxWords;) {
        const char c = view.at(i);
        if (isLineEnd(c) || c == '|' || (c == ';' && isBlank(view.at(i + 1))))
            break;
        if (isBetweenWords(c)) {
            ++i;
            continue;
        }
        const qsizetype begin = i;
        const bool isQuoted = view.at(i - 1) == '"' || view.at(i - 1) == '\'';
        while (i < view.size() && view.at(i) != kOuterQuote && !isLineEnd(view.at(i)) &&
               (isQuoted ? view.at(i) != view.at(begin - 1) && view.at(i) != '"'
                         : !isSpaceOrControl(view.at(i)) && view.at(i) != '"' && view.at(i) != '\'' &&
                               view.at(i) != '|'))
            ++i;
        words.push_back({begin, i});
        i = std::max(i, begin + 1);
    }
    return words;
}

std::string_view text(const TextView &view, Word word) {
    return {view.bytes().constData() + word.from, static_cast<size_t>(word.to - word.from)};
}

void take(const TextView &view, qsizetype from, qsizetype to, FoundSecrets &found) {
    const SecretName name{from, from, NameKind::Password, true};
    if (to > from && isSecretValue(view, name, {from, to, true, false}, Separator::Flag))
        found.push_back({from, to, kKind, {}, true});
}

void takeOption(const TextView &view, const Command &command, Word value, FoundSecrets &found) {
    if (command.behind != '\0') {
        const std::string_view word = text(view, value);
        const size_t at = word.find(command.behind);
        if (at == std::string_view::npos)
            return;
        value.from += static_cast<qsizetype>(at) + 1;
    }
    take(view, value.from, value.to, found);
}

// htpasswd -b FILE USER SECRET, htpasswd -nb USER SECRET
void findBehindUser(const TextView &view, const std::vector<Word> &words, FoundSecrets &found) {
    std::string options;
    std::vector<Word> others;
    for (const Word word : words) {
        if (text(view, word).substr(0, 1) == "-")
            options += text(view, word);
        else
            others.push_back(word);
    }
    const size_t place = options.find('n') == std::string::npos ? 2 : 1;
    if (options.find('b') != std::string::npos && others.size() > place)
        take(view, others[place].from, others[place].to, found);
}

// How much of a word is the option, with the flags before it and the "=" behind it; 0 when it is another
// word.
size_t optionLength(const Command &command, std::string_view word) {
    const bool isLong = command.option.substr(0, 2) == "--";
    size_t at = 0;
    if (!command.flags.empty() && word.substr(0, 1) == "-") { // -suUSER is -s -uUSER
        at = word.find_first_not_of(command.flags, 1);
        if (at == std::string_view::npos || word[at] != command.option[1])
            return 0;
        ++at;
    } else if (word.substr(0, command.option.size()) == command.option) {
        at = command.option.size();
    }
    const bool isAttached = at < word.size();
    if (isLong && isAttached)
        return word[at] == '=' ? at + 1 : 0;
    return (isAttached ? command.isAttached : command.isSeparate) ? at : 0;
}

void findOptions(const TextView &view, std::string_view program, qsizetype from, FoundSecrets &found) {
    const std::vector<Word> words = wordsFrom(view, from);
    if (program == "htpasswd")
        findBehindUser(view, words, found);
    for (const Command &command : kCommands) {
        if (command.program != program)
            continue;
        // docker run -p 80:80 is a port.
        const bool isOfLogin =
            program == "docker" || program == "podman" || program == "helm" || program == "az";
        const bool isLogin =
            std::any_of(words.begin(), words.end(), [&](Word word) { return text(view, word) == "login"; });
        if (isOfLogin && !isLogin)
            continue;
        for (size_t i = 0; i < words.size(); ++i) {
            const size_t option = optionLength(command, text(view, words[i]));
            const Word attached{words[i].from + static_cast<qsizetype>(option), words[i].to};
            if (option == 0)
                continue;
            if (attached.to > attached.from)
                takeOption(view, command, attached, found);
            else if (i + 1 < words.size())
                takeOption(view, command, words[i + 1], found);
        }
    }
}

// What reads a password from its input.
constexpr const char *kReaders =
    "sudo[ \\t]+(?:-[A-Za-z]+[ \\t]+)*-[A-Za-z]*S|(?:sudo )?chpasswd|passwd --stdin";
constexpr const char *kReading = "--password-stdin|--passphrase-fd|-pass(?:in)? stdin";

// echo SECRET | sudo -S; printf 'SECRET\n' | docker login --password-stdin; echo user:SECRET | chpasswd
void findPiped(const TextView &view, qsizetype from, FoundSecrets &found) {
    static const SearchPattern readers(std::string("^[ \\t]*(?:") + kReaders +
                                       "|[^\\n|]{0,80}(?:" + kReading + "))");
    const std::vector<Word> words = wordsFrom(view, from);
    if (words.empty())
        return;
    qsizetype pipe = words.back().to;
    while (pipe < view.size() && isBetweenWords(view.at(pipe)) && !isLineEnd(view.at(pipe)))
        ++pipe;
    if (view.at(pipe) != '|' || !readers.next(view.bytes().mid(pipe + 1, 160), 0))
        return;
    Word secret = words.back();
    if (const size_t colon = text(view, secret).find(':');
        colon != std::string_view::npos && view.bytes().mid(pipe, 40).contains("chpasswd"))
        secret.from += static_cast<qsizetype>(colon) + 1;
    take(view, secret.from, secret.to, found);
}

// gpg --passphrase-fd 3 3<<< SECRET; ConvertTo-SecureString "SECRET" -AsPlainText
void findArguments(const TextView &view, FoundSecrets &found) {
    static const SearchPattern places(
        std::string("(?:") + kReaders + "|" + kReading +
        ")[^\\n|]{0,80}<<<[ \\t]{0,8}|"
        "(?i)(?:[\"'][^\"'|\\n]{1,128}[\"'][ \\t]*\\|[ \\t]*)?"
        "convertto-securestring[ \\t]{1,8}(?:-(?:string|asplaintext|force)[ \\t]{1,8}){0,3}");
    ValueReader values(view);
    qsizetype from = 0;
    while (const auto hit = places.next(view.bytes(), from)) {
        from = hit->to;
        const qsizetype at = isQuote(view.at(hit->from)) ? hit->from : hit->to; // 'SECRET' | ConvertTo-…
        const auto value = view.at(at) == '-' ? std::nullopt : values.read(at, false);
        if (value)
            take(view, value->from, value->to, found);
    }
}

} // namespace

void findCommandSecrets(const TextView &view, FoundSecrets &found) {
    findArguments(view, found);
    static const SearchPattern programs(
        "\\b(?:sshpass|mysqldump|mysqladmin|mysql|mariadb-dump|mariadb|docker|podman|helm|mongosh|mongodump|"
        "mongo|"
        "redis-cli|sqlcmd|ldapsearch|ldapmodify|smbclient|curl|http|unzip|zip|7z|openssl|htpasswd|doctl|az|"
        "ipmitool|echo|"
        "printf)(?:\\.exe)?\\b[\"']?[ \\t,]|(?i)identified[ \\t]+by[ \\t]+['\"]");
    qsizetype from = 0;
    while (const auto hit = programs.next(view.bytes(), from)) {
        from = hit->to;
        std::string_view program(view.bytes().constData() + hit->from,
                                 static_cast<size_t>(hit->to - hit->from));
        if (program.back() == '\'' ||
            program.back() == '"') { // IDENTIFIED BY '…'; a program's quote is followed by more
            qsizetype end = hit->to;
            while (end < view.size() && end - hit->to < kLongestCommand && !isQuote(view.at(end)))
                ++end;
            take(view, hit->to, end, found);
            continue;
        }
        while (!program.empty() && !isNameCharacter(program.back()))
            program.remove_suffix(1);
        program = program.substr(0, program.rfind(".exe"));
        if (program == "echo" || program == "printf")
            findPiped(view, hit->to, found);
        else
            findOptions(view, program, hit->to, found);
    }
}

} // namespace slipway
