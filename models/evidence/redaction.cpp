// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/redaction.h"

#include <QRegularExpression>

#include <algorithm>
#include <vector>

namespace slipway {

namespace {

struct Pattern {
    QString kind;
    QRegularExpression expression; ///< its first group is the secret, the whole where it has none
};

// A character of a secret as it stands in plain text or within a JSON string. A quote ends it unless it is
// escaped, an escape is taken whole.
constexpr const char *kCharacter = R"((?:\\u[0-9A-Fa-f]{4}|\\["\\/bfnrt]|[^\s"\\]))";

// Each is bounded and begins with fixed text, so that no input makes it slow.
std::vector<Pattern> makePatterns() {
    const QString character = QString::fromLatin1(kCharacter);
    QString inUrl = character;
    inUrl.replace(QLatin1String(R"([^\s"\\])"), QLatin1String(R"([^\s"\\/?#@<>])"));
    const auto pattern = [](const char *kind, const QString &text) {
        return Pattern{QString::fromLatin1(kind), QRegularExpression(text)};
    };
    return {
        pattern("private key", QStringLiteral(R"(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)"
                                              R"(([A-Za-z0-9+/=\\\s:,.()-]*?))"
                                              R"((?:-----END|(?=[^A-Za-z0-9+/=\\\s:,.()-])|\z))")),
        pattern("password in a URL",
                QStringLiteral(R"(:(?:\\?/){2}[^\s:/?#@"'<>\\]{0,256}:((?:%1)+)@)").arg(inUrl)),
        pattern("DigitalOcean token", QStringLiteral(R"(\bdo[ort]_v1_[A-Za-z0-9]{16,256})")),
        pattern("DigitalOcean token", QStringLiteral(R"(\bdop_v1_[A-Za-z0-9]{16,256})")),
        pattern("GitHub token", QStringLiteral(R"(\bgh[opsur]_[A-Za-z0-9]{16,256})")),
        pattern("GitHub token", QStringLiteral(R"(\bgithub_pat_[A-Za-z0-9_]{16,256})")),
        pattern("GitLab token", QStringLiteral(R"(\bglpat-[A-Za-z0-9_-]{16,256})")),
        pattern("Slack token", QStringLiteral(R"(\bxox[abeoprs]-[A-Za-z0-9-]{10,256})")),
        pattern("npm token", QStringLiteral(R"(\bnpm_[A-Za-z0-9]{30,256})")),
        pattern("AWS key", QStringLiteral(R"(\b(?:AKIA|ASIA)[A-Z0-9]{16}\b)")),
        pattern("Google key", QStringLiteral(R"(\bAIza[A-Za-z0-9_-]{35})")),
        pattern("API key", QStringLiteral(R"(\bsk-[A-Za-z0-9_-]{20,256})")),
        pattern(
            "JSON web token",
            QStringLiteral(R"(\beyJ[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]{8,4096})")),
        pattern(
            "bearer token",
            QStringLiteral(R"((?i:\bbearer)\s{1,4}(?=[A-Za-z._~+/=-]{0,64}\d)([A-Za-z0-9._~+/=-]{8,4096}))")),
        pattern(
            "basic credentials",
            QStringLiteral(R"((?i:\bbasic)\s{1,4}(?=[A-Za-z+/]{0,64}[0-9=])([A-Za-z0-9+/]{12,1024}={0,2}))")),
        pattern("assigned secret",
                QStringLiteral(R"(\b[A-Za-z0-9_]{0,64}(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_KEY|)"
                               R"(ACCESS_KEY|PRIVATE_KEY)=((?:%1)+))")
                    .arg(character)),
        pattern("assigned secret",
                QStringLiteral(R"((?:\\?"|&quot;)[A-Za-z0-9_.-]{0,64}(?i:password|passwd|passphrase|)"
                               R"(secret|token|api_?key|access_?key|private_?key)(?:\\?"|&quot;)\s{0,8})"
                               R"(:\s{0,8}(?:\\?"|&quot;)((?:%1| )+?)(?:\\?"|&quot;))")
                    .arg(character)),
    };
}

std::vector<Pattern> makeAddressPatterns() {
    const QString octets = QStringLiteral(R"((?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)))");
    return {
        {QStringLiteral("private address"),
         QRegularExpression(
             QStringLiteral(R"((?<![\d.])(?:(?:10%1{3})|(?:192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|)"
                            R"(100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))%1{2})(?!\d|\.\d))")
                 .arg(octets))},
        {QStringLiteral("private address"),
         QRegularExpression(QStringLiteral(
             R"((?<![0-9A-Fa-f:])(?i:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):[0-9A-Fa-f:]{2,40})"))},
    };
}

struct Range {
    qsizetype from;
    qsizetype length;
    const QString *kind;
};

bool isBefore(const Range &a, const Range &b) {
    return a.from < b.from;
}

// `ranges` are sorted and do not overlap.
bool overlapsAny(const std::vector<Range> &ranges, const Range &range) {
    const auto next = std::lower_bound(ranges.begin(), ranges.end(), range, isBefore);
    return (next != ranges.end() && next->from < range.from + range.length) ||
           (next != ranges.begin() && std::prev(next)->from + std::prev(next)->length > range.from);
}

// What is masked already holds asterisks only, whitespace aside.
bool isMasked(QStringView text) {
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c == u'*' || c.isSpace(); });
}

