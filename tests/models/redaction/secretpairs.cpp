// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/redaction/secretkind.h"

#include <QRandomGenerator>

namespace slipway::test {

namespace {

QList<SecretKind> inTexts(QRandomGenerator &random, const QList<QByteArray> &texts) {
    QList<SecretKind> kinds;
    for (const QByteArray &text : texts)
        kinds.append({text.simplified(), text, canary(random, kAlnum, 20)});
    return kinds;
}

} // namespace

QList<SecretKind> brokenUpSecrets(QRandomGenerator &random) {
    const QByteArray token = "gh"
                             "p_";
    QList<SecretKind> kinds = inTexts(
        random, {"\033[2m07:00:00Z\033[0m \033[32m INFO\033[0m \033[3mpassword\033[0m\033[2m=\033[0m\"%\"",
                 "\033[3mapi_key\033[0m\033[2m=\033[0m%\033[0m", "\033[01;31m\033[KPASSWORD\033[m\033[K=%",
                 "pass\033[1mword\033[0m=%", "postgres://u:\033[1m%\033[0m@h/db",
                 "\033[3mauthorization\033[0m\033[2m=\033[0m\"Bearer %\"", "\033]0;title\007pass\033(Bword=%",
                 "^[[3mpassword^[[0m^[[2m=^[[0m\"%\"", "\\033[3mpassword\\033[0m\\033[2m=\\033[0m\"%\"",
                 "\\e[3mpassword\\e[0m=%", "[3mpassword[0m[2m=[0m\"%\"", "pass\u200bword=%",
                 "pass\u00adword=\ufeff%", token + "\u200b% was seen", "curl --user u:\\\n    % https://h",
                 "\u009b1mpass\u009b0mword=%", "pass\ufe0fword=%", "<b>password</b>: %",
                 "<span class='k'>password</span>=<span class='v'>%</span>"});
    // In the midst of the secret itself.
    for (const QByteArray between : {"\033[1m", "\u200b", "\u2060", "\\\n", "\\\r\n   ", "^[[0m"}) {
        for (const QByteArray &text :
             {token + "%", QByteArray("password=%"), QByteArray("https://u:%@h/x")}) {
            const QByteArray first = canary(random, kAlnum, 18);
            const QByteArray second = canary(random, kAlnum, 18);
            const QByteArray whole =
                "saw " + QByteArray(text).replace('%', first + between + second) + " there";
            kinds.append({text + " up to " + between.toHex(), whole, first});
            kinds.append({text + " behind " + between.toHex(), whole, second});
        }
    }
    return kinds;
}

QList<SecretKind> pairedSecrets(QRandomGenerator &random) {
    QList<SecretKind> kinds = inTexts(
        random,
        {"{\"value\":\"%\",\"name\":\"DB_PASSWORD\"}",
         "{\"value\":\"%\",\"key\":\"password\"}",
         "{\"value\": \"%\", \"type\": \"env\", \"name\": \"API_TOKEN\"}",
         "- value: %\n  name: DB_PASSWORD",
         "- value: \"%\"\n  name: DB_PASSWORD",
         "<add value=\"%\" key=\"Password\"/>",
         "[\"password\",\"%\"]",
         "[\"x-api-key\", \"%\"]",
         "[[\"a\",\"b\"],[\"Authorization\",\"%\"]]",
         "('password', '%')",
         "[('user', 'me'), ('password', '%')]",
         "SetEnvironmentVariable('DB_PASSWORD', '%')",
         "| password | % |",
         "| password | % | changed |",
         "\u2502 password \u2502 % \u2502",
         " user | password \n------+----------\n me   | %\n(1 row)",
         " user | password | age \n------+----------+-----\n me   | % |  12\n(1 row)",
         "+------+----------+\n| user | password |\n+------+----------+\n| me   | % |\n+------+----------+",
         "| user | api_key |\n|---|---|\n| you | - |\n| me | % |",
         "user,password\nme,%",
         "user;password;age\nme;%;12\nyou;x;13",
         "\"user\",\"password\"\n\"me\",\"%\"",
         "user\tpassword\nme\t%",
         "setx API_TOKEN %",
         "set -x API_TOKEN %",
         "set -gx DB_PASSWORD %",
         "setenv API_TOKEN %",
         "htpasswd -b f u %",
         "htpasswd -bc /etc/nginx/users admin %",
         "openssl enc -aes-256-cbc -k % -in x",
         "  ~ password = \"old\" -> \"%\"",
         "  ~ admin_password = \"older-one\" -> \"%\"",
         "  ~ password = null -> \"%\"",
         "token: Token(Secret(\"%\"))",
         "Config { password: Some(Secret(\"%\")), port: 1 }",
         "pw: %",
         "pw=%",
         "db_pw=%",
         "Kennwort=%",
         "Kennwort: %",
         "Passphrase: %",
         "{\"tokens\": [\"%\"]}",
         "tokens=%",
         "Unseal Key 1: %",
         "Recovery Key 12: %",
         "API key: %",
         "Secret Key: %",
         "Content-Disposition: form-data; name=\"password\"\r\n\r\n%\r\n--x",
         "Content-Disposition: form-data; name=\"password\"\nContent-Type: text/plain\n\n%\n--x",
         "db.example.com:5432:mydb:admin:%",
         "<property value=\"%\" name=\"password\"/>",
         "<name>password</name>\n<value>%</value>",
         "<entry key=\"password\">%</entry>",
         "aws configure set aws_secret_access_key %",
         "git config --global github.token %",
         "token: Token { inner: \"%\" }",
         "password=Secret(value='%')",
         "NAME   PASSWORD   AGE\nme     %   3d",
         "\"id\",\"password\",\"x\"\n\"a,b\",\"%\",\"c\"",
         "-[ RECORD 1 ]\nuser     | me\npassword | %",
         "[\"password\", [\"%\"]]",
         "{\"Name\":\"DB_PASSWORD\",\"Type\":\"String\",\"Value\":\"%\"}",
         "{\"value\":{\"stringValue\":\"%\"},\"key\":\"password\"}",
         "{\"key\":\"password\",\"value\":{\"stringValue\":\"%\"}}",
         "SET PASSWORD FOR u = '%'",
         "Kennwort lautet %",
         "mot de passe: %",
         "Enter passphrase for key: %",
         "password =>\n  %",
         "tokens:\n  - %",
         "{\"tokens\":{\"ci\":\"%\"}}",
         "{\"passwords\":{\"root\":\"%\"}}",
         "doctl -t % compute droplet list",
         "{\"tokens\":{\"name\":\"DB_PASSWORD\",\"n\":\"1\",\"value\":\"%\"}}",
         "{\"name\":\"password\"},{\"key\":\"DB_PASSWORD\",\"env\":\"prod\",\"value\":\"%\"}",
         "USER   PASSWORD\nme     x\n| password | % |",
         "*:*:*:admin:%"});
    const auto add = [&](const QByteArray &name, const QByteArray &text, const QByteArray &alphabet,
                         int length) {
        kinds.append({name, text, canary(random, alphabet, length)});
    };
    add("token of Telegram",
        "bot 123456789:A"
        "A% runs",
        kAlnum, 33);
    add("token of Telegram in a URL",
        "https://api.telegram.org/bot123456789:A"
        "A%/getMe",
        kAlnum, 33);
    add("token of Discord", "bot MTAxMjM0NTY3ODkwMTIzNDU2.G1aB2c.% runs", kAlnum, 38);
    add("secret next to the id of AWS",
        "AKIA"
        "IOSFODNN7EXAMPLX Aa%",
        kAlnum, 38);
    add("secret on the line below the id of AWS",
        "AKIA"
        "IOSFODNN7EXAMPLX\nAa%",
        kAlnum, 38);
    return kinds;
}

} // namespace slipway::test
