// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleetimport.h"

#include <QStringEncoder>
#include <QTest>

using namespace slipway;

namespace {

Result<FleetImport> importAny(const QByteArray &bytes, const QString &what) {
    const auto format = detectFleetFormat(bytes, what);
    if (!format)
        return format.error();
    switch (*format) {
    case FleetFormat::TerraformOutput:
        return importTerraformOutput(bytes, what);
    case FleetFormat::TerraformState:
        return importTerraformState(bytes, what);
    case FleetFormat::Doctl:
        return importDoctl(bytes, what);
    case FleetFormat::Csv:
        return importCsv(bytes, what);
    case FleetFormat::Ansible:
        return importAnsible(bytes, what);
    case FleetFormat::Cloud:
        return importCloud(bytes, what);
    case FleetFormat::Hosts:
        return importHosts(bytes, what);
    case FleetFormat::Slipway:
    case FleetFormat::SshConfig:
        break;
    }
    return Error{ErrorCode::Internal, fleetFormatName(*format)};
}

// "name role address private", a line a host.
QStringList hostsOf(const Result<FleetImport> &import) {
    QStringList lines;
    for (const Host &host : import ? import->fleet.hosts : QList<Host>())
        lines << QStringLiteral("%1 %2 %3 %4")
                     .arg(host.name, hostRoleName(host.role), host.address, host.privateAddress);
    return lines;
}

QString notesOf(const Result<FleetImport> &import) {
    return import ? import->notes.join(QLatin1Char('\n')) : import.error().text;
}

QByteArray utf16(const QByteArray &utf8, QStringConverter::Encoding encoding, bool withMark) {
    QStringEncoder encoder(encoding,
                           withMark ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
    return encoder.encode(QString::fromUtf8(utf8));
}

QByteArray instance(const QByteArray &more) {
    return R"({"attributes":{"id":"471","name":"node-a","ipv4_address":"203.0.113.71","ipv4_address_private":"10.0.0.1"})" +
           more + "}";
}

} // namespace

// What people have as an inventory. Each is taken whole, or what is left out is named with its place.
class InventoriesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void areTaken_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QStringList>("hosts");
        QTest::addColumn<QStringList>("named"); // in the notes
        const auto add = [](const char *name, const QByteArray &bytes, const char *hosts,
                            const char *named = "") {
            QTest::newRow(name) << bytes
                                << QString::fromUtf8(hosts).split(QLatin1Char('|'), Qt::SkipEmptyParts)
                                << QString::fromUtf8(named).split(QLatin1Char('|'), Qt::SkipEmptyParts);
        };
        add("a list of addresses",
            R"({"peer_ips":{"value":["203.0.113.11","203.0.113.12"]},"chaos_ip":{"value":"203.0.113.14"}})",
            "chaos chaos 203.0.113.14 203.0.113.14|peer-1 peer 203.0.113.11 203.0.113.11|peer-2 peer "
            "203.0.113.12 203.0.113.12");
        add("a map of addresses",
            R"({"droplet_ips":{"value":{"node-a":"203.0.113.11","chaos":"203.0.113.14"}}})",
            "chaos chaos 203.0.113.14 203.0.113.14|node-a peer 203.0.113.11 203.0.113.11");
        add("a list of objects",
            R"({"nodes":{"value":[{"name":"node-a","public":"203.0.113.11","private":"10.0.0.1"},{"name":"b","ipv4_address":"203.0.113.12"}]}})",
            "node-a peer 203.0.113.11 10.0.0.1|b peer 203.0.113.12 203.0.113.12");
        add("maps in maps",
            R"({"fleet":{"value":{"peers":{"a":{"public_ip":"203.0.113.1","private_ip":"10.0.0.1"}},"chaos":{"c":{"public_ip":"203.0.113.4"}}}}})",
            "c chaos 203.0.113.4 203.0.113.4|a peer 203.0.113.1 10.0.0.1");
        add("a load balancer is not a peer",
            R"({"ips":{"value":["203.0.113.11"]},"load_balancer_ip":{"value":"203.0.113.99"},"bastion":{"value":"203.0.113.98"}})",
            "host-1 peer 203.0.113.11 203.0.113.11", "load_balancer_ip|bastion");
        add("private lists next to public ones",
            R"({"node_ips":{"value":["203.0.113.1","203.0.113.2"]},"node_private_ips":{"value":["10.0.0.1","10.0.0.2"]}})",
            "node-1 peer 203.0.113.1 10.0.0.1|node-2 peer 203.0.113.2 10.0.0.2");
        add("an address twice is one machine",
            R"({"all_ips":{"value":["203.0.113.1"]},"nodes":{"value":{"a":{"public":"203.0.113.1"}}}})",
            "a peer 203.0.113.1 203.0.113.1", "all_ips[0]");
        add("null and no address",
            R"({"chaos":{"value":null},"ref":{"value":"v1"},"n":{"value":3},"a":{"value":"203.0.113.1"}})",
            "a peer 203.0.113.1 203.0.113.1", "chaos: is null|ref|n:");
        add("a list of one map, of 0.11",
            R"({"peer_nodes":{"type":"list","value":[{"node-a":{"public":"203.0.113.11","private":"10.0.0.3"}}]}})",
            "node-a peer 203.0.113.11 10.0.0.3");
        add("a bad entry next to a good one",
            R"({"peers":{"value":{"a":{"public":"203.0.113.1"},"b":{"public":"-oProxyCommand=id"},"../c":{"public":"203.0.113.3"}}}})",
            "a peer 203.0.113.1 203.0.113.1", "peers.b.public|../c");
        add("one output that is a list", R"(["203.0.113.1","203.0.113.2"])",
            "host-1 peer 203.0.113.1 203.0.113.1|host-2 peer 203.0.113.2 203.0.113.2");
        add("one output that is a text", "\"203.0.113.1\"\n", "host peer 203.0.113.1 203.0.113.1");
        add("IPv6 next to IPv4",
            R"({"a_ip":{"value":"203.0.113.1"},"a_ipv6":{"value":"2001:db8::1"},"b_ipv6":{"value":"2001:db8::2"}})",
            "a peer 203.0.113.1 203.0.113.1|b peer 2001:db8::2 2001:db8::2");