Result<void> find(const Pattern &pattern, const QString &text, std::vector<Range> &found) {
    const int group = pattern.expression.captureCount() > 0 ? 1 : 0;
    std::vector<Range> fresh; // a pattern's own matches do not overlap
    for (qsizetype from = 0; from <= text.size();) {
        const auto match = pattern.expression.match(text, from, QRegularExpression::NormalMatch,
                                                    QRegularExpression::DontCheckSubjectStringMatchOption);
        if (!match.isValid())
            return Error{
                ErrorCode::Internal,
                QStringLiteral("the search for a %1 gave up at byte %2").arg(pattern.kind).arg(from)};
        if (!match.hasMatch())
            break;
        const Range range{match.capturedStart(group), match.capturedLength(group), &pattern.kind};
        if (range.length > 0 && !isMasked(match.capturedView(group)) && !overlapsAny(found, range))
            fresh.push_back(range);
        from = std::max(match.capturedEnd(0), from + 1);
    }
    const auto middle = static_cast<std::ptrdiff_t>(found.size());
    found.insert(found.end(), fresh.begin(), fresh.end());
    std::inplace_merge(found.begin(), found.begin() + middle, found.end(), isBefore);
    return {};
}

} // namespace

Result<QList<Masked>> mask(const QString &file, QByteArray &bytes, const RedactionOptions &options) {
    static const std::vector<Pattern> kSecrets = makePatterns();
    static const std::vector<Pattern> kAddresses = makeAddressPatterns();
    const QString text = QString::fromLatin1(bytes); // a character a byte
    std::vector<Range> found;
    for (const std::vector<Pattern> *patterns : {&kSecrets, &kAddresses}) {
        if (patterns == &kAddresses && !options.privateAddresses)
            continue;
        for (const Pattern &pattern : *patterns) {
            if (const auto searched = find(pattern, text, found); !searched)
                return Error{searched.error().code,
                             QStringLiteral("%1 cannot be published: %2").arg(file, searched.error().text)};
        }
    }
    QList<Masked> masked;
    for (const Range &range : found) {
        for (qsizetype i = range.from; i < range.from + range.length; ++i) {
            if (bytes.at(i) != '\n' && bytes.at(i) != '\r')
                bytes[i] = '*';
        }
        masked.append({file, *range.kind, range.from, range.length});
    }
    return masked;
}

Result<QString> maskedText(const QString &text, const RedactionOptions &options) {
    QByteArray bytes = text.toUtf8();
    const auto masked = mask(QStringLiteral("a text"), bytes, options);
    if (!masked)
        return masked.error();
    return masked->isEmpty() ? text : QString::fromUtf8(bytes);
}

} // namespace slipway
