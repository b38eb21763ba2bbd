// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/urlsecrets.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/searchpattern.h"
#include "models/redaction/valuetest.h"

#include <QList>

#include <algorithm>
#include <cstring>

namespace slipway {

namespace {

constexpr qsizetype kLongestUserinfo = 1024;

// A quote may belong to a password that was escaped; one before , : } ] ends the string that holds the URL.
bool endsUserinfo(const TextView &view, qsizetype i) {
    const char c = view.at(i);
    if (c == '"' && view.level() > 0)
        return std::strchr(",:}] \n", view.at(i + 1)) != nullptr; // the end of the text too
    return isSpaceOrControl(c) || c == '"' || c == '\'' || c == '<' || c == '>' || c == '`' ||
           i >= view.size();
}

struct Userinfo {
    qsizetype colon = -1;
    qsizetype at = -1;    // the last @ of the authority
    qsizetype slash = -1; // the first of / ? #
};

// A password may hold / ? # unescaped, against RFC 3986; then the @ stands behind it.
Userinfo userinfoAt(const TextView &view, qsizetype from) {
    Userinfo info;
    for (qsizetype i = from; i < from + kLongestUserinfo && !endsUserinfo(view, i); ++i) {
        const char c = view.at(i);
        if (c == ':' && info.colon < 0 && info.slash < 0)
            info.colon = i;
        else if (c == '/' && view.at(i - 1) == '/' && view.at(i - 2) == ':' && i > from + 1)
            break; // the next URL
        else if ((c == '/' || c == '?' || c == '#') && info.slash < 0)
            info.slash = i;
        else if (c == '@')
            info.at = i;
        if (info.slash >= 0 && info.at >= 0 && info.at < info.slash)
            break;
    }
    return info;
}

bool isPort(const TextView &view, qsizetype from, qsizetype to) {
    return to > from && std::all_of(view.bytes().begin() + from, view.bytes().begin() + to, isDigit);
}

// "git@github.com" names a user; what is long and has digits and letters is a token.
bool isToken(const TextView &view, qsizetype scheme, qsizetype from, qsizetype to) {
    const bool isHttp = view.at(scheme - 1) == 's' || view.at(scheme - 1) == 'p'; // http, https, ftp
    return looksRandom(view, from, to) && to - from >= (isHttp ? 8 : 20);
}

} // namespace

void findUrlSecrets(const TextView &view, FoundSecrets &found) {
    qsizetype from = 0;
    for (qsizetype scheme = view.bytes().indexOf("://", from); scheme >= 0;
         scheme = view.bytes().indexOf("://", from)) {
        from = scheme + 3;
        Userinfo info = userinfoAt(view, from);
        if (info.at < 0)
            continue;
        if (info.colon >= 0 && info.colon < info.at) {
            if (info.slash >= 0 && info.slash < info.at && isPort(view, info.colon + 1, info.slash))
                continue; // http://host:80/path@x
            if (info.at > info.colon + 1 && !isMaskedText(view, info.colon + 1, info.at))
                found.push_back({info.colon + 1, info.at, "password in a URL"});
            from = info.at;
        }
        if (info.slash >= 0 && info.slash < info.at)
            continue;
        const qsizetype user = scheme + 3;
        const qsizetype userEnd = info.colon >= 0 && info.colon < info.at ? info.colon : info.at;
        const bool isAlone = userEnd == info.at || userEnd + 1 == info.at;
        if (isAlone && isToken(view, scheme, user, userEnd) && !isMaskedText(view, user, userEnd))
            found.push_back({user, userEnd, "token in a URL"});
    }
}

void findConnectionSecrets(const TextView &view, FoundSecrets &found) {
    static const SearchPattern network("@(?:tcp[46]?|udp[46]?|unix)\\(");
    qsizetype from = 0;
    while (const auto hit = network.next(view.bytes(), from)) {
        from = hit->to;
        qsizetype colon = -1; // the first of the word, as a password may hold more
        for (qsizetype i = hit->from - 1; i >= 0 && i > hit->from - kLongestUserinfo; --i) {
            if (endsUserinfo(view, i))
                break;
            if (view.at(i) == ':')
                colon = i;
        }
        if (colon >= 0 && colon + 1 < hit->from && !isMaskedText(view, colon + 1, hit->from))
            found.push_back({colon + 1, hit->from, "password in a connection"});
    }
}

void findBareCredentials(const TextView &view, FoundSecrets &found) {
    static const SearchPattern schemes("(?i)\\b(?:bearer|basic)[ \\t]{1,4}");
    qsizetype from = 0;
    while (const auto hit = schemes.next(view.bytes(), from)) {
        from = hit->to;
        const bool isBearer = toLower(view.at(hit->from + 1)) == 'e';
        bool hasDigit = false;
        qsizetype end = hit->to;
        for (; end < view.size() && view.at(end) != '\0' &&
               (isAlnum(view.at(end)) || std::strchr("._~+/=-", view.at(end)) != nullptr);
             ++end)
            hasDigit = hasDigit || isDigit(view.at(end)) || (!isBearer && view.at(end) == '=');
        if (hasDigit && end - hit->to >= (isBearer ? 8 : 12))
            found.push_back({hit->to, end, isBearer ? "bearer token" : "basic credentials"});
        from = end;
    }
}

void findPrivateAddresses(const TextView &view, FoundSecrets &found) {
    static const SearchPattern four("(?:10|192\\.168|169\\.254|172\\.(?:1[6-9]|2[0-9]|3[01])|"
                                    "100\\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7]))(?:\\.[0-9]{1,3}){2,3}");
    static const SearchPattern six("(?i)(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):[0-9a-f:]{2,40}");
    constexpr const char *kKind = "private address";
    qsizetype from = 0;
    while (const auto hit = four.next(view.bytes(), from)) {
        from = hit->to;
        const QByteArrayView text(view.bytes().constData() + hit->from, hit->to - hit->from);
        const bool isWhole = !isDigit(view.at(hit->from - 1)) && view.at(hit->from - 1) != '.' &&
                             !isDigit(view.at(hit->to)) &&
                             !(view.at(hit->to) == '.' && isDigit(view.at(hit->to + 1)));
        const QList<QByteArray> parts = text.toByteArray().split('.');
        const bool isAddress =
            parts.size() == 4 &&
            std::all_of(parts.begin(), parts.end(), [](const QByteArray &one) { return one.toInt() <= 255; });
        if (isWhole && isAddress)
            found.push_back({hit->from, hit->to, kKind});
    }
    from = 0;
    while (const auto hit = six.next(view.bytes(), from)) {
        from = hit->to;
        if (hexValue(view.at(hit->from - 1)) < 0 && view.at(hit->from - 1) != ':')
            found.push_back({hit->from, hit->to, kKind});
    }
}

} // namespace slipway
