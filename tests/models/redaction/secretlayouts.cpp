// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/redaction/secretkind.h"

#include <QRandomGenerator>
#include <QStringEncoder>

namespace slipway::test {

namespace {

// How programs write lines: % is the line, # its number.
struct Layout {
    const char *name;
    QByteArray line;
};

const Layout kLayouts[] = {
    {"compose", "node-a-1  | %"},
    {"syslog", "Nov 30 07:00:0# vm sshd[12]: %"},
    {"quoted mail", "> %"},
    {"time and node", "07:00:0# node-a | %"},
    {"ISO time and level", "2026-11-30T07:00:0#.12#456Z  INFO node_a: %"},
    {"pod", "node-a-7d9f8b6c5d-x2x4z server %"},
    {"difference", "+%"},
    {"numbered", "     #\t%"},
    {"indented", "    %"},
    {"ends shown", "%$"},
    {"log of a pod", "[pod/node-a/server] %"},
    {"logfmt", "ts=2026-11-30T07:00:0#Z level=info msg=\"%\" n=1#"},
    {"program", "    \"%\" +"},
    {"colours", "\033[36mnode-a  |\033[0m %"},
    {"behind another value", "{\"id\":\"0a1b2c3d4e5f60718293\",\"n\":#} %"},
    {"array in lines", "    \"%\","},
    {"object a line", "{\"t\": \"2026-11-30T07:00:0#Z\", \"line\": \"%\"}"},
    {"Docker's log", "{\"log\":\"%\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-30T07:00:0#.123456789Z\"}"},
};

QByteArray laidOut(const QByteArray &layout, const QList<QByteArray> &lines) {
    QByteArray text;
    for (qsizetype i = 0; i < lines.size(); ++i)
        text += QByteArray(layout).replace('#', QByteArray::number(i % 10)).replace('%', lines.at(i)) + '\n';
    return text;
}

// A body of 64 characters a line, its last line shorter.
QList<QByteArray> keyLines(QRandomGenerator &random) {
    return {canary(random, kAlnum, 64), canary(random, kAlnum, 64), canary(random, kAlnum, 64),
            canary(random, kAlnum, 22) + "=="};
}

const QByteArray kBegin = "-----BEGIN PRIVATE"
                          " KEY-----";
const QByteArray kEnd = "-----END PRIVATE"
                        " KEY-----";

QList<QByteArray> wrapped(const QByteArray &letters, qsizetype width) {
    QList<QByteArray> lines;
    for (qsizetype i = 0; i < letters.size(); i += width)
        lines.append(letters.mid(i, width));
    return lines;
}

QByteArray inConfiguration(const QByteArray &secret) {
    return "user: x\nhost: db.example.org\nport: 5432\npassword: " + secret +
           "\nname: y\nmode: ro\nlevel: info\n";
}

} // namespace

QList<SecretKind> framedKeys(QRandomGenerator &random) {
    QList<SecretKind> kinds;
    const auto add = [&](const QByteArray &name, const QByteArray &text, const QList<QByteArray> &body) {
        kinds.append({"key, " + name, text, body.join('\n').replace('=', "")});
    };
    for (const Layout &layout : kLayouts) {
        QList<QByteArray> body = keyLines(random);
        add(layout.name, laidOut(layout.line, QList<QByteArray>{kBegin} + body + QList<QByteArray>{kEnd}),
            body);
        body = keyLines(random);
        add(QByteArray(layout.name) + ", its end cut off",
            laidOut(layout.line, QList<QByteArray>{kBegin} + body), body);
        body = keyLines(random);
        add(QByteArray(layout.name) + ", its beginning cut off",
            laidOut(layout.line, body + QList<QByteArray>{kEnd}), body);
    }
    QList<QByteArray> body = keyLines(random);
    add("list in one line",
        "[\"" + (QList<QByteArray>{kBegin} + body + QList<QByteArray>{kEnd}).join("\", \"") + "\"]", body);
    body = keyLines(random);
    add("list of Python",
        "['" + (QList<QByteArray>{kBegin} + body + QList<QByteArray>{kEnd}).join("', '") + "']", body);
    body = keyLines(random);
    QByteArray mixed = "node-a | " + kBegin + "\nnode-b | listening on port 9077\n";
    for (const QByteArray &line : body)
        mixed += "node-a | " + line + "\nnode-b | health is asked for\n";
    add("with another node's lines between", mixed + "node-a | " + kEnd, body);

    const QByteArray heads[] = {
        "MIIEvQIBADANBgkqhkiG9w0B", "MIIEpAIBAAKCAQEA",      "MHcCAQEEI",           "MIGkAgEBBD",
        "MIGHAgEAMBMGByqGSM49AgEG", "MC4CAQAwBQYDK2VwBCIEI", "b3BlbnNzaC1rZXktdjEA"};
    for (const QByteArray &head : heads) {
        body = keyLines(random);
        const QList<QByteArray> lines = wrapped(head + body.join(), 64);
        kinds.append({"key without marks, " + head, "key " + head + body.join() + " read",
                      body.join().replace('=', "")});
        kinds.append({"key without marks in lines, " + head, laidOut("node-a-1  | %", lines),
                      lines.join('\n').replace('=', "").mid(head.size())});
    }
    return kinds;
}

QList<SecretKind> wrappedSecrets(QRandomGenerator &random) {
    QList<SecretKind> kinds;
    const auto fromBase64 = [](const QByteArray &letters) { return QByteArray::fromBase64(letters); };
    const auto fromHex = [](const QByteArray &digits) { return QByteArray::fromHex(digits); };
    const auto fromWide = [](const QByteArray &letters) {
        return QByteArray::fromBase64(letters).replace('\0', "");
    };
    const auto add = [&](const QByteArray &name, const QByteArray &layout, const QByteArray &letters,
                         qsizetype width, const QByteArray &secret, auto decode) {
        kinds.append({name, "holds:\n" + laidOut(layout, wrapped(letters, width)) + "over.", secret,
                      [=](const QByteArray &text) {
                          const qsizetype before = layout.indexOf('%');
                          const qsizetype behind = layout.size() - before - 1;
                          const qsizetype from = text.indexOf("holds:\n") + 7;
                          QByteArray all;
                          for (const QByteArray &line :
                               text.mid(from, text.indexOf("\nover.") - from).split('\n'))
                              all += line.mid(before, line.size() - before - behind);
                          return text + decode(all);
                      }});
    };
    for (const Layout &layout : kLayouts) {
        for (const qsizetype width : {16, 20, 32, 50, 64, 76}) {
            const QByteArray secret = canary(random, kAlnum, 24);
            add("base64 in lines of " + QByteArray::number(width) + ", " + layout.name, layout.line,
                inConfiguration(secret).toBase64(), width, secret, fromBase64);
        }
        const QByteArray secret = canary(random, kAlnum, 24);
        add(QByteArray("hexadecimal digits, ") + layout.name, layout.line, inConfiguration(secret).toHex(),
            60, secret, fromHex);
    }
    for (const qsizetype width : {76, 10000}) {
        const QByteArray secret = canary(random, kAlnum, 24);
        QStringEncoder encoder(QStringConverter::Utf16LE, QStringConverter::Flag::Default);
        const QByteArray wide = encoder(QString::fromUtf8(inConfiguration(secret)));
        add("base64 of UTF-16, in lines of " + QByteArray::number(width), "%", wide.toBase64(), width, secret,
            fromWide);
    }
    const QByteArray secret = canary(random, kAlnum, 24);
    add("base64 that goes on behind backslashes", "%\\", inConfiguration(secret).toBase64(), 40, secret,
        fromBase64);
    return kinds;
}

} // namespace slipway::test
