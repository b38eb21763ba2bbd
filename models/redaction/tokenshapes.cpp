// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/tokenshapes.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/searchpattern.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <string>
#include <string_view>

namespace slipway {

namespace {

// What may follow a prefix.
enum class Alphabet { Hex, Upper, Alnum, Word, Dotted, Base64 };

struct Shape {
    const char *kind;
    std::string_view prefix;
    Alphabet alphabet;
    int min;   ///< characters after the prefix; the clearer the prefix, the fewer
    int whole; ///< characters of a whole one, for one that a line end cuts in two; 0: they differ
};

constexpr Alphabet kHex = Alphabet::Hex;
constexpr Alphabet kUpper = Alphabet::Upper;
constexpr Alphabet kAlnum = Alphabet::Alnum;
constexpr Alphabet kWord = Alphabet::Word;
constexpr Alphabet kDotted = Alphabet::Dotted;
constexpr Alphabet kBase64 = Alphabet::Base64;

constexpr Shape kShapes[] = {
    {"DigitalOcean token", "dop_v1_", kAlnum, 6, 64},
    {"DigitalOcean token", "doo_v1_", kAlnum, 6, 64},
    {"DigitalOcean token", "dor_v1_", kAlnum, 6, 64},
    {"GitHub token", "ghp_", kAlnum, 12, 36},
    {"GitHub token", "gho_", kAlnum, 12, 36},
    {"GitHub token", "ghu_", kAlnum, 12, 36},
    {"GitHub token", "ghs_", kDotted, 12, 36},
    {"GitHub token", "ghr_", kAlnum, 12, 36},
    {"GitHub token", "github_pat_", kWord, 12, 82},
    {"GitLab token", "glpat-", kDotted, 12, 20},
    {"GitLab token", "gldt-", kWord, 12, 20},
    {"GitLab token", "glrt-", kDotted, 12, 20},
    {"GitLab token", "glrtr-", kDotted, 12, 20},
    {"GitLab token", "glcbt-", kWord, 12, 0},
    {"GitLab token", "glptt-", kWord, 12, 40},
    {"GitLab token", "glft-", kWord, 12, 20},
    {"GitLab token", "glimt-", kWord, 12, 25},
    {"GitLab token", "glagent-", kWord, 12, 50},
    {"GitLab token", "gloas-", kWord, 12, 64},
    {"GitLab token", "glsoat-", kWord, 12, 20},
    {"GitLab token", "glffct-", kWord, 12, 20},
    {"GitLab token", "GR1348941", kWord, 16, 20},
    {"Slack token", "xoxb-", kWord, 10, 0},
    {"Slack token", "xoxp-", kWord, 10, 0},
    {"Slack token", "xoxe-", kWord, 10, 0},
    {"Slack token", "xoxe.xoxp-", kWord, 10, 0},
    {"Slack token", "xoxe.xoxb-", kWord, 10, 0},
    {"Slack token", "xoxa-", kWord, 10, 0},
    {"Slack token", "xoxo-", kWord, 10, 0},
    {"Slack token", "xoxr-", kWord, 10, 0},
    {"Slack token", "xoxs-", kWord, 10, 0},
    {"Slack token", "xoxc-", kWord, 10, 0},
    {"Slack token", "xoxd-", kDotted, 10, 0},
    {"Slack token", "xapp-", kWord, 10, 0},
    {"Slack webhook", "hooks.slack.com/services/", kBase64, 16, 0},
    {"Slack webhook", "hooks.slack.com/workflows/", kBase64, 16, 0},
    {"Slack webhook", "hooks.slack.com/triggers/", kBase64, 16, 0},
    {"Discord webhook", "discord.com/api/webhooks/", kBase64, 16, 0},
    {"Discord webhook", "discordapp.com/api/webhooks/", kBase64, 16, 0},
    {"npm token", "npm_", kAlnum, 20, 36},
    {"AWS key", "AKIA", kUpper, 16, 16},
    {"AWS key", "ASIA", kUpper, 16, 16},
    {"AWS key", "ABIA", kUpper, 16, 16},
    {"AWS key", "ACCA", kUpper, 16, 16},
    {"AWS key", "ABSK", kBase64, 100, 0},
    {"Google key", "AIza", kWord, 32, 35},
    {"Google token", "ya29.", kDotted, 16, 0},
    {"Google client secret", "GOCSPX-", kWord, 16, 28},
    {"Anthropic key", "sk-ant-", kWord, 12, 0},
    {"API key", "sk-", kWord, 20, 0},
    {"Stripe key", "sk_live_", kAlnum, 10, 0},
    {"Stripe key", "sk_test_", kAlnum, 10, 0},
    {"Stripe key", "sk_prod_", kAlnum, 10, 0},
    {"Stripe key", "rk_live_", kAlnum, 10, 0},
    {"Stripe key", "rk_test_", kAlnum, 10, 0},
    {"Stripe key", "rk_prod_", kAlnum, 10, 0},
    {"Stripe webhook secret", "whsec_", kBase64, 16, 0},
    {"Hugging Face token", "hf_", kAlnum, 20, 34},
    {"Hugging Face token", "api_org_", kAlnum, 20, 34},
    {"HashiCorp Vault token", "hvs.", kWord, 16, 0},
    {"HashiCorp Vault token", "hvb.", kWord, 16, 0},
    {"HashiCorp Vault token", "hvr.", kWord, 16, 0},
    {"Docker token", "dckr_pat_", kWord, 12, 27},
    {"Docker token", "dckr_oat_", kWord, 12, 32},
    {"PyPI token", "pypi-AgE", kWord, 16, 0},
    {"RubyGems token", "rubygems_", kHex, 20, 48},
    {"NuGet key", "oy2", kAlnum, 43, 43},
    {"Clojars token", "CLOJARS_", kAlnum, 16, 60},
    {"crates.io token", "cio", kAlnum, 32, 32},
    {"SendGrid key", "SG.", kDotted, 32, 66},
    {"Mailgun key", "key-", kHex, 32, 32},
    {"Brevo key", "xkeysib-", kWord, 16, 81},
    {"Brevo key", "xsmtpsib-", kWord, 16, 81},
    {"Twilio key", "SK", kHex, 32, 32},
    {"Databricks token", "dapi", kHex, 32, 32},
    {"Doppler token", "dp.pt.", kAlnum, 16, 43},
    {"Doppler token", "dp.st.", kDotted, 16, 0},
    {"Doppler token", "dp.ct.", kAlnum, 16, 43},
    {"Doppler token", "dp.sa.", kAlnum, 16, 43},
    {"Doppler token", "dp.scim.", kAlnum, 16, 43},
    {"Doppler token", "dp.audit.", kAlnum, 16, 43},
    {"Dynatrace token", "dt0c01.", kDotted, 16, 89},
    {"Dynatrace token", "dt0s01.", kDotted, 16, 89},
    {"Grafana token", "glc_", kBase64, 20, 0},
    {"Grafana token", "glsa_", kWord, 20, 41},
    {"New Relic key", "NRAK-", kAlnum, 16, 27},
    {"New Relic key", "NRII-", kWord, 16, 32},
    {"New Relic key", "NRJS-", kAlnum, 16, 19},
    {"Linear key", "lin_api_", kAlnum, 16, 40},
    {"Linear key", "lin_oauth_", kAlnum, 16, 64},
    {"Notion token", "ntn_", kAlnum, 20, 46},
    {"PlanetScale token", "pscale_tkn_", kDotted, 16, 0},
    {"PlanetScale token", "pscale_oauth_", kDotted, 16, 0},
    {"PlanetScale password", "pscale_pw_", kDotted, 16, 0},
    {"Postman key", "PMAK-", kWord, 16, 59},
    {"Prefect token", "pnu_", kAlnum, 20, 36},
    {"Pulumi token", "pul-", kHex, 20, 40},
    {"ReadMe key", "rdme_", kAlnum, 20, 70},
    {"Sentry token", "sntrys_", kBase64, 16, 0},
    {"Sentry token", "sntryu_", kHex, 16, 64},
    {"Shippo token", "shippo_live_", kHex, 16, 40},
    {"Shippo token", "shippo_test_", kHex, 16, 40},
    {"Shopify token", "shpat_", kAlnum, 16, 32},
    {"Shopify token", "shpca_", kAlnum, 16, 32},
    {"Shopify token", "shppa_", kAlnum, 16, 32},
    {"Shopify token", "shpss_", kAlnum, 16, 32},
    {"Square token", "sq0atp-", kWord, 16, 22},
    {"Square token", "sq0csp-", kWord, 16, 43},
    {"Square token", "EAAA", kWord, 60, 60},
    {"Facebook token", "EAAC", kAlnum, 60, 0},
    {"Facebook token", "EAAM", kAlnum, 60, 0},
    {"Atlassian token", "ATATT3", kBase64, 20, 186},
    {"Atlassian token", "ATBB", kAlnum, 32, 32},
    {"Atlassian token", "ATCTT3", kBase64, 20, 186},
    {"JFrog key", "AKCp", kAlnum, 60, 69},
    {"JFrog token", "cmVmdGtu", kAlnum, 40, 56},
    {"Alibaba Cloud key", "LTAI", kAlnum, 16, 20},
    {"Tencent Cloud key", "AKID", kAlnum, 32, 32},
    {"age key", "AGE-SECRET-KEY-1", kUpper, 16, 58},
    {"1Password token", "ops_eyJ", kBase64, 16, 0},
    {"Fly.io token", "fo1_", kWord, 20, 43},
    {"Fly.io token", "fm1r_", kBase64, 20, 0},
    {"Fly.io token", "fm1a_", kBase64, 20, 0},
    {"Fly.io token", "fm2_", kBase64, 20, 0},
    {"Figma token", "figd_", kWord, 16, 40},
    {"Heroku key", "HRKU-", kWord, 16, 0},
    {"Netlify token", "nfp_", kAlnum, 20, 36},
    {"Supabase token", "sbp_", kHex, 20, 40},
    {"Tailscale key", "tskey-", kWord, 16, 0},
    {"Replicate token", "r8_", kAlnum, 32, 37},
    {"Groq key", "gsk_", kAlnum, 20, 52},
    {"xAI key", "xai-", kAlnum, 40, 80},
    {"Perplexity key", "pplx-", kAlnum, 20, 48},
    {"NVIDIA key", "nvapi-", kWord, 20, 64},
    {"Pinecone key", "pcsk_", kWord, 20, 0},
    {"LangSmith key", "lsv2_pt_", kWord, 16, 0},
    {"LangSmith key", "lsv2_sk_", kWord, 16, 0},
    {"Buildkite token", "bkua_", kAlnum, 20, 40},
    {"CircleCI token", "CCIPAT_", kWord, 16, 0},
    {"Contentful token", "CFPAT-", kWord, 20, 43},
    {"Render key", "rnd_", kAlnum, 24, 0},
    {"Sonar token", "sqp_", kHex, 20, 40},
    {"Sonar token", "squ_", kHex, 20, 40},
    {"Sonar token", "sqa_", kHex, 20, 40},
    {"Sourcegraph token", "sgp_", kWord, 32, 0},
    {"Scalingo token", "tk-us-", kWord, 32, 48},
    {"Duffel token", "duffel_live_", kWord, 16, 43},
    {"Duffel token", "duffel_test_", kWord, 16, 43},
    {"Flutterwave key", "FLWSECK_TEST-", kWord, 12, 0},
    {"Flutterwave key", "FLWSECK-", kWord, 12, 0},
    {"Frame.io token", "fio-u-", kWord, 20, 64},
    {"Infracost key", "ico-", kAlnum, 32, 32},
    {"EasyPost key", "EZAK", kAlnum, 54, 54},
    {"EasyPost key", "EZTK", kAlnum, 54, 54},
    {"Typeform token", "tfp_", kDotted, 32, 59},
    {"Adobe client secret", "p8e-", kAlnum, 32, 32},
    {"Yandex key", "AQVN", kWord, 35, 36},
    {"Yandex token", "y0_", kWord, 40, 0},
    {"Defined Networking token", "dnkey-", kWord, 32, 79},
    {"Cloudflare key", "v1.0-", kWord, 60, 171},
    {"OpenShift token", "sha256~", kWord, 32, 43},
    {"Octopus Deploy key", "API-", kUpper, 26, 26},
    {"SettleMint token", "sm_aat_", kAlnum, 12, 16},
    {"SettleMint token", "sm_pat_", kAlnum, 12, 16},
    {"SettleMint token", "sm_sat_", kAlnum, 12, 16},
    {"Plaid token", "access-production-", kWord, 32, 36},
    {"Plaid token", "access-sandbox-", kWord, 32, 36},
    {"Scaleway key", "SCW", kUpper, 17, 17},
    {"Airtable token", "pat", kDotted, 79, 79},
    {"Terraform Cloud token", "atlasv1.", kWord, 32, 0},
    {"Azure DevOps token", "azdo_", kAlnum, 32, 0},
    // Hashes of passwords: what was behind them can be guessed.
    {"password hash", "$1$", kBase64, 20, 0},
    {"password hash", "$5$", kBase64, 20, 0},
    {"password hash", "$6$", kBase64, 20, 0},
    {"password hash", "$y$", kBase64, 20, 0},
    {"password hash", "$2a$", kBase64, 20, 0},
    {"password hash", "$2b$", kBase64, 20, 0},
    {"password hash", "$2y$", kBase64, 20, 0},
    {"password hash", "$apr1$", kBase64, 20, 0},
    {"password hash", "$argon2", kBase64, 20, 0},
    {"password hash", "SCRAM-SHA-256$", kBase64, 20, 0},
    {"password hash", "{SSHA}", kBase64, 20, 0},
};

bool isIn(Alphabet alphabet, char c) {
    switch (alphabet) {
    case Alphabet::Hex:
        return hexValue(c) >= 0;
    case Alphabet::Upper:
        return isUpper(c) || isDigit(c);
    case Alphabet::Alnum:
        return isAlnum(c);
    case Alphabet::Word:
        return isAlnum(c) || c == '_' || c == '-';
    case Alphabet::Dotted:
        return isNameCharacter(c) || c == '=';
    case Alphabet::Base64:
        return isAlnum(c) || std::strchr("+/=_-.$:,", c) != nullptr;
    }
    return false;
}

std::string literal(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (!isAlnum(c) && c != '_')
            escaped += '\\';
        escaped += c;
    }
    return escaped;
}

constexpr qsizetype kClearPrefix = 6; // characters; no word has a longer one in its midst

// One automaton for all prefixes. The longest comes first, as RE2 takes the first that fits.
const SearchPattern &prefixes() {
    static const SearchPattern pattern([] {
        std::set<std::string_view> all;
        for (const Shape &shape : kShapes)
            all.insert(shape.prefix);
        std::vector<std::string_view> sorted(all.begin(), all.end());
        std::stable_sort(sorted.begin(), sorted.end(), [](auto a, auto b) { return a.size() > b.size(); });
        std::string text = "eyJ"; // a JSON web token
        for (const std::string_view prefix : sorted)
            text += '|' + literal(prefix);
        return text;
    }());
    return pattern;
}

// Runs of characters of one alphabet. Each is measured once, however many prefixes stand in it.
class Runs {
public:
    explicit Runs(const TextView &view) : m_view(view) {}