        add("a state file",
            R"({"version":4,"terraform_version":"1.9.8","lineage":"x","resources":[{"mode":"managed","type":"digitalocean_droplet","name":"peer","instances":[)" +
                instance(R"(,"index_key":"node-a")") + R"(]}]})",
            "node-a peer 203.0.113.71 10.0.0.1");
        add("deposed and tainted",
            R"({"version":4,"lineage":"x","resources":[{"module":"module.fleet","mode":"managed","type":"digitalocean_droplet","name":"p","instances":[)" +
                instance(R"(,"deposed":"0a1b")") + "," + instance(R"(,"status":"tainted")") + R"(]}]})",
            "node-a peer 203.0.113.71 10.0.0.1", "module.fleet.digitalocean_droplet.p: is deposed|tainted");
        add("a state file of 0.11",
            R"({"version":3,"lineage":"x","modules":[{"path":["root","fleet"],"resources":{"digitalocean_droplet.p.0":{"type":"digitalocean_droplet","primary":{"id":"471","attributes":{"id":"471","name":"node-a","ipv4_address":"203.0.113.71","tags.#":"1","tags.0":"gate"}}}}}]})",
            "node-a peer 203.0.113.71 203.0.113.71");
        const QByteArray show = R"({"format_version":"1.0","values":{"root_module":{"resources":[%]}}})";
        const auto shown = [&](const QByteArray &resources) {
            return QByteArray(show).replace("%", resources);
        };
        add("two providers",
            shown(
                R"({"address":"digitalocean_droplet.a","type":"digitalocean_droplet","values":{"id":"1","name":"a","ipv4_address":"203.0.113.1"}},{"address":"hcloud_server.b","type":"hcloud_server","values":{"id":"7","name":"b","ipv4_address":"203.0.113.2"}},{"address":"aws_instance.c","type":"aws_instance","values":{"id":"i-0a","public_ip":"203.0.113.3","private_ip":"10.0.0.3","tags":{"Name":"c"}}})"),
            "a peer 203.0.113.1 203.0.113.1|b peer 203.0.113.2 203.0.113.2|c peer 203.0.113.3 10.0.0.3");
        add("what is not a machine",
            shown(
                R"({"address":"digitalocean_droplet.a","type":"digitalocean_droplet","values":{"id":"1","name":"a","ipv4_address":"203.0.113.1"}},{"address":"digitalocean_loadbalancer.lb","type":"digitalocean_loadbalancer","values":{"id":"2","name":"lb","ip":"203.0.113.9"}},{"address":"data.digitalocean_droplet.x","mode":"data","type":"digitalocean_droplet","values":{"id":"3","name":"x","ipv4_address":"203.0.113.8"}})"),
            "a peer 203.0.113.1 203.0.113.1", "digitalocean_loadbalancer.lb|data.digitalocean_droplet.x");
        add("by IPv6 alone",
            shown(
                R"({"address":"digitalocean_droplet.a","type":"digitalocean_droplet","values":{"id":"1","name":"chaos","ipv4_address":"","ipv6_address":"2001:db8::5","ipv4_address_private":"10.0.0.5"}})"),
            "chaos chaos 2001:db8::5 10.0.0.5", "IPv6");
        add("a deposed object that is shown",
            shown(
                R"({"address":"digitalocean_droplet.a","type":"digitalocean_droplet","deposed_key":"0a","values":{"id":"9","name":"a","ipv4_address":"203.0.113.9"}},{"address":"digitalocean_droplet.a","type":"digitalocean_droplet","values":{"id":"1","name":"a","ipv4_address":"203.0.113.1"}})"),
            "a peer 203.0.113.1 203.0.113.1", "digitalocean_droplet.a: is deposed");
        add("a plan of what exists",
            R"({"format_version":"1.2","planned_values":{},"prior_state":{"values":{"root_module":{"resources":[{"address":"digitalocean_droplet.a","type":"digitalocean_droplet","values":{"id":"1","name":"a","ipv4_address":"203.0.113.1"}}]}}}})",
            "a peer 203.0.113.1 203.0.113.1", "is a plan");

