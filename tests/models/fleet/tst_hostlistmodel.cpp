// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleetimport.h"
#include "models/fleet/hostfilterproxy.h"
#include "models/fleet/hostkeyfingerprint.h"
#include "models/fleet/hostlistmodel.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace slipway;

namespace {

Host hostOf(const QString &name, const QString &group, const QString &tag) {
    Host host = importedHost(name);
    host.address = host.privateAddress = QStringLiteral("203.0.113.") + QString::number(name.size());
    host.group = group;
    host.tags = {tag};
    return host;
}

Fleet gate() {
    Fleet fleet;
    fleet.name = QStringLiteral("gate");
    fleet.hosts = {hostOf(QStringLiteral("node-a"), QStringLiteral("right"), QStringLiteral("nyc3")),
                   hostOf(QStringLiteral("node-b"), {}, QStringLiteral("ams3")),
                   hostOf(QStringLiteral("node-c"), QStringLiteral("left"), QStringLiteral("nyc3")),
                   hostOf(QStringLiteral("chaos"), QStringLiteral("right"), QStringLiteral("ams3"))};
    return fleet;
}

QStringList shown(const QAbstractItemModel &model) {
    QStringList lines;
    for (int group = 0; group < model.rowCount(); ++group) {
        const QModelIndex at = model.index(group, 0);
        QString line = at.data().toString() + QLatin1Char(':');
        for (int row = 0; row < model.rowCount(at); ++row)
            line += QLatin1Char(' ') + model.index(row, 0, at).data().toString();
        lines << line;
    }
    return lines;
}

} // namespace

class HostListModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hostsStandUnderTheirGroups() {
        HostListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFleet(gate());
        QCOMPARE(shown(model),
                 (QStringList{QStringLiteral("left · 1: node-c"), QStringLiteral("right · 2: node-a chaos"),
                              QStringLiteral("No group · 1: node-b")}));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setCondition(QStringLiteral("chaos"),
                           {HostCondition::State::Problem, QStringLiteral("no disk")});
        QCOMPARE(changed.count(), 1);
        const QModelIndex chaos = model.indexOf(QStringLiteral("chaos"));
        QCOMPARE(chaos.siblingAtColumn(HostListModel::Condition).data().toString(),
                 QStringLiteral("no disk"));
        Fleet other = gate();
        model.setFleet(other);
        QCOMPARE(model.condition(QStringLiteral("chaos")).text, QStringLiteral("no disk"));
        other.name = QStringLiteral("other"); // its chaos is another machine
        model.setFleet(other);
        QCOMPARE(model.condition(QStringLiteral("chaos")), HostCondition());
        model.setFleet({});
        QCOMPARE(model.rowCount(), 0);
    }

    void aFilterKeepsWhatHasEveryWord() {
        HostListModel model;
        HostFilterProxy proxy;
        const QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
        proxy.setSourceModel(&model);
        model.setFleet(gate());
        proxy.setWords(QStringLiteral("NYC3"));
        QCOMPARE(shown(proxy),
                 (QStringList{QStringLiteral("left · 1: node-c"), QStringLiteral("right · 2: node-a")}));
        proxy.setWords(QStringLiteral("nyc3 node-c"));
        QCOMPARE(shown(proxy), QStringList{QStringLiteral("left · 1: node-c")});
        proxy.setWords(QStringLiteral("nyc3 chaos"));
        QVERIFY(shown(proxy).isEmpty());
        model.setFleet(gate());
        proxy.setWords({});
        QCOMPARE(shown(proxy).size(), 3);
    }

    void aDropRequestsTheMove() {
        HostListModel model;
        model.setFleet(gate());
        QSignalSpy requested(&model, &HostListModel::groupRequested);
        const QModelIndex host = model.indexOf(QStringLiteral("node-b"));
        const std::unique_ptr<QMimeData> dragged(
            model.mimeData({host, host.siblingAtColumn(1), model.indexOf(QStringLiteral("node-a"))}));
        QVERIFY(!model.dropMimeData(dragged.get(), Qt::MoveAction, -1, -1, {}));
        QCOMPARE(requested.count(), 0);
        model.dropMimeData(dragged.get(), Qt::MoveAction, -1, -1, model.indexOf(QStringLiteral("node-c")));
        QCOMPARE(requested.count(), 1);
        QCOMPARE(requested.at(0).at(0).toStringList(),
                 (QStringList{QStringLiteral("node-b"), QStringLiteral("node-a")}));
        QCOMPARE(requested.at(0).at(1).toString(), QStringLiteral("left"));
        QMimeData hostile;
        hostile.setData(QLatin1String(HostListModel::kMimeType), "nobody\n../x\n");
        model.dropMimeData(&hostile, Qt::MoveAction, -1, -1, model.index(0, 0));
        QCOMPARE(requested.count(), 1);
        QCOMPARE(model.fleet(), gate()); // the model moves nothing by itself
    }

    void fingerprintsAreThoseOfSsh() {
        // ssh-keygen -lf of this key
        QCOMPARE(
            hostKeyFingerprint(QStringLiteral(
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFjSrd1HOW9arfQojiY89X+QoS9CwyE6tAZ9Ji09KqWu someone")),
            QStringLiteral("SHA256:4iqOBNOeVA0p49fw+zajrsilmx1dKIelEd7oMjRgcMw"));
        for (const auto &line : {QStringLiteral("ssh-ed25519"), QStringLiteral("ssh-ed25519 ~~~"), QString(),
                                 QStringLiteral("-o AAAA"), QStringLiteral("AAAA")})
            QVERIFY2(hostKeyFingerprint(line).isEmpty(), qPrintable(line));
    }
};

QTEST_GUILESS_MAIN(HostListModelTest)
#include "tst_hostlistmodel.moc"
