// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/csvrowreader.h"
#include "models/fleet/fleetimport.h"
#include "models/fleet/hosttable.h"
#include "models/fleet/inventorytext.h"

namespace slipway {

namespace {

constexpr int kMaxOpenQuotes = 16; // after which the rest is not read

} // namespace

Result<FleetImport> importCsv(const QByteArray &bytes, const QString &what) {
    const auto utf8 = inventoryText(bytes, what);
    if (!utf8)
        return utf8.error();
    const QString text = QString::fromUtf8(*utf8);
    const bool isDeclared =
        text.startsWith(QLatin1String("sep=")) && text.size() > 4 && text.at(4) != QLatin1Char('\n');
    CsvRowReader reader(text, isDeclared ? text.at(4) : separatorOf(text));
    QStringList problems;
    qsizetype from = 0;
    int line = 1;
    while (!reader.read(from, line)) {
        line = reader.openQuote();
        problems << QStringLiteral("%1 line %2: a quote is opened and never closed; left out.")
                        .arg(what)
                        .arg(line);
        if (problems.size() == kMaxOpenQuotes) {
            problems << QStringLiteral("%1: the lines after line %2 are left out.").arg(what).arg(line);
            break;
        }
        from = reader.nextLineAfterRow();
        ++line;
        reader.dropRow();
    }
    auto import = importTable(reader.rows(), what, false);
    if (!import)
        return problems.isEmpty() ? import
                                  : Error{ErrorCode::InvalidInput, import.error().text + QLatin1Char(' ') +
                                                                       problems.join(QLatin1Char(' '))};
    for (const QString &problem : problems)
        addNote(*import, problem);
    return import;
}

} // namespace slipway
