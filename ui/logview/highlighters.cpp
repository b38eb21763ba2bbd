// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/highlighters.h"

#include "ui/logview/logcolours.h"

#include <QMenu>
#include <QSettings>

namespace slipway {

namespace {

constexpr qsizetype kMax = 6;

QString keyOf(int phase) {
    return QStringLiteral("log/highlights/%1").arg(phase);
}

QChar letterOf(qsizetype index) {
    return QChar(static_cast<char16_t>(u'A' + index));
}

// As a menu shows it: an ampersand is not a shortcut there.
QString inMenu(const QString &pattern) {
    return QString(pattern.left(40)).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

void Highlighters::setPhase(int phase) {
    m_phase = phase;
    m_patterns = QSettings().value(keyOf(phase)).toStringList().mid(0, kMax);
    Q_EMIT changed();
}

QList<Highlight> Highlighters::highlights() const {
    QList<Highlight> result;
    for (qsizetype i = 0; i < m_patterns.size(); ++i) {
        if (const auto pattern = LinePattern::compile(m_patterns.at(i), true))
            result.append({*pattern, letterOf(i), highlightColour(static_cast<int>(i))});
    }
    return result;
}

Result<void> Highlighters::toggle(const QString &pattern) {
    if (m_patterns.removeAll(pattern) == 0) {
        if (m_patterns.size() >= kMax)
            return Error{ErrorCode::InvalidInput,
                         tr("%1 highlighters are there already; remove one first.").arg(kMax)};
        if (const auto compiled = LinePattern::compile(pattern, true); !compiled)
            return compiled.error();
        m_patterns.append(pattern);
    }
    keep();
    return {};
}

void Highlighters::clear() {
    m_patterns.clear();
    keep();
}

void Highlighters::keep() {
    QSettings().setValue(keyOf(m_phase), m_patterns);
    Q_EMIT changed();
}

void Highlighters::fill(QMenu &menu, const QString &typed) {
    menu.clear();
    const auto add = [&](const QString &text, const QString &pattern) {
        connect(menu.addAction(text), &QAction::triggered, this, [this, pattern] {
            if (const auto toggled = toggle(pattern); !toggled)
                Q_EMIT refused(toggled.error());
        });
    };
    if (!typed.isEmpty() && !m_patterns.contains(typed))
        add(tr("Highlight “%1”").arg(inMenu(typed)), typed);
    if (m_patterns.isEmpty() && typed.isEmpty())
        menu.addAction(tr("Type what should be highlighted into the filter"))->setEnabled(false);
    for (qsizetype i = 0; i < m_patterns.size(); ++i)
        add(tr("Remove %1  %2").arg(letterOf(i)).arg(inMenu(m_patterns.at(i))), m_patterns.at(i));
    if (m_patterns.size() > 1)
        connect(menu.addAction(tr("Remove all")), &QAction::triggered, this, &Highlighters::clear);
}

} // namespace slipway