        add("doctl's table",
            "ID      Name      Public IPv4     Private IPv4    Status    Tags\n"
            "3164    node-a    203.0.113.21    10.0.0.21       active    gate\n"
            "3165    chaos     203.0.113.27                    active    \n"
            "3166    new                                       new       \n",
            "node-a peer 203.0.113.21 10.0.0.21|chaos chaos 203.0.113.27 203.0.113.27",
            "line 4: new has no address");
        add("doctl's columns without a header",
            "3164009    w1        203.0.113.19\n3164017    chaos     203.0.113.27\n",
            "w1 peer 203.0.113.19 203.0.113.19|chaos chaos 203.0.113.27 203.0.113.27");
        add("the API's answer",
            R"({"droplets":[{"id":1,"name":"a","networks":{"v4":[{"ip_address":"203.0.113.1","type":"public"}]}},{"id":0.5,"name":"b","networks":{}}]})",
            "a peer 203.0.113.1 203.0.113.1", "[1].id: must be a whole number above 0 (b)");
        add("AWS",
            R"({"Reservations":[{"Instances":[{"InstanceId":"i-0abc","PublicIpAddress":"203.0.113.60","PrivateIpAddress":"10.0.0.5","Tags":[{"Key":"Name","Value":"node-a"}]},{"InstanceId":"i-1","Tags":[]}]}]})",
            "node-a peer 203.0.113.60 10.0.0.5", "[0].Instances[1]");
        add("Hetzner",
            R"([{"id":7,"name":"node-a","public_net":{"ipv4":{"ip":"203.0.113.50"}},"private_net":[{"ip":"10.0.0.5"}]}])",
            "node-a peer 203.0.113.50 10.0.0.5");

        add("semicolons, a mark and CRLF",
            "\xEF\xBB\xBFname;address;role\r\nnode-a;203.0.113.11;peer\r\nchaos;203.0.113.14;chaos\r\n",
            "node-a peer 203.0.113.11 203.0.113.11|chaos chaos 203.0.113.14 203.0.113.14");
        add("tabs", "name\taddress\nnode-a\t203.0.113.11\n", "node-a peer 203.0.113.11 203.0.113.11");
        add("other headings", "Hostname,IP Address,Private IP,SSH User\nnode-a,203.0.113.11,10.0.0.1,root\n",
            "node-a peer 203.0.113.11 10.0.0.1");
        add("a heading that is ssh's word", "Host\tIP\nnode-a\t203.0.113.11\n",
            "node-a peer 203.0.113.11 203.0.113.11");
        add("another column", "name,address,notes\nnode-a,203.0.113.11,\"first, floor\"\n",
            "node-a peer 203.0.113.11 203.0.113.11", "\"notes\"");
        add("capitals and an empty row",
            "name,address,role\nnode-a,203.0.113.11,Peer\nx,203.0.113.14,CHAOS\n,,\n",
            "node-a peer 203.0.113.11 203.0.113.11|x chaos 203.0.113.14 203.0.113.14");
        add("a comment first", "\"# DO export\"\nname,address\nnode-a,203.0.113.11\n",
            "node-a peer 203.0.113.11 203.0.113.11");
        add("Excel's separator", "sep=;\nname;address\nnode-a;203.0.113.11\n",
            "node-a peer 203.0.113.11 203.0.113.11");
        add("bad rows",
            "name,address,port,role\na,203.0.113.1,22,peer\nb,203.0.113.2,70000,\nc,-h,,\nd,203.0.113.4,,"
            "boss\ne,203.0.113.5,,,more\nf\n\"g,203.0.113.7\nh,203.0.113.8,,\n",
            "a peer 203.0.113.1 203.0.113.1|h peer 203.0.113.8 203.0.113.8",
            "line 3: port cannot be \"70000\" (b)|line 4: address|line 5: role cannot be \"boss\" (d)|line "
            "6: has 5 cells|line 7: has 1 cells|line 8: a quote");

