// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/evidence/forgeries.h"

#include "models/observation/zstream.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>

namespace slipway::test {

namespace {

struct Change {
    QString what;
    std::optional<QJsonValue> value; ///< nothing: the leaf is deleted
};

QString swappedCase(const QString &text) {
    return text == text.toUpper() ? text.toLower() : text.toUpper();
}

QList<Change> changesOf(const QJsonValue &leaf) {
    QList<Change> changes{{QStringLiteral("deleted"), std::nullopt},
                          {QStringLiteral("null"), QJsonValue(QJsonValue::Null)}};
    if (leaf.isDouble()) {
        const double number = leaf.toDouble();
        changes += QList<Change>{{QStringLiteral("as text"), QString::number(number, 'g', 17)},
                                 {QStringLiteral("its sign"), number == 0 ? -1.0 : -number},
                                 {QStringLiteral("+ 1"), number + 1},
                                 {QStringLiteral("- 1"), number - 1},
                                 {QStringLiteral("+ a half"), number + 0.5},
                                 {QStringLiteral("2^53"), 9007199254740992.0}};
    } else if (leaf.isBool()) {
        changes += QList<Change>{
            {QStringLiteral("the other"), !leaf.toBool()},
            {QStringLiteral("as text"), leaf.toBool() ? QStringLiteral("true") : QStringLiteral("false")},
            {QStringLiteral("as a number"), leaf.toBool() ? 1 : 0}};
    } else if (leaf.isString()) {
        const QString text = leaf.toString();
        changes += QList<Change>{{QStringLiteral("a letter more"), QString(text + QLatin1Char('x'))},
                                 {QStringLiteral("a blank more"), QString(text + QLatin1Char(' '))},
                                 {QStringLiteral("empty"), QString()},
                                 {QStringLiteral("its case"), swappedCase(text)},
                                 {QStringLiteral("as a number"), 7}};
    } else if (leaf.isArray() || leaf.isObject()) {
        changes += QList<Change>{{QStringLiteral("an empty array"), QJsonArray()},
                                 {QStringLiteral("an empty object"), QJsonObject()}};
    }
    changes.removeIf([&](const Change &change) { return change.value && *change.value == leaf; });
    return changes;
}

using Take = std::function<void(const QString &what, const QJsonValue &whole)>;

// Each leaf of `value` changed in each way; `rebuild` puts a changed `value` back into the whole.
void changeLeaves(const QString &path, const QJsonValue &value,
                  const std::function<QJsonValue(const std::optional<QJsonValue> &)> &rebuild,
                  const Take &take) {
    for (const Change &change : changesOf(value))
        take(path + QStringLiteral(": ") + change.what, rebuild(change.value));
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const QString &key : object.keys()) {
            changeLeaves(
                path + QLatin1Char('.') + key, object.value(key),
                [&](const std::optional<QJsonValue> &changed) {
                    QJsonObject with = object;
                    with.remove(key);
                    if (changed)
                        with.insert(key, *changed);
                    return rebuild(with);
                },
                take);
            QJsonObject renamed = object;
            renamed.insert(swappedCase(key), renamed.take(key));
            take(path + QLatin1Char('.') + key + QStringLiteral(": the key's case"), rebuild(renamed));
        }
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            changeLeaves(
                QStringLiteral("%1[%2]").arg(path).arg(i), array.at(i),
                [&](const std::optional<QJsonValue> &changed) {
                    QJsonArray with = array;
                    with.removeAt(i);
                    if (changed)
                        with.insert(i, *changed);
                    return rebuild(with);
                },
                take);
        }
    }
}

QByteArray bytesOf(const QJsonValue &whole, QJsonDocument::JsonFormat format) {
    return whole.isArray() ? QJsonDocument(whole.toArray()).toJson(format)
                           : QJsonDocument(whole.toObject()).toJson(format);
}

class Forger {
public:
    Forger(const QList<EvidenceFile> &folder, qsizetype maxLines, qint64 stride,
           const std::function<void(const Forgery &)> &take)
        : m_folder(folder), m_maxLines(maxLines), m_stride(stride), m_take(take) {}

