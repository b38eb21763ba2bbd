// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <map>
#include <memory>

namespace slipway::test {

/// Holds exchanges with an API against its published description (OpenAPI 3), of which only what a fleet
/// needs is read: paths, query parameters, bodies, answers. Keys of a request's body that the description
/// does not list are violations too.
class Contract {
public:
    Contract();
    ~Contract();
    Contract(const Contract &) = delete;
    Contract &operator=(const Contract &) = delete;
    Contract(Contract &&) = delete;
    Contract &operator=(Contract &&) = delete;

    /// Empty when `file` was read, else why not.
    [[nodiscard]] QString open(const QString &file);

    /// An exchange as fakecloud.py notes it. Empty when it holds.
    [[nodiscard]] QStringList violations(const QJsonObject &exchange);
    /// Of every line of a file of exchanges; `count` gets how many there were.
    [[nodiscard]] QStringList violationsOf(const QString &log, int &count);

private:
    struct Compiled;
    [[nodiscard]] QJsonObject resolve(const QJsonObject &object) const;
    [[nodiscard]] QJsonObject operation(const QString &method, const QString &path) const;
    void checkValue(const QString &key, const QJsonObject &schema, const QJsonValue &value,
                    const QString &what, QStringList &found);
    void checkQuery(const QJsonObject &operation, const QJsonObject &query, const QString &what,
                    QStringList &found);
    void checkKeys(const QJsonObject &schema, const QJsonValue &value, const QString &what,
                   QStringList &found);
    void collect(const QJsonObject &schema, QJsonObject &properties, QList<QJsonObject> &items) const;

    QJsonObject m_root;
    std::map<QString, std::unique_ptr<Compiled>> m_compiled;
};

} // namespace slipway::test