    qsizetype end(qsizetype from, Alphabet alphabet) {
        Known &known = m_known.at(static_cast<size_t>(alphabet));
        if (from < known.from || from > known.to)
            known = {from, from};
        else if (from < known.to)
            return known.to;
        while (known.to < m_view.size() && m_view.at(known.to) != '\0' && isIn(alphabet, m_view.at(known.to)))
            ++known.to;
        return known.to;
    }

    bool hasDigit(qsizetype from, qsizetype to) {
        if (from < m_digit.from || from > m_digit.to) {
            const auto begin = m_view.bytes().begin();
            m_digit = {from, std::find_if(begin + from, begin + m_view.size(), isDigit) - begin};
        }
        return m_digit.to < to;
    }

private:
    struct Known {
        qsizetype from = -1;
        qsizetype to = -1; // what was sought is there, and not before
    };

    const TextView &m_view;
    std::array<Known, 6> m_known; // by alphabet
    Known m_digit;
};

// Where it goes on behind one line end or blank, when just what is missing stands there.
qsizetype behindBreak(const TextView &view, Runs &runs, qsizetype from, qsizetype end, const Shape &shape) {
    const qsizetype missing = shape.whole - (end - from);
    if (shape.whole == 0 || missing <= 0)
        return end;
    qsizetype next = end;
    if (view.at(next) == '\r')
        ++next;
    if (view.at(next) != '\n' && view.at(next) != ' ')
        return end;
    ++next;
    const qsizetype rest = runs.end(next, shape.alphabet);
    return rest - next == missing ? rest : end;
}

// Header and payload are JSON, so that both begin with eyJ; the signature may be cut off.
qsizetype webTokenEnd(const TextView &view, Runs &runs, qsizetype from) {
    const qsizetype header = runs.end(from, Alphabet::Word);
    if (header - from < 10 || view.at(header) != '.')
        return from;
    const qsizetype payload = runs.end(header + 1, Alphabet::Word);
    if (payload - header < 9)
        return from;
    return view.at(payload) == '.' ? runs.end(payload, Alphabet::Dotted) : payload;
}

bool isTrailing(char c) {
    return c == '.' || c == ',' || c == ':' || c == '-';
}

qsizetype tokenEnd(const TextView &view, Runs &runs, qsizetype from, std::string_view prefix,
                   const char **kind) {
    for (const Shape &shape : kShapes) {
        if (shape.prefix != prefix)
            continue;
        const qsizetype begin = from + static_cast<qsizetype>(prefix.size());
        qsizetype end = runs.end(begin, shape.alphabet);
        end = behindBreak(view, runs, begin, end, shape);
        while (end > begin && isTrailing(view.at(end - 1)))
            --end;
        // Words that a short prefix begins are longer or shorter than its tokens.
        const bool isExact = shape.min == shape.whole;
        if (end - begin < shape.min || (isExact && end - begin != shape.whole))
            continue;
        // "sk-learn-contrib-packages" is not a key: there is no digit in it.
        if (!runs.hasDigit(begin, end) && shape.min >= 12 && shape.alphabet != Alphabet::Upper &&
            prefix.size() < 6)
            continue;
        *kind = shape.kind;
        return end;
    }
    return from;
}

} // namespace

void findTokens(const TextView &view, FoundSecrets &found) {
    Runs runs(view);
    qsizetype from = 0;
    while (const auto hit = prefixes().next(view.bytes(), from)) {
        from = hit->from + 1;
        const bool isWithinWord = isAlnum(view.at(hit->from)) && isAlnum(view.at(hit->from - 1));
        if (isWithinWord && hit->to - hit->from < kClearPrefix)
            continue;
        const std::string_view prefix(view.bytes().constData() + hit->from,
                                      static_cast<size_t>(hit->to - hit->from));
        const char *kind = "JSON web token";
        const qsizetype end = prefix == "eyJ" ? webTokenEnd(view, runs, hit->from)
                                              : tokenEnd(view, runs, hit->from, prefix, &kind);
        if (end <= hit->from)
            continue;
        found.push_back({hit->from, end, kind});
        from = end;
    }
}

int vendorCount() {
    std::set<std::string_view> vendors;
    for (const Shape &shape : kShapes) {
        const std::string_view kind(shape.kind);
        vendors.insert(kind.substr(0, kind.rfind(' ')));
    }
    return static_cast<int>(vendors.size());
}

} // namespace slipway
