// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QJsonObject>
#include <QStringList>

namespace slipway {

/// Reads fields of a JSON object that a person wrote, collecting the first error with the path of the field
/// in it
/// ("hosts[2].port"), so that a malformed file is answered with one line that says where.
class JsonFields {
public:
    JsonFields(QJsonObject object, QString path);

    [[nodiscard]] QString text(const QString &key);                           ///< required, not empty
    [[nodiscard]] QString text(const QString &key, const QString &fallback);  ///< optional
    [[nodiscard]] qint64 integer(const QString &key, qint64 min, qint64 max); ///< required, whole
    [[nodiscard]] qint64 integer(const QString &key, qint64 min, qint64 max, qint64 fallback);
    [[nodiscard]] bool flag(const QString &key, bool fallback);
    [[nodiscard]] QStringList texts(const QString &key);         ///< optional array of strings
    [[nodiscard]] QList<JsonFields> objects(const QString &key); ///< required, not empty
    [[nodiscard]] QJsonObject object(const QString &key);        ///< optional
    [[nodiscard]] bool has(const QString &key) const { return m_object.contains(key); }

    /// Refuses every key not in `known`: a misspelt key must not be silently ignored.
    void refuseOthers(const QStringList &known);

    /// Puts a child's first error in front of the own ones.
    void adopt(const JsonFields &child);
    void fail(const QString &key, const QString &why);
    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    [[nodiscard]] QString at(const QString &key) const;

    QJsonObject m_object;
    QString m_path;
    QString m_problem;
};

/// Parses one JSON object; the error names `what` (a file name, say), and the byte where parsing stopped.
Result<QJsonObject> parseJsonObject(const QByteArray &bytes, const QString &what);

} // namespace slipway
