// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/evidencechain.h"

#include "app/archive/database.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSaveFile>

namespace slipway {

EvidenceChain::EvidenceChain(Database &database, QString headFile)
    : m_database(database), m_headFile(std::move(headFile)) {}

QString EvidenceChain::hashOf(const QString &previous, const ChainEvent &event) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &part :
         {previous, QString::number(event.seq), event.campaign, event.kind, event.subject, event.sha256}) {
        // With its length, so that no two rows give the same bytes.
        const QByteArray bytes = part.toUtf8();
        hash.addData(QByteArray::number(bytes.size()) + ':' + bytes);
    }
    return QString::fromLatin1(hash.result().toHex());
}

Result<EvidenceChain::Head> EvidenceChain::last() {
    auto select = m_database.prepare("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1");
    if (!select)
        return select.error();
    if (select->next())
        return Head{select->integer(0), select->text(1)};
    if (select->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading the chain's end"));
    return Head{};
}

std::optional<EvidenceChain::Head> EvidenceChain::readHead() const {
    QFile file(m_headFile);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QList<QByteArray> words = file.read(200).simplified().split(' ');
    if (words.size() != 2 || words.at(0).toLongLong() < 1)
        return std::nullopt;
    return Head{words.at(0).toLongLong(), QString::fromLatin1(words.at(1))};
}

Result<void> EvidenceChain::verifyHead() {
    const auto end = last();
    if (!end)
        return end.error();
    const auto head = readHead();
    if (!head) {
        m_grew = true;
        writeHead();
        return {};
    }
    auto select = m_database.prepare("SELECT hash FROM event WHERE seq=?");
    if (!select)
        return select.error();
    select->bind(1, head->seq);
    if (select->next() && select->text(0) == head->hash)
        return {};
    return Error{
        ErrorCode::Corrupt,
        QStringLiteral("The archive has lost what was recorded in it: its last entry is number %1, %2 "
                       "remembers number %3. Nothing was changed. Run slipwayctl archive recover.")
            .arg(end->seq)
            .arg(m_headFile)
            .arg(head->seq)};
}

Result<void> EvidenceChain::append(const QString &campaign, const QString &kind, const QString &subject,
                                   const QString &sha256) {
    const auto previous = last();
    if (!previous)
        return previous.error();
    const ChainEvent event{previous->seq + 1, campaign, kind, subject, sha256};
    const QString hash = hashOf(previous->hash, event);
    auto insert = m_database.prepare(
        "INSERT INTO event(seq, campaign, kind, subject, sha256, hash) VALUES (?,?,?,?,?,?)");
    if (!insert)
        return insert.error();
    insert->bind(1, event.seq).bind(2, campaign).bind(3, kind).bind(4, subject).bind(5, sha256).bind(6, hash);
    m_grew = true;
    return m_database.run(*insert, QStringLiteral("linking %1 of %2").arg(kind, campaign));
}

void EvidenceChain::writeHead() {
    if (!m_grew)
        return;
    const auto end = last();
    if (!end || end->seq == 0)
        return;
    QSaveFile file(m_headFile);
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(QByteArray::number(end->seq) + ' ' + end->hash.toLatin1() + '\n');
    if (file.commit()) // synced before the rename
        m_grew = false;
}

} // namespace slipway
