// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/logbar.h"

#include "ui/common/flowlayout.h"
#include "ui/common/tonelabel.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>

namespace slipway {

namespace {

const QString kWrap = QStringLiteral("log/wrap");
const QString kCase = QStringLiteral("log/matchCase");

QPushButton *makeButton(const QString &text, const QString &tip, bool checkable) {
    auto *button = new QPushButton(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setCheckable(checkable);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

LogBar::LogBar(QWidget *parent)
    : QWidget(parent), m_streams(new QComboBox), m_pattern(new QLineEdit), m_place(new QLineEdit),
      m_case(makeButton(tr("Aa"), tr("Match upper and lower case"), true)),
      m_only(makeButton(tr("Only"), tr("Show only lines that match"), true)),
      m_errors(makeButton(tr("No errors"), tr("Next error (e), previous error (E)"), false)),
      m_wrap(makeButton(tr("Wrap"), tr("Wrap long lines (w)"), true)),
      m_follow(makeButton(tr("Follow"), tr("Follow the end (f)"), true)), m_highlights(new QMenu(this)) {
    m_streams->setAccessibleName(tr("Log of"));
    m_streams->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_pattern->setAccessibleName(tr("Filter, a regular expression"));
    m_pattern->setPlaceholderText(tr("filter  /"));
    m_pattern->setClearButtonEnabled(true);
    m_pattern->setMinimumWidth(8 * fontMetrics().height());
    m_pattern->installEventFilter(this);
    m_place->setAccessibleName(tr("Go to a line, a byte or a time"));
    m_place->setPlaceholderText(tr("line, @byte or time"));
    m_place->hide();
    m_place->installEventFilter(this);
    m_only->setChecked(true);
    m_follow->setChecked(true);
    const QSettings settings;
    m_wrap->setChecked(settings.value(kWrap, false).toBool());
    m_case->setChecked(settings.value(kCase, true).toBool());
    auto *marks = makeButton(tr("Highlight"), tr("Highlights in the logs of this phase"), false);
    marks->setMenu(m_highlights);

    connect(m_streams, &QComboBox::activated, this, &LogBar::streamChosen);
    connect(m_pattern, &QLineEdit::textChanged, this, &LogBar::patternChanged);
    connect(m_only, &QPushButton::toggled, this, &LogBar::patternChanged);
    connect(m_case, &QPushButton::toggled, this, [this](bool on) {
        QSettings().setValue(kCase, on);
        Q_EMIT patternChanged();
    });
    connect(m_errors, &QPushButton::clicked, this, [this] { Q_EMIT nextErrorRequested(true); });
    connect(m_follow, &QPushButton::clicked, this, &LogBar::followRequested);
    connect(m_wrap, &QPushButton::toggled, this, [this](bool on) {
        QSettings().setValue(kWrap, on);
        Q_EMIT wrapChanged(on);
    });
    auto *layout = new FlowLayout(6, this);
    layout->addWidget(m_streams);
    layout->addWidget(m_pattern);
    for (QWidget *widget : {static_cast<QWidget *>(m_case), static_cast<QWidget *>(m_only),
                            static_cast<QWidget *>(m_errors), static_cast<QWidget *>(m_place)})
        layout->addWidget(widget);
    for (QPushButton *button : {marks, m_wrap, m_follow})
        layout->addWidget(button);
}

void LogBar::setStreams(const QStringList &names) {
    m_streams->clear();
    m_streams->addItems(names);
    m_streams->setEnabled(!names.isEmpty());
}

void LogBar::setStream(int index) {
    m_streams->setCurrentIndex(index);
}

int LogBar::stream() const {
    return m_streams->currentIndex();
}

QString LogBar::pattern() const {
    return m_pattern->text();
}

bool LogBar::matchesCase() const {
    return m_case->isChecked();
}

bool LogBar::isOnlyMatches() const {
    return m_only->isChecked();
}

bool LogBar::isWrapped() const {
    return m_wrap->isChecked();
}

void LogBar::setErrors(qint64 count, bool final) {
    const QString more = final ? QString() : QStringLiteral("…");
    m_errors->setText(count == 0 && final ? tr("No errors") : tr("✗ %L1%2 errors").arg(count).arg(more));
    m_errors->setEnabled(count > 0 || !final);
}

void LogBar::setFollowing(bool following) {
    m_follow->setChecked(following);
}

void LogBar::setProblem(const QString &text) {
    setTone(*m_pattern, text.isEmpty() ? Tone::Text : Tone::Fail);
    m_pattern->setToolTip(text);
}

void LogBar::focusPattern(bool only) {
    m_only->setChecked(only);
    m_pattern->setFocus(Qt::ShortcutFocusReason);
    m_pattern->selectAll();
}

void LogBar::setPattern(const QString &pattern) {
    m_pattern->setText(pattern);
}

void LogBar::toggleWrap() {
    m_wrap->toggle();
}

void LogBar::askPlace() {
    m_place->show();
    m_place->setFocus(Qt::ShortcutFocusReason);
    m_place->selectAll();
}

bool LogBar::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::FocusOut && watched == m_place)
        m_place->hide();
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (watched == m_pattern && isEnter) {
        Q_EMIT nextMatchRequested(!key->modifiers().testFlag(Qt::ShiftModifier));
        return true;
    }
    if (watched == m_place && isEnter) {
        const QString text = m_place->text();
        Q_EMIT left();
        Q_EMIT placeRequested(text);
        return true;
    }
    if (key->key() == Qt::Key_Escape) {
        if (watched == m_pattern)
            m_pattern->clear();
        Q_EMIT left();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace slipway
