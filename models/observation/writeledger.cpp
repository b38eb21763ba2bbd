// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/observation/writeledger.h"

#include <QCryptographicHash>
#include <QJsonArray>

namespace slipway {

namespace {

constexpr qint64 kLongestContent = qint64(1024) * 1024;
constexpr qsizetype kMaxNodes = 64;
constexpr qsizetype kDigits = 16;

QByteArray sha256(const QByteArray &bytes) {
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QByteArray rootOf(const QString &key, const QString &id, qint64 length) {
    return sha256(key.toUtf8() + ':' + id.toUtf8() + ':' + QByteArray::number(length));
}

} // namespace

QByteArray writtenContent(const QString &key, const QString &id, qint64 length) {
    if (length < 1 || length > kLongestContent)
        return {};
    const QByteArray part = rootOf(key, id, length) + ' ';
    QByteArray content = QByteArrayLiteral("slipway ");
    content.reserve(length + part.size());
    while (content.size() < length)
        content += part;
    content.truncate(length);
    return content;
}

void WriteLedger::begin(const Observation &observation) {
    if (m_key.isEmpty())
        m_key = observation.text("key");
}

void WriteLedger::clear() {
    m_acked.clear();
    m_roots.clear();
    m_nodes.clear();
    m_contents = false;
}

void WriteLedger::addWrite(const Observation &observation) {
    if (observation.text("code") != QLatin1String("201"))
        return;
    const QString id = observation.text("id");
    const QString reported = observation.text("sha256");
    if (m_key.isEmpty() && reported.isEmpty()) {
        m_acked.insert(id, {});
        return;
    }
    m_contents = true;
    const qint64 length = observation.integer("bytes").value_or(0); // of none there is no content
    const QByteArray content = writtenContent(m_key, id, length);
    // What was sent is not what had to be sent: this write proves nothing.
    if (content.isEmpty() || QString::fromLatin1(sha256(content).left(kDigits)) != reported)
        return;
    m_acked.insert(id, reported);
    m_roots.insert(id, QString::fromLatin1(rootOf(m_key, id, length).left(kDigits)));
}

void WriteLedger::addHeld(const Observation &observation) {
    const QString name = observation.text("node");
    if (!m_nodes.contains(name) && m_nodes.size() >= kMaxNodes)
        return;
    QHash<QString, QString> rows;
    const bool contents = observation.fields.value(QLatin1String("rows")).isArray();
    for (const QJsonValue id : observation.fields.value(QLatin1String("ids")).toArray())
        rows.insert(id.toString(), {});
    for (const QJsonValue entry : observation.fields.value(QLatin1String("rows")).toArray()) {
        const QString row = entry.toString();
        const QString id = row.section(QLatin1Char(' '), 0, 0);
        const QString digest = row.section(QLatin1Char(' '), 1);
        rows.insert(id, rows.contains(id) && rows.value(id) != digest ? QString() : digest);
    }
    Node &node = m_nodes[name];
    node.contradicts = node.contradicts || (node.rows && *node.rows != rows);
    node.rows = std::move(rows);
    node.contents = contents;
}

void WriteLedger::addOwn(const Observation &observation) {
    const QString name = observation.text("node");
    if (!m_nodes.contains(name) && m_nodes.size() >= kMaxNodes)
        return;
    QSet<QString> roots;
    for (const QJsonValue root : observation.fields.value(QLatin1String("roots")).toArray())
        roots.insert(root.toString());
    Node &node = m_nodes[name];
    node.contradicts = node.contradicts || (node.roots && *node.roots != roots);
    node.roots = std::move(roots);
}

std::optional<WriteLedger::Holding> WriteLedger::holdingOf(const QString &name) const {
    const auto node = m_nodes.constFind(name);
    if (node == m_nodes.constEnd() || !node->rows || node->contradicts)
        return std::nullopt;
    if (m_contents && (!node->contents || !node->roots))
        return std::nullopt;
    Holding holding;
    for (auto write = m_acked.constBegin(); write != m_acked.constEnd(); ++write) {
        const auto row = node->rows->constFind(write.key());
        if (row == node->rows->constEnd())
            continue;
        if (m_contents && *row != write.value())
            ++holding.changed;
        else if (m_contents && !node->roots->contains(m_roots.value(write.key())))
            ++holding.notOwn;
        else
            holding.ids.insert(write.key());
    }
    return holding;
}

} // namespace slipway