        add("Ansible, INI",
            "bare ansible_host=203.0.113.9\n[peers]\nnode-a ansible_host=203.0.113.11 ansible_user=root "
            "private_ip=10.0.0.3 # first\n"
            "node-b:2222 ansible_host=\"203.0.113.12\"\nnode-[c:d] ansible_host=203.0.113.13\n; "
            "no\n[load]\nload-1 ansible_host=203.0.113.14\n"
            "[chaos:children]\nload\n[all:vars]\nansible_ssh_private_key_file=~/.ssh/"
            "id\n[peers:oops]\nx\nopen ansible_host=\"1\n",
            "bare peer 203.0.113.9 203.0.113.9|node-a peer 203.0.113.11 10.0.0.3|node-b peer 203.0.113.12 "
            "203.0.113.12|node-c peer 203.0.113.13 203.0.113.13|node-d peer 203.0.113.13 203.0.113.13|load-1 "
            "chaos 203.0.113.14 203.0.113.14",
            "[peers:oops]");
        add("Ansible, bad lines",
            "[peers]\nnode-a ansible_host=203.0.113.11\nopen ansible_host=\"1\nword ansible_host=203.0.113.1 "
            "stray\nlocal ansible_connection=local\nwin ansible_host=203.0.113.2 "
            "ansible_connection=winrm\ntpl ansible_host={{x}}\nbad ansible_host=203.0.113.3 "
            "ansible_port=none\nun_der ansible_host=203.0.113.4\n-x ansible_host=203.0.113.5\n",
            "node-a peer 203.0.113.11 203.0.113.11|un_der peer 203.0.113.4 203.0.113.4",
            "line 3|line 4: word|line 5: local|line 6: win|line 7: tpl|line 8: bad|line 10: -x");
        add("Ansible, YAML",
            "all:\n  vars: {ansible_user: root}\n  children:\n    peers:\n      hosts:\n        node-a: "
            "{ansible_host: 203.0.113.11, ansible_port: 2222}\n        node-b: &b {ansible_host: "
            "203.0.113.12}\n        node-c:\n          <<: *b\n          private_ip: 10.0.0.3\n    chaos:\n  "
            "    hosts:\n        c1: {ansible_host: 203.0.113.14}\n      oops: 1\n",
            "node-a peer 203.0.113.11 203.0.113.11|node-b peer 203.0.113.12 203.0.113.12|node-c peer "
            "203.0.113.12 10.0.0.3|c1 chaos 203.0.113.14 203.0.113.14",
            "line 14: chaos.oops");
        add("Ansible, --list",
            R"({"_meta":{"hostvars":{"c1":{"ansible_host":"203.0.113.14"},"node-a":{"ansible_host":"203.0.113.11","ansible_port":2222}}},"all":{"children":["ungrouped","gate"]},"gate":{"children":["peers","chaos"]},"peers":{"hosts":["node-a"]},"chaos":{"hosts":["c1"]}})",
            "c1 chaos 203.0.113.14 203.0.113.14|node-a peer 203.0.113.11 203.0.113.11");