    void forge() {
        for (qsizetype i = 0; i < m_folder.size(); ++i) {
            forgeFile(i);
            const EvidenceFile &file = m_folder.at(i);
            const auto plain = plainBytes(file, qint64(1) << 30);
            if (file.name.contains(QLatin1String(".json")) && plain)
                forgeText(i, *plain);
        }
    }

private:
    void forgeFile(qsizetype i) {
        const EvidenceFile &file = m_folder.at(i);
        QList<EvidenceFile> without = m_folder;
        without.removeAt(i);
        m_take({file.name + QStringLiteral(": deleted"), without});
        for (const QString &name :
             {file.name + QLatin1Char('x'), file.name.toUpper(), QStringLiteral("x/") + file.name})
            m_take({QStringLiteral("%1: renamed to %2").arg(file.name, name),
                    without + QList<EvidenceFile>{{name, file.bytes}}});
        const qsizetype slash = file.name.lastIndexOf(QLatin1Char('/')) + 1;
        const qsizetype dot = file.name.indexOf(QLatin1Char('.'), slash);
        for (const QString &name :
             {file.name.toUpper(), file.name.left(dot) + QStringLiteral("-retry") + file.name.mid(dot),
              file.name.left(slash) + QLatin1Char('_') + file.name.mid(slash),
              QStringLiteral("old/") + file.name, file.name + QStringLiteral(".bak")})
            m_take({QStringLiteral("%1: copied to %2").arg(file.name, name),
                    m_folder + QList<EvidenceFile>{{name, file.bytes}}});
        replace(i, QStringLiteral("emptied"), {});
        replace(i, QStringLiteral("cut"), file.bytes.left(file.bytes.size() - 1));
        replace(i, QStringLiteral("a byte more"), file.bytes + '\n');
    }

    void forgeText(qsizetype i, const QByteArray &plain) {
        QByteArrayList lines = plain.split('\n');
        if (lines.constLast().isEmpty())
            lines.removeLast();
        const qsizetype step = std::max<qsizetype>(1, lines.size() / m_maxLines);
        for (qsizetype n = 0; n < lines.size(); n += step) {
            const QString at = QStringLiteral("line %1 ").arg(n + 1);
            QByteArrayList with = lines;
            with.removeAt(n);
            replacePlain(i, at + QStringLiteral("dropped"), with.join('\n') + '\n');
            with = lines;
            with.insert(n, lines.at(n));
            replacePlain(i, at + QStringLiteral("doubled"), with.join('\n') + '\n');
            if (n + 1 < lines.size()) {
                with = lines;
                with.swapItemsAt(n, n + 1);
                replacePlain(i, at + QStringLiteral("swapped"), with.join('\n') + '\n');
            }
        }
        if (m_folder.at(i).name.contains(QLatin1String(".jsonl"))) {
            const qsizetype every =
                std::max<qsizetype>(1, lines.size() / std::max<qsizetype>(1, m_maxLines / 4));
            for (qsizetype n = 0; n < lines.size(); n += every)
                forgeJson(i, lines.at(n), QJsonDocument::Compact, [&](const QByteArray &line) {
                    QByteArrayList with = lines;
                    with[n] = line;
                    return with.join('\n') + '\n';
                });
        } else {
            forgeJson(i, plain, QJsonDocument::Indented, [](const QByteArray &whole) { return whole; });
        }
    }

    void forgeJson(qsizetype i, const QByteArray &json, QJsonDocument::JsonFormat format,
                   const std::function<QByteArray(const QByteArray &)> &wrap) {
        const QJsonDocument document = QJsonDocument::fromJson(json);
        if (!document.isObject())
            return;
        changeLeaves(
            QString(), document.object(),
            [](const std::optional<QJsonValue> &whole) { return whole.value_or(QJsonValue()); },
            [&](const QString &what, const QJsonValue &whole) {
                replacePlain(i, what, wrap(bytesOf(whole, format)));
            });
    }

    void replacePlain(qsizetype i, const QString &what, const QByteArray &plain) {
        if ((m_made + 1) % m_stride != 0) { // not made, so not compressed either
            ++m_made;
            return;
        }
        replace(i, what, m_folder.at(i).name.endsWith(kCompressedSuffix) ? zstdCompress(plain) : plain);
    }

    void replace(qsizetype i, const QString &what, const QByteArray &bytes) {
        if (bytes == m_folder.at(i).bytes)
            return;
        if (++m_made % m_stride != 0)
            return;
        QList<EvidenceFile> files = m_folder;
        files[i].bytes = bytes;
        m_take({m_folder.at(i).name + QStringLiteral(": ") + what, files});
    }

    const QList<EvidenceFile> &m_folder;
    qsizetype m_maxLines;
    qint64 m_stride;
    qint64 m_made = 0;
    const std::function<void(const Forgery &)> &m_take;
};

} // namespace

void forEachForgery(const QList<EvidenceFile> &folder, qsizetype maxLines, qint64 stride,
                    const std::function<void(const Forgery &)> &take) {
    Forger(folder, maxLines, stride, take).forge();
}

} // namespace slipway::test
