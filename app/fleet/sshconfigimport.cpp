// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/sshconfigimport.h"

#include "models/core/plaintext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

namespace slipway {

namespace {

constexpr int kMaxDepth = 16; // as ssh
constexpr int kMaxFiles = 256;
constexpr qsizetype kMaxNotes = 3;
constexpr qint64 kLimit = qint64(1024) * 1024;

class Reader {
public:
    Reader(QString path, QString home) : m_path(std::move(path)), m_home(std::move(home)) {}

    Result<void> read(const QByteArray &bytes, const QString &file, int depth) {
        int number = 0;
        for (const QByteArray &raw : bytes.split('\n')) {
            const QString where = QStringLiteral("%1 line %2").arg(plainText(file)).arg(++number);
            const auto words = wordsOf(QString::fromUtf8(raw).trimmed(), where);
            if (!words)
                return words.error();
            if (words->isEmpty())
                continue;
            const QString keyword = words->constFirst().toLower();
            if (keyword == QLatin1String("host"))
                m_block = take(words->mid(1), where);
            else if (keyword == QLatin1String("match"))
                m_block.clear();
            else if (keyword == QLatin1String("hostname") && words->size() == 2)
                named(words->at(1));
            else if (keyword == QLatin1String("include")) {
                TRY(include(words->mid(1), depth, where));
            }
        }
        return {};
    }

    Result<FleetImport> import() {
        FleetImport import;
        // One that cannot be taken is left out by its name; the others are not to blame.
        for (const Entry &entry : m_hosts) {
            if (auto added = addImported(import, entry.host, entry.where); !added)
                m_notes
                    << QStringLiteral("Host %1 is left out: %2.").arg(entry.host.name, added.error().text);
        }
        import.notes = m_notes + import.notes;
        if (import.fleet.hosts.isEmpty()) {
            const QString none =
                QStringLiteral("%1 has no Host line with a name; wildcards are not hosts.").arg(m_path);
            return Error{ErrorCode::InvalidInput,
                         (QStringList{none} + import.notes.mid(0, kMaxNotes)).join(QLatin1Char(' '))};
        }
        return import;
    }

private:
    struct Entry {
        Host host;
        QString where; ///< "config line 3"
    };

    // "Keyword arguments" or "Keyword=arguments", quotes around what has blanks, "#" begins a comment.
    static Result<QStringList> wordsOf(const QString &line, const QString &where) {
        QStringList words;
        QString word;
        bool quoted = false;
        bool any = false;
        const auto end = [&] {
            if (any)
                words << word;
            word.clear();
            any = false;
        };
        for (const QChar c : line) {
            if (c == QLatin1Char('"')) {
                quoted = !quoted;
                any = true;
            } else if (!quoted && c == QLatin1Char('#') && !any) {
                break;
            } else if (!quoted && (c.isSpace() || (c == QLatin1Char('=') && words.isEmpty()))) {
                end();
            } else if (quoted || c != QLatin1Char('=') || any || words.size() != 1) {
                word += c;
                any = true;
            }
        }
        if (quoted)
            return Error{ErrorCode::InvalidInput,
                         where + QStringLiteral(": a quote is opened and never closed")};
        end();
        return words;
    }

    // The hosts that this block is about: a HostName in it is theirs.
    QSet<QString> take(const QStringList &patterns, const QString &where) {
        QSet<QString> block;
        for (const QString &pattern : patterns) {
            if (pattern.contains(QLatin1Char('*')) || pattern.contains(QLatin1Char('?')) ||
                pattern.startsWith(QLatin1Char('!')))
                continue;
            if (!isPlainName(pattern)) {
                m_notes << QStringLiteral(
                               "Host %1 is left out: %2: a name begins with a letter or digit and holds "
                               "letters, digits, dot, dash and underscore only, 64 at most.")
                               .arg(plainText(pattern.left(80)), where);
                continue;
            }
            block.insert(pattern);
            if (m_known.contains(pattern))
                continue;
            m_known.insert(pattern);
            Host host = importedHost(pattern);
            host.address = pattern;
            if (QFileInfo(m_path).absoluteFilePath() != m_home + QStringLiteral("/.ssh/config"))
                host.sshConfig = QFileInfo(m_path).absoluteFilePath();
            m_hosts << Entry{host, where};
        }
        return block;
    }

    // Peers talk to one another by address, not by a name of this machine's ssh_config. The first counts, as
    // for ssh.
    void named(const QString &address) {
        for (Entry &entry : m_hosts) {
            if (m_block.contains(entry.host.name) && entry.host.privateAddress.isEmpty() &&
                isIpAddress(address))
                entry.host.privateAddress = address;
        }
    }

    Result<void> include(const QStringList &patterns, int depth, const QString &where) {
        if (depth >= kMaxDepth)
            return Error{ErrorCode::InvalidInput,
                         where + QStringLiteral(": Include is nested deeper than %1").arg(kMaxDepth)};
        const QSet<QString> block = m_block;
        for (QString pattern : patterns) {
            if (pattern.startsWith(QLatin1String("~/")))
                pattern = m_home + pattern.mid(1);
            else if (QDir::isRelativePath(pattern))
                pattern = m_home + QStringLiteral("/.ssh/") + pattern;
            const QFileInfo info(pattern);
            for (const QString &name :
                 QDir(info.path()).entryList({info.fileName()}, QDir::Files | QDir::Hidden, QDir::Name)) {
                if (++m_files > kMaxFiles)
                    return Error{ErrorCode::InvalidInput,
                                 where + QStringLiteral(": more than %1 files are included").arg(kMaxFiles)};
                QFile file(info.path() + QLatin1Char('/') + name);
                if (!file.open(QIODevice::ReadOnly)) {
                    m_notes << QStringLiteral("%1 cannot be read and is left out: %2")
                                   .arg(file.fileName(), file.errorString());
                    continue;
                }
                TRY(this->read(file.read(kLimit), file.fileName(), depth + 1));
                m_block = block;
            }
        }
        return {};
    }

    QString m_path;
    QString m_home;
    QList<Entry> m_hosts;
    QSet<QString> m_known;
    QSet<QString> m_block;
    QStringList m_notes;
    int m_files = 0;
};

} // namespace

Result<FleetImport> importSshConfig(const QByteArray &bytes, const QString &path, const QString &home) {
    Reader reader(path, home);
    TRY(reader.read(bytes, path, 0));
    return reader.import();
}

} // namespace slipway
