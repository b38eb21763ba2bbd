// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/redaction/secretkind.h"

#include <QRandomGenerator>

namespace slipway::test {

namespace {

const QByteArray kSmall = "abcdefghijklmnopqrstuvwxyz";
const QByteArray kCapitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const QByteArray kShouted = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const QByteArray kUpperHex = "0123456789ABCDEF";

QByteArray drawn(QRandomGenerator &random, const QByteArray &alphabet, int length) {
    QByteArray text;
    while (text.size() < length)
        text += alphabet.at(random.bounded(static_cast<int>(alphabet.size())));
    return text;
}

// Letters and digits in which one digit at least stands between letters, as in no name.
QByteArray mixed(QRandomGenerator &random, int length) {
    QByteArray text = drawn(random, kAlnum, length);
    text[1] = drawn(random, "23456789", 1).front();
    text[2] = drawn(random, kCapitals, 1).front();
    text[0] = drawn(random, kSmall, 1).front();
    return text;
}

QByteArray phrase(QRandomGenerator &random, int words) {
    static const QList<QByteArray> list =
        QByteArray("abandon ability absent absorb abstract accident acoustic battery canyon cloud correct "
                   "donkey ember fabric giraffe harbor horse island jungle kitten lamp marble napkin orbit "
                   "planet quartz river staple stone tunnel umbrella velvet walnut yellow zebra")
            .split(' ');
    QList<QByteArray> chosen;
    while (chosen.size() < words)
        chosen.append(list.at(random.bounded(static_cast<int>(list.size()))));
    return chosen.join(' ');
}

// What only begins as a placeholder, a call, a list or a digest does.
void addValues(QRandomGenerator &random, QList<SecretKind> &kinds) {
    const auto values = [&] {
        return QList<QByteArray>{mixed(random, 7) + '(' + mixed(random, 9),
                                 mixed(random, 9) + '(' + mixed(random, 5) + ')' + mixed(random, 3),
                                 mixed(random, 9) + '(' + mixed(random, 6) + ')',
                                 mixed(random, 5) + '.' + mixed(random, 5) + '(' + mixed(random, 6) + ')',
                                 drawn(random, kSmall, 6) + '(' + mixed(random, 9),
                                 mixed(random, 9) + '(' + mixed(random, 9) + '!',
                                 '$' + mixed(random, 15),
                                 "$A" + drawn(random, "23456789", 2) + drawn(random, kShouted, 12),
                                 "{{" + mixed(random, 12),
                                 "{{" + mixed(random, 12) + "}}",
                                 "${" + mixed(random, 12),
                                 "${" + mixed(random, 12) + '}',
                                 "$(" + mixed(random, 12),
                                 "%(" + mixed(random, 12),
                                 "%(" + mixed(random, 12) + ")s",
                                 "%s" + mixed(random, 12),
                                 '<' + mixed(random, 12),
                                 '<' + drawn(random, kSmall, 14) + '>',
                                 '[' + drawn(random, kSmall, 14) + ']',
                                 '[' + mixed(random, 12) + ']',
                                 "var." + mixed(random, 12),
                                 "process.env." + mixed(random, 12),
                                 "os.environ" + mixed(random, 12),
                                 "sha256:" + mixed(random, 14),
                                 "SHA256:" + mixed(random, 30),
                                 "sha512:" + drawn(random, kHex, 64),
                                 "md5:" + drawn(random, kHex, 20),
                                 "ssh-rsa" + mixed(random, 12),
                                 "ssh-ed25519-" + mixed(random, 12)};
    };
    for (const QByteArray text :
         {"DB_PASSWORD=%", "{\"password\":\"%\"}", "password: %", "password = '%'", "API_TOKEN=%",
          "- name: DB_PASSWORD\n  value: %", "psql --password % -h db"}) {
        for (const QByteArray &value : values())
            kinds.append({text + " with " + value, text, value});
    }
}

void addLettersAlone(QRandomGenerator &random, QList<SecretKind> &kinds) {
    for (const QByteArray text :
         {"ansible_become_pass=%", "ansible_ssh_pass=%", "DB_PASS=%", "db.pass = %", "SMTP_PW=%", "pw=%",
          "admin_pwd=%", "user=a&pass=%&x=1", "export MYSQL_PASS=%"}) {
        kinds.append({text + " of letters", text, drawn(random, kSmall + kCapitals, 12)});
        kinds.append({text + " of small letters", text, drawn(random, kSmall, 12)});
    }
}

void addPhrases(QRandomGenerator &random, QList<SecretKind> &kinds) {
    for (const int words : {4, 6, 8, 12, 24}) {
        for (const QByteArray text :
             {"passphrase: %",       "passphrase = %",        "passphrase: \"%\"",
              "GPG_PASSPHRASE='%'",  "Passphrase: %",         "seed phrase: %",
              "Seed Phrase = \"%\"", "mnemonic: %",           "{\"mnemonic\":\"%\"}",
              "recovery phrase: %",  "RECOVERY_PHRASE=\"%\"", "seedPhrase: '%'",
              "backup phrase: %",    "password=\"%\"",        "{\"db_password\":\"%\"}",
              "passphrase:\n  %",    "passphrase: |\n  %",    "Your recovery phrase is: %",
              "secret phrase: %",    "PASSPHRASE=%"})
            kinds.append({text + " with words", text, phrase(random, words)});
    }
}

void addNames(QRandomGenerator &random, QList<SecretKind> &kinds) {
    const char *const texts[] = {
        // signs
        "DB_PASSWORD ?= %", "DB_PASSWORD := %", "DB_PASSWORD::=%", "DB_PASSWORD += %", "password ||= '%'",
        "password ?\?= \"%\"", "password -> %", "password => %", "password ->\"%\"", "password <- \"%\"",
        "DB_PASSWORD &&= %", "password --> %", "password ==> %", "password ~> '%'",
        // letters of full width and the like
        "password\uff1a%", "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44\uff1d%",
        "\uff24\uff22\uff3f\uff30\uff21\uff33\uff33\uff37\uff2f\uff32\uff24\uff1a %", "password\ufe55 %",
        "\u24df\u24d0\u24e2\u24e2\u24e6\u24de\u24e1\u24d3=%", "password\u3000=\u2003%",
        // lists
        "passwords: [\"%\", \"x\"]", "passwords: [\"x\", \"%\"]", "passwords = ['first one', '%']",
        "passwords: [%, other]", "db_passwords: [other, %]", "password=[\"%\"]", "api_tokens: ['%']",
        "passphrases: [\"%\"]", "passwds = [\"%\"]", "passwords=(\"x\" \"%\")", "passwords = ('x', '%')",
        "passwords = {\"a\": \"%\"}", "passwords: {root: %}", "passwords:\n  - first9one\n  - %",
        // defaults and quotes
        "password = getenv(\"DB_PASSWORD\", \"%\")", "password = os.environ.get('DB_PASSWORD', '%')",
        "password = os.getenv(\"DB_PASSWORD\") or \"%\"", "password = process.env.DB_PASSWORD || '%'",
        "password = process.env.DB_PASSWORD ?\? '%'", "DB_PASSWORD=${DB_PASSWORD:=%}",
        "password: ${DB_PASSWORD:%}", "DB_PASSWORD=$(echo %)", "password = Secret.new(\"%\")",
        "DB_PASSWORD=ab'%", "DB_PASSWORD='it''%'",
        // words behind the name
        "password_backup=%", "password_before=%", "passwordAfter: %", "old_password=%", "previousPassword=%",
        "password_previous=%", "password_for_db=%", "PASSWORD_FOR_ADMIN: %", "passwordForDb = '%'",
        "password_of_root=%", "{\"password_for_node_a\":\"%\"}", "password_tmp=%", "password_again=%",
        "token_for_ci=%", "secret_of_signing: %", "password_root=%", "password_last: %",
        "passwordAdmin = '%'", "{\"password_mysql\":\"%\"}", "PASSWORD_PEPPER=%", "PGPASS=%", "rootpw=%",
        "SECRET_SALT=%", "password_salt: %", "AUTH_SALT='%'", "WALLET_SEED=%", "wallet_seed: %",
        "MASTER_SEED=%",
        // commands
        "curl -su admin:% https://h", "curl -sSfLu admin:% https://h", "curl -suadmin:% https://h",
        "curl -ksu 'admin:%' https://h", "curl --user=admin:% https://h", "curl --user=\"admin:%\" https://h",
        "curl --proxy-user=me:% https://h", "curl -s --oauth2-bearer % https://h",
        "http --auth=admin:% https://h", "zip -rP % a.zip b", "ldapsearch -xw % -b dc",
        "[\"curl\",\"-su\",\"admin:%\"]", "curl.exe -u admin:% https://h",
        "curl -XPOST -d @x -su admin:% https://h", "mysql -sp% -h db",
        // sentences of programs
        "Setting password to %", "Using password %", "Generated password % for admin",
        "Password for root was set to %", "Password of admin is %", "the initial password will be %",
        "Password for the elastic user (reset with elasticsearch-reset-password):\n  %",
        "ConvertTo-SecureString -AsPlainText -Force -String \"%\"",
        "'%' | ConvertTo-SecureString -AsPlainText",
        "[Note] A temporary password is generated for root@localhost: %",
        "A random password was created for admin: %",
        "Please use the following password to proceed to installation:\n\n%",
        "use the following password:\n%", "password set to %", "Password has been set to '%'",
        "root password was changed to %", "the password is now %",
        "$p = ConvertTo-SecureString \"%\" -AsPlainText -Force",
        "ConvertTo-SecureString -String '%' -AsPlainText", "ConvertTo-SecureString % -AsPlainText",
        "gpg --batch --passphrase-fd 3 3<<< %", "gpg --passphrase-fd 3 <<< %",
        "docker login --password-stdin r <<< '%'", "sudo -S id <<< \"%\"",
        "echo % | gpg --batch --passphrase-fd 0 -d x"};
    for (const QByteArray text : texts)
        kinds.append({text.simplified(), text, mixed(random, 16)});
}

void addDigits(QRandomGenerator &random, QList<SecretKind> &kinds) {
    const auto add = [&](const QByteArray &text, const QByteArray &alphabet, int length) {
        kinds.append({text.simplified(), text, drawn(random, alphabet, length)});
    };
    for (const QByteArray text : {"12-word seed: %", "Seed: %"})
        kinds.append({text, text, phrase(random, 12)});
    for (const QByteArray text :
         {"PIN=%", "CARD_PIN=%", "pincode: %", "pin: %", "{\"pin\":\"%\"}", "{\"userPin\":%}"})
        add(text, "123456789", 6);
    add("passwordHash=%", kHex, 40);
    add("password_hash: %", kHex, 64);
    add("{\"passwordHash\":\"%\"}", kHex, 32);
    add("password_sha256=%", kHex, 64);
    add("PasswordDigest: %", kHex, 40);
    add("pw_hash=%", kHex, 40);
    add("rolpassword is md5% there", kHex, 32);
    add("ALTER ROLE r PASSWORD 'md5%'", kHex, 32);
    add("root localhost *% N", kUpperHex, 40);
    add("IDENTIFIED WITH mysql_native_password AS '*%'", kUpperHex, 40);
}

} // namespace

QList<SecretKind> oddSecrets(QRandomGenerator &random) {
    QList<SecretKind> kinds;
    addValues(random, kinds);
    addLettersAlone(random, kinds);
    addPhrases(random, kinds);
    addNames(random, kinds);
    addDigits(random, kinds);
    return kinds;
}

} // namespace slipway::test
