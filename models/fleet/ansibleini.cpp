// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/ansibleinventory.h"

#include <QRegularExpression>

namespace slipway {

namespace {

// Words as a shell splits them, without anything that a shell would do with them; nothing where a quote is
// open.
std::optional<QStringList> wordsOf(const QString &line) {
    QStringList words;
    QString word;
    QChar quote;
    bool any = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line.at(i);
        if (!quote.isNull()) {
            if (c == quote)
                quote = QChar();
            else
                word += c;
        } else if (c == QLatin1Char('"') || c == QLatin1Char('\'')) {
            quote = c;
            any = true;
        } else if (c.isSpace()) {
            if (any || !word.isEmpty())
                words << word;
            word.clear();
            any = false;
        } else if (c == QLatin1Char('#') && word.isEmpty() && !any) {
            break;
        } else if (c == QLatin1Char('\\') && i + 1 < line.size()) {
            word += line.at(++i);
        } else {
            word += c;
        }
    }
    if (!quote.isNull())
        return std::nullopt;
    if (any || !word.isEmpty())
        words << word;
    return words;
}

QString unquoted(const QString &text) {
    const QString value = text.trimmed();
    const bool isQuoted = value.size() >= 2 && value.front() == value.back() &&
                          (value.front() == QLatin1Char('"') || value.front() == QLatin1Char('\''));
    return isQuoted ? value.mid(1, value.size() - 2) : value;
}

class IniReader {
public:
    IniReader(QString what, AnsibleInventory &inventory, FleetImport &notes)
        : m_what(std::move(what)), m_inventory(inventory), m_notes(notes) {}

    void read(const QString &raw, int number) {
        m_where = QStringLiteral("%1 line %2").arg(m_what).arg(number);
        const QString line = raw.trimmed();
        static const QRegularExpression section(
            QStringLiteral("\\A\\[([^\\]:]+)(?::([a-z]+))?\\]\\s*([#;].*)?\\z"));
        if (line.isEmpty() || line.startsWith(QLatin1Char('#')) || line.startsWith(QLatin1Char(';')))
            return;
        if (const auto match = section.match(line); match.hasMatch())
            begin(match.captured(1).trimmed(), match.captured(2));
        else if (m_kind == QLatin1String("vars"))
            readVariable(line);
        else if (m_kind == QLatin1String("children"))
            m_inventory.addChild(m_group, line.section(QRegularExpression(QStringLiteral("\\s")), 0, 0));
        else if (m_kind.isEmpty())
            readHost(line);
        else
            leaveOut(m_notes, m_where, QStringLiteral("is in a section that is not known"));
    }

private:
    void begin(const QString &group, const QString &kind) {
        m_group = group;
        m_kind = kind;
        m_inventory.addGroup(group);
        if (!kind.isEmpty() && kind != QLatin1String("vars") && kind != QLatin1String("children"))
            leaveOut(m_notes, m_where,
                     QStringLiteral("[%1:%2] is not known").arg(group.left(80), kind.left(40)));
    }

    void readVariable(const QString &line) {
        const qsizetype equals = line.indexOf(QLatin1Char('='));
        if (equals <= 0)
            leaveOut(m_notes, m_where, QStringLiteral("is not NAME=VALUE"));
        else
            m_inventory.addVars(m_group, {{line.left(equals).trimmed(), unquoted(line.mid(equals + 1))}});
    }

    void readHost(const QString &line) {
        const auto words = wordsOf(line);
        if (!words || words->isEmpty()) {
            leaveOut(m_notes, m_where, QStringLiteral("a quote is opened and never closed"));
            return;
        }
        AnsibleVars vars;
        for (const QString &word : words->mid(1)) {
            const qsizetype equals = word.indexOf(QLatin1Char('='));
            if (equals <= 0) {
                leaveOut(m_notes, m_where,
                         QStringLiteral("%1: \"%2\" is not NAME=VALUE")
                             .arg(words->constFirst().left(80), word.left(80)));
                return;
            }
            vars.insert(word.left(equals), word.mid(equals + 1));
        }
        m_inventory.addHost(words->constFirst(), m_group, vars, m_where);
    }

    QString m_what;
    AnsibleInventory &m_inventory;
    FleetImport &m_notes;
    QString m_group = QStringLiteral("ungrouped");
    QString m_kind;
    QString m_where;
};

} // namespace

Result<void> readAnsibleIni(const QString &text, const QString &what, AnsibleInventory &inventory,
                            FleetImport &notes) {
    IniReader reader(what, inventory, notes);
    int number = 0;
    for (const QString &line : text.split(QLatin1Char('\n')))
        reader.read(line, ++number);
    return {};
}

} // namespace slipway
