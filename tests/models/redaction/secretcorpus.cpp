// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/redaction/secretcorpus.h"

#include "tests/models/redaction/secretkind.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QStringConverter>

namespace slipway::test {

namespace {

const QByteArray kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
// Prefix, alphabet and length as the vendors give them out. Written apart, so that no scanner of this source
// takes them for real.
void addVendors(QRandomGenerator &random, QList<SecretKind> &kinds) {
    const auto add = [&](const char *vendor, const QByteArray &prefix, const QByteArray &alphabet,
                         int length) {
        kinds.append({QByteArray("token of ") + vendor, "saw " + prefix + "% there",
                      canary(random, alphabet, length)});
    };
    add("DigitalOcean",
        "dop"
        "_v1_",
        kHex, 64);
    add("DigitalOcean OAuth",
        "doo"
        "_v1_",
        kHex, 64);
    add("GitHub",
        "gh"
        "p_",
        kAlnum, 36);
    add("GitHub server",
        "gh"
        "s_",
        kAlnum, 36);
    add("GitHub fine",
        "github"
        "_pat_",
        kAlnum, 82);
    add("GitLab",
        "gl"
        "pat-",
        kAlnum, 20);
    add("GitLab runner",
        "gl"
        "rt-",
        kAlnum, 20);
    add("Slack bot",
        "xo"
        "xb-123456789012-123456789012-",
        kAlnum, 24);
    add("Slack app",
        "xa"
        "pp-1-A0123456789-1234567890123-",
        kHex, 64);
    add("npm",
        "np"
        "m_",
        kAlnum, 36);
    add("AWS",
        "AK"
        "IA",
        kUpper, 16);
    add("Google",
        "AI"
        "za",
        kAlnum, 35);
    add("Google OAuth",
        "ya"
        "29.",
        kAlnum, 60);
    add("Google client",
        "GOC"
        "SPX-",
        kAlnum, 28);
    add("Anthropic",
        "sk"
        "-ant-api03-",
        kAlnum, 93);
    add("OpenAI",
        "sk"
        "-proj-",
        kAlnum, 74);
    add("Stripe",
        "sk"
        "_live_",
        kAlnum, 24);
    add("Stripe restricted",
        "rk"
        "_test_",
        kAlnum, 24);
    add("Hugging Face",
        "h"
        "f_",
        kAlnum, 34);
    add("Vault",
        "hv"
        "s.",
        kAlnum, 90);
    add("Docker",
        "dckr"
        "_pat_",
        kAlnum, 27);
    add("PyPI",
        "py"
        "pi-AgEIcHlwaS5vcmc",
        kAlnum, 70);
    add("RubyGems",
        "ruby"
        "gems_",
        kHex, 48);
    add("SendGrid",
        "S"
        "G.",
        kAlnum, 66);
    add("Brevo",
        "xkey"
        "sib-",
        kHex, 64);
    add("Mailgun",
        "ke"
        "y-",
        kHex, 32);
    add("Twilio",
        "S"
        "K",
        kHex, 32);
    add("Databricks",
        "da"
        "pi",
        kHex, 32);
    add("Doppler",
        "d"
        "p.pt.",
        kAlnum, 43);
    add("Grafana",
        "gl"
        "sa_",
        kAlnum, 32);
    add("New Relic",
        "NR"
        "AK-",
        kUpper, 27);
    add("Linear",
        "lin"
        "_api_",
        kAlnum, 40);
    add("PlanetScale",
        "pscale"
        "_tkn_",
        kAlnum, 43);
    add("Postman",
        "PM"
        "AK-",
        kHex, 24);
    add("Pulumi",
        "pu"
        "l-",
        kHex, 40);
    add("Shopify",
        "shp"
        "at_",
        kHex, 32);
    add("Square",
        "sq0"
        "csp-",
        kAlnum, 43);
    add("Atlassian",
        "ATA"
        "TT3",
        kAlnum, 186);
    add("Fly.io",
        "fo"
        "1_",
        kAlnum, 43);
    add("Tailscale",
        "ts"
        "key-auth-",
        kAlnum, 33);
    add("Supabase",
        "sb"
        "p_",
        kHex, 40);
    add("Sentry",
        "sntr"
        "yu_",
        kHex, 64);
    add("age",
        "AGE-SECRET"
        "-KEY-1",
        kUpper, 58);
    add("a JSON web token",
        "ey"
        "J" +
            QByteArray("hbGciOiJIUzI1NiJ9.ey") + "J",
        kAlnum, 60);
}

void addNamed(QRandomGenerator &random, QList<SecretKind> &kinds) {
    const char *const texts[] = {"password=%",
                                 "SSHPASS=%",
                                 "{\"Password\":{\"type\":\"text\",\"value\":\"%\"}}",
                                 "psql --password \\\n  % -h db",
                                 "the root password is % now",
                                 "generated password is: %",
                                 "user:%@tcp(127.0.0.1:3306)/db",
                                 "passwd=%",
                                 "DB_PASSWORD=%",
                                 "db.password = %",
                                 "pwd=%;",
                                 "Password: %",
                                 "password : %",
                                 "spring.datasource.password: %",
                                 "client_secret=%",
                                 "clientSecret: %",
                                 "SECRET_KEY=%",
                                 "api_key=%",
                                 "apikey: %",
                                 "x-api-key: %",
                                 "aws_secret_access_key = %",
                                 "AccountName=n;AccountKey=%",
                                 "access_token=%",
                                 "export API_TOKEN=%",
                                 "set TOKEN=%",
                                 "auth_token: %",
                                 "refreshToken=%",
                                 "private_key=%",
                                 "passphrase: %",
                                 "DB_PASS=%",
                                 "//registry.example.org/:_authToken=%",
                                 "psql --password % -h db",
                                 "tool --token=% run",
                                 "tool --api-key % run",
                                 "java -Dpassword=% x",
                                 "GET /x?access_token=%&n=1",
                                 "GET /x?n=1&api_key=%&m=2",
                                 "https://h.example.org/b?X-Amz-Signature=%",
                                 "https://h.example.org/b?sv=1&sig=%",
                                 "redis://:%@cache:6379/0",
                                 "postgres://user:%@db/x",
                                 "https://%@git.example.org/x.git",
                                 "amqp://u:%@mq",
                                 "Authorization: Bearer %",
                                 "authorization: token %",
                                 "Proxy-Authorization: Basic %",
                                 "X-Auth-Token: %",
                                 "Cookie: session=%",
                                 "Set-Cookie: sid=%; Path=/",
                                 "curl -H 'Authorization: Bearer %' https://h",
                                 "curl -u user:% https://h",
                                 "machine h login u password %",
                                 "sshpass -p % ssh h",
                                 "mysql -u root -p% db",
                                 "docker login -u u -p % r",
                                 "redis-cli -a % ping",
                                 "echo % | sudo -S id",
                                 "CREATE ROLE r PASSWORD '%'",
                                 "IDENTIFIED BY '%'",
                                 "config['password'] = '%'",
                                 "{'password': '%'}",
                                 "{:password => '%'}",
                                 "<password>%</password>",
                                 "<add key='Password' value='%'/>",
                                 "password: Some('%')",
                                 "Bearer %",
                                 "wifi psk=%"};
    for (const char *text : texts)
        kinds.append({QByteArray(text), text, canary(random, kAlnum, 20)});
}

void addBlocks(QRandomGenerator &random, QList<SecretKind> &kinds) {
    const auto lines = [&] {
        QByteArray body;
        for (int i = 0; i < 4; ++i)
            body += canary(random, kAlnum, 64) + '\n';
        return body;
    };
    for (const QByteArray type : {"", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "}) {
        const QByteArray mark = type + "PRIVATE" + " KEY-----";
        kinds.append({"key of " + type, "-----BEGIN " + mark + "\n%-----END " + mark, lines()});
    }
    kinds.append({"key whose beginning is cut off",
                  "%-----END PRIVATE"
                  " KEY-----",
                  lines()});
    kinds.append({"key whose end is cut off",
                  "-----BEGIN PRIVATE"
                  " KEY-----\n%",
                  lines()});
    kinds.append({"key of PuTTY", "Private-Lines: 4\n%Private-MAC: 00", lines()});
    kinds.append({"password on the next line", "password:\n  %", canary(random, kAlnum, 20)});
    kinds.append({"password as a block", "password: |\n  %", canary(random, kAlnum, 20)});
    kinds.append({"name and value", "- name: DB_PASSWORD\n  value: %", canary(random, kAlnum, 20)});
    kinds.append({"token over two lines",
                  "dop"
                  "_v1_%\n" +
                      QByteArray(40, 'a'),
                  canary(random, kHex, 24)});
}

struct Encoding {
    QByteArray name;
    bool isJson;
    std::function<QByteArray(const QByteArray &)> write;
    std::function<QByteArray(const QByteArray &)> read;
};

QByteArray asJson(const QByteArray &text) {
    return QJsonDocument(
               QJsonObject{{QStringLiteral("n"), 1}, {QStringLiteral("out"), QString::fromUtf8(text)}})
        .toJson(QJsonDocument::Compact);
}

QByteArray fromJson(const QByteArray &bytes) {
    return QJsonDocument::fromJson(bytes).object().value(QStringLiteral("out")).toString().toUtf8();
}

// Every letter as \u00xx.
QByteArray allEscaped(const QByteArray &text) {
    QByteArray escaped;
    for (const QChar c : QString::fromUtf8(text))
        escaped += "\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
    return "{\"out\":\"" + escaped + "\"}";
}

Encoding utf(const char *name, QStringConverter::Encoding encoding, bool hasMark) {
    return {name, false,
            [=](const QByteArray &text) {
                QStringEncoder encoder(encoding, hasMark ? QStringConverter::Flag::WriteBom
                                                         : QStringConverter::Flag::Default);
                return QByteArray(encoder(QString::fromUtf8(text)));
            },
            [=](const QByteArray &bytes) {
                QStringDecoder decoder(encoding);
                return QString(decoder(bytes)).toUtf8();
            }};
}

QList<Encoding> encodings() {
    const auto same = [](const QByteArray &text) { return text; };
    return {
        {"plain", false, same, same},
        {"JSON", true, asJson, fromJson},
        {"JSON in JSON", true, [](const QByteArray &text) { return asJson(asJson(text)); },
         [](const QByteArray &bytes) { return fromJson(fromJson(bytes)); }},
        {"JSON, all escaped", true, allEscaped, fromJson},
        {"URL-encoded", false, [](const QByteArray &text) { return text.toPercentEncoding(); },
         [](const QByteArray &bytes) { return QByteArray::fromPercentEncoding(bytes); }},
        {"base64", true, [](const QByteArray &text) { return "{\"base64\":\"" + text.toBase64() + "\"}"; },
         [](const QByteArray &bytes) {
             return QByteArray::fromBase64(QJsonDocument::fromJson(bytes)
                                               .object()
                                               .value(QStringLiteral("base64"))
                                               .toString()
                                               .toLatin1());
         }},
        {"JSON in base64", true,
         [](const QByteArray &text) { return "{\"base64\":\"" + asJson(text).toBase64() + "\"}"; },
         [](const QByteArray &bytes) {
             return fromJson(QByteArray::fromBase64(QJsonDocument::fromJson(bytes)
                                                        .object()
                                                        .value(QStringLiteral("base64"))
                                                        .toString()
                                                        .toLatin1()));
         }},
        utf("UTF-16LE with a mark", QStringConverter::Utf16LE, true),
        utf("UTF-16BE", QStringConverter::Utf16BE, false),
        utf("UTF-32LE", QStringConverter::Utf32LE, false),
    };
}

} // namespace

QList<SecretSample> secretSamples(quint32 seed) {
    QRandomGenerator random(seed);
    QList<SecretKind> kinds;
    addVendors(random, kinds);
    addNamed(random, kinds);
    addBlocks(random, kinds);
    kinds += framedKeys(random) + wrappedSecrets(random) + brokenUpSecrets(random) + pairedSecrets(random) +
             oddSecrets(random);
    QList<SecretSample> samples;
    for (const SecretKind &kind : kinds) {
        QByteArray text = kind.text;
        text.replace('%', kind.canary);
        text = QByteArray(kBefore) + "\n" + text + "\n" + kAfter;
        for (const Encoding &encoding : encodings())
            samples.append({kind.name + ", " + encoding.name, encoding.write(text), kind.canary,
                            encoding.isJson, [=](const QByteArray &bytes) {
                                const QByteArray plain = encoding.read(bytes);
                                return kind.read ? kind.read(plain) : plain;
                            }});
    }
    return samples;
}

} // namespace slipway::test
