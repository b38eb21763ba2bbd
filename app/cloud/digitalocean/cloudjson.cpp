// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/digitalocean/cloudjson.h"
#include "models/core/wholenumber.h"

#include "models/core/instant.h"

#include <QJsonArray>

namespace slipway {

namespace {

// Collects what identifies a thing; the first that is missing is the error.
class Answer {
public:
    explicit Answer(const QJsonObject &object) : m_object(object) {}

    qint64 id(const QString &key) {
        const qint64 number = wholeNumber(m_object.value(key)).value_or(0);
        if (number <= 0)
            miss(key, QStringLiteral("a positive number"));
        return number;
    }
    QString needed(const QString &key) {
        const QString text = m_object.value(key).toString();
        if (text.isEmpty())
            miss(key, QStringLiteral("a text"));
        return text;
    }
    [[nodiscard]] QString text(const char *key) const {
        return m_object.value(QLatin1String(key)).toString();
    }
    [[nodiscard]] bool flag(const char *key) const { return m_object.value(QLatin1String(key)).toBool(); }
    [[nodiscard]] QDateTime time(const char *key) const { return instantOf(text(key)); }
    [[nodiscard]] Money price(const char *key) const {
        return Money::ofDollars(m_object.value(QLatin1String(key)).toDouble());
    }
    [[nodiscard]] QStringList texts(const char *key) const {
        QStringList list;
        for (const QJsonValue value : m_object.value(QLatin1String(key)).toArray())
            list << value.toString();
        return list;
    }
    [[nodiscard]] QJsonObject object(const char *key) const {
        return m_object.value(QLatin1String(key)).toObject();
    }
    [[nodiscard]] QJsonArray array(const char *key) const {
        return m_object.value(QLatin1String(key)).toArray();
    }

    template <typename T>
    [[nodiscard]] Result<T> finish(T value) const {
        if (!m_problem.isEmpty())
            return Error{ErrorCode::Corrupt, m_problem};
        return value;
    }

private:
    void miss(const QString &key, const QString &expected) {
        if (m_problem.isEmpty())
            m_problem = QStringLiteral("its \"%1\" is not %2").arg(key, expected);
    }

    const QJsonObject &m_object;
    QString m_problem;
};

const QString kId = QStringLiteral("id");
const QString kName = QStringLiteral("name");
const QString kSlug = QStringLiteral("slug");

} // namespace

Result<CloudServer> parseServer(const QJsonObject &object) {
    Answer answer(object);
    CloudServer server;
    server.id = answer.id(kId);
    server.name = answer.needed(kName);
    server.status = answer.needed(QStringLiteral("status"));
    server.locked = answer.flag("locked");
    server.createdAt = answer.time("created_at");
    server.size = answer.text("size_slug");
    const QJsonObject size = answer.object("size");
    server.perHour = Answer(size).price("price_hourly");
    const QJsonObject region = answer.object("region");
    server.region = Answer(region).text("slug");
    server.networkId = answer.text("vpc_uuid");
    server.tags = answer.texts("tags");
    const QJsonObject networks = answer.object("networks");
    for (const QJsonValue entry : Answer(networks).array("v4")) {
        const QJsonObject network = entry.toObject();
        const Answer fields(network);
        QString &address =
            fields.text("type") == QLatin1String("public") ? server.publicAddress : server.privateAddress;
        if (address.isEmpty())
            address = fields.text("ip_address");
    }
    return answer.finish(server);
}

Result<CloudNetwork> parseNetwork(const QJsonObject &object) {
    Answer answer(object);
    return answer.finish(CloudNetwork{answer.needed(kId), answer.needed(kName), answer.text("description"),
                                      answer.text("region"), answer.text("ip_range"), answer.flag("default"),
                                      answer.time("created_at")});
}

Result<Firewall> parseFirewall(const QJsonObject &object) {
    Answer answer(object);
    return answer.finish(
        Firewall{answer.needed(kId), answer.needed(kName), answer.text("status"), answer.texts("tags"),
                 static_cast<int>(answer.array("pending_changes").size()), answer.time("created_at")});
}

Result<Size> parseSize(const QJsonObject &object) {
    Answer answer(object);
    return answer.finish(Size{answer.needed(kSlug), answer.price("price_hourly"),
                              answer.price("price_monthly"), answer.flag("available"),
                              answer.texts("regions")});
}

Result<Region> parseRegion(const QJsonObject &object) {
    Answer answer(object);
    return answer.finish(
        Region{answer.needed(kSlug), answer.text("name"), answer.flag("available"), answer.texts("sizes")});
}

Result<Image> parseImage(const QJsonObject &object) {
    Answer answer(object);
    return answer.finish(
        Image{answer.id(kId), answer.text("slug"), answer.text("name"), answer.texts("regions")});
}

Result<SshKey> parseSshKey(const QJsonObject &object) {
    Answer answer(object);
    return answer.finish(
        SshKey{answer.id(kId), answer.text("name"), answer.needed(QStringLiteral("fingerprint"))});
}

Result<CloudAction> parseCloudAction(const QJsonObject &object) {
    Answer answer(object);
    return answer.finish(
        CloudAction{answer.id(kId), answer.needed(QStringLiteral("status")), answer.text("type")});
}

Result<Account> parseAccount(const QJsonObject &object) {
    Answer answer(object);
    return answer.finish(Account{answer.text("email"), answer.needed(QStringLiteral("status")),
                                 static_cast<int>(answer.id(QStringLiteral("droplet_limit")))});
}

Result<Balance> parseBalance(const QJsonObject &object) {
    Answer answer(object);
    bool isNumber = false;
    const double usage = answer.needed(QStringLiteral("month_to_date_usage")).toDouble(&isNumber);
    if (!isNumber)
        return Error{ErrorCode::Corrupt, QStringLiteral("its \"month_to_date_usage\" is not an amount")};
    return answer.finish(Balance{Money::ofDollars(usage), answer.time("generated_at")});
}

} // namespace slipway
