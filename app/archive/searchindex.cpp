// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/searchindex.h"

#include "app/archive/archive.h"
#include "app/archive/database.h"
#include "app/archive/rowtext.h"

namespace slipway {

namespace {

constexpr qsizetype kTrigram = 3;

// A word as FTS5 takes it: quoted, so that it is not an operator.
QString quotedWord(QString word) {
    return QLatin1Char('"') + word.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

QString likePattern(QString word) {
    for (const QLatin1Char letter : {QLatin1Char('\\'), QLatin1Char('%'), QLatin1Char('_')})
        word.replace(letter, QLatin1Char('\\') + QString(letter));
    return QLatin1Char('%') + word + QLatin1Char('%');
}

} // namespace

SearchIndex::SearchIndex(Archive &archive) : m_database(archive.database()) {}

Result<void> SearchIndex::forget(const QString &campaign, const QString &kind) {
    // An index without content of its own must be given what to forget (sqlite.org/fts5.html, 4.4.3).
    auto unindex = m_database.prepare(
        "INSERT INTO salient_text(salient_text, rowid, folded) SELECT 'delete', id, folded "
        "FROM salient WHERE campaign=? AND kind=?");
    auto remove = m_database.prepare("DELETE FROM salient WHERE campaign=? AND kind=?");
    if (!unindex || !remove)
        return unindex ? remove.error() : unindex.error();
    for (Statement *statement : {&*unindex, &*remove}) {
        statement->bind(1, campaign).bind(2, kind);
        TRY(m_database.run(*statement, QStringLiteral("replacing what a search finds")));
    }
    return {};
}

Result<void> SearchIndex::replace(const QString &campaign, const QString &kind,
                                  const QList<SalientLine> &lines) {
    return m_database.transaction([&]() -> Result<void> {
        TRY(forget(campaign, kind));
        auto insert = m_database.prepare(
            "INSERT INTO salient(campaign, kind, place, text, folded) VALUES (?,?,?,?,?) RETURNING id");
        auto index = m_database.prepare("INSERT INTO salient_text(rowid, folded) VALUES (?,?)");
        if (!insert || !index)
            return insert ? index.error() : insert.error();
        for (const SalientLine &line : lines) {
            insert->reset();
            const QString folded = foldedText(line.text);
            insert->bind(1, campaign).bind(2, kind).bind(3, line.place).bind(4, line.text).bind(5, folded);
            qint64 id = 0;
            while (insert->next())
                id = insert->integer(0);
            if (insert->status() != SQLITE_DONE)
                return m_database.error(QStringLiteral("indexing %1").arg(line.place));
            index->reset();
            index->bind(1, id).bind(2, folded);
            TRY(m_database.run(*index, QStringLiteral("indexing %1").arg(line.place)));
        }
        return {};
    });
}

// The index is of three letters each. Shorter words are looked for in what the longer ones found, or in
// everything.
Result<QList<SearchHit>> SearchIndex::find(const QString &words, int max) {
    QStringList indexed;
    QStringList patterns;
    for (const QString &word : foldedText(words).simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (word.toUcs4().size() >= kTrigram)
            indexed << quotedWord(word);
        else
            patterns << likePattern(word);
    }
    if (indexed.isEmpty() && patterns.isEmpty())
        return QList<SearchHit>();
    QByteArray sql = "SELECT campaign, kind, place, salient.text FROM ";
    sql += indexed.isEmpty()
               ? "salient WHERE 1"
               : "salient_text JOIN salient ON salient.id = salient_text.rowid WHERE salient_text "
                 "MATCH ?2";
    for (qsizetype i = 0; i < patterns.size(); ++i)
        sql += " AND salient.folded LIKE ?" + QByteArray::number(i + 3) + " ESCAPE '\\'";
    sql += " AND campaign NOT IN ";
    sql += kRemovedCampaigns;
    sql += indexed.isEmpty() ? " ORDER BY salient.id DESC LIMIT ?1" : " ORDER BY rank LIMIT ?1";
    auto select = m_database.prepare(sql.constData());
    if (!select)
        return select.error();
    select->bind(1, qint64(max));
    if (!indexed.isEmpty())
        select->bind(2, indexed.join(QLatin1Char(' ')));
    for (int i = 0; i < patterns.size(); ++i)
        select->bind(i + 3, patterns.at(i));
    QList<SearchHit> hits;
    while (select->next())
        hits.append({select->text(0), select->text(1), select->text(2), select->text(3)});
    if (select->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("searching for %1").arg(words));
    return hits;
}

} // namespace slipway