        add("addresses alone", "# mine\n203.0.113.11\n203.0.113.12\n",
            "203.0.113.11 peer 203.0.113.11 203.0.113.11|203.0.113.12 peer 203.0.113.12 203.0.113.12");
        add("/etc/hosts",
            "127.0.0.1 localhost\n::1 ip6-localhost\nff02::1 ip6-allnodes\n203.0.113.11 node-a "
            "node-a.example.net\n203.0.113.14\tchaos # load\n",
            "node-a peer 203.0.113.11 203.0.113.11|chaos chaos 203.0.113.14 203.0.113.14",
            "line 1: 127.0.0.1|line 2: ::1|line 3: ff02::1");
        add("names first", "node-a 203.0.113.11\nchaos 203.0.113.14\n",
            "node-a peer 203.0.113.11 203.0.113.11|chaos chaos 203.0.113.14 203.0.113.14");
        add("users and ports", "root@203.0.113.11:2222\nada@node-b.example.net\n[2001:db8::1]:22\n",
            "203.0.113.11 peer 203.0.113.11 203.0.113.11|node-b.example.net peer node-b.example.net "
            "node-b.example.net|2001-db8-1 peer 2001:db8::1 2001:db8::1");
        add("tailscale status",
            "100.64.0.1      node-a               me@        linux   -\n100.64.0.2      chaos               "
            "me@        linux   offline, last seen 1h ago\n100.64.0.3 b me@ linux active; direct "
            "203.0.113.14:41641, tx 1 rx 2\n",
            "node-a peer 100.64.0.1 100.64.0.1|chaos chaos 100.64.0.2 100.64.0.2|b peer 100.64.0.3 "
            "100.64.0.3",
            "chaos is offline");
        add("names without a header", "node-a,203.0.113.11,peer\nx,203.0.113.14,chaos\n",
            "node-a peer 203.0.113.11 203.0.113.11|x chaos 203.0.113.14 203.0.113.14");
    }

    void areTaken() {
        QFETCH(QByteArray, bytes);
        QFETCH(QStringList, hosts);
        QFETCH(QStringList, named);
        const auto import = importAny(bytes, QStringLiteral("given"));
        if (!hosts.isEmpty())
            QVERIFY2(import.ok(), qPrintable(notesOf(import)));
        QCOMPARE(hostsOf(import), hosts);
        for (const QString &one : named)
            QVERIFY2(notesOf(import).contains(one), qPrintable(one + QLatin1Char('\n') + notesOf(import)));
        // In any encoding, and with any line end, it is the same.
        for (const auto encoding : {QStringConverter::Utf16LE, QStringConverter::Utf16BE}) {
            for (const bool withMark : {true, false})
                QCOMPARE(hostsOf(importAny(utf16(bytes, encoding, withMark), QStringLiteral("given"))),
                         hosts);
        }
        QCOMPARE(hostsOf(importAny("\xEF\xBB\xBF" + bytes, QStringLiteral("given"))), hosts);
        QCOMPARE(hostsOf(importAny(QByteArray(bytes).replace("\r\n", "\n").replace("\n", "\r\n"),
                                   QStringLiteral("given"))),
                 hosts);
    }

    void variablesAreOfTheNearest() {
        const auto import =
            importAnsible("[a]\nh ansible_host=203.0.113.1\n[b:children]\na\n[all:vars]\nansible_user=all\n"
                          "[b:vars]\nansible_user=b\nansible_port=1\n[a:vars]\nansible_port=2\n",
                          QStringLiteral("i"));
        QVERIFY(import.ok());
        QCOMPARE(import->fleet.hosts.constFirst().user, QStringLiteral("b"));
        QCOMPARE(import->fleet.hosts.constFirst().port, quint16(2));
        QCOMPARE(import->fleet.hosts.constFirst().group, QStringLiteral("a"));
    }

    void whatIsNotTextIsRefused() {
        for (const QByteArray &bytes :
             {QByteArray("name,address\n\xff\xfe\xfd,h\n"), QByteArray("a\0b\n\n", 5)}) {
            const auto format = detectFleetFormat(bytes, QStringLiteral("given"));
            QVERIFY(!format);
            QVERIFY2(format.error().text.contains(QStringLiteral("line")), qPrintable(format.error().text));
        }
    }

    void aHostileYamlEnds() {
        QByteArray bombs = "a: &a [x,x,x,x,x,x,x,x,x]\n";
        for (char c = 'b'; c < 'k'; ++c)
            bombs += QByteArray(1, c) + ": &" + c + " [*" + char(c - 1) + ",*" + char(c - 1) + ",*" +
                     char(c - 1) + "]\n";
        for (const QByteArray &bytes :
             {bombs, QByteArray("all: &x\n  children:\n    y: *x\n"), QByteArray(100'000, '['),
              QByteArray("all:\n  hosts: &h\n    <<: *h\n"),
              QByteArray("all: !!python/object:os.system [x]\n"), QByteArray("all:\n  hosts:\n\tnode: 1\n"),
              QByteArray("- a\n- b\n"), QByteArray("all: *none\n")}) {
            const auto import = importAnsible(bytes, QStringLiteral("given"));
            QVERIFY(!import);
            QVERIFY2(import.error().text.contains(QStringLiteral("given")), qPrintable(import.error().text));
        }
    }

    void whatIsLeftOutIsReportedWithinABound() {
        QByteArray rows = "name,address\nnode-a,203.0.113.1\n";
        for (int i = 0; i < 2000; ++i)
            rows += "x,-h\n";
        const auto import = importCsv(rows, QStringLiteral("given"));
        QVERIFY(import.ok());
        QCOMPARE(import->notes.size(), 500);
    }
};

QTEST_APPLESS_MAIN(InventoriesTest)
#include "tst_inventories.moc"
