// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/notice.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QEvent>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kShownMs = 12'000;
constexpr int kAboveBottom = 44; // clear of the status line
constexpr int kMargin = 16;
constexpr int kSteps = 1000;

} // namespace

Notice::Notice(QWidget &window)
    : QFrame(&window), m_window(window), m_text(makeLabel(this, font(), Tone::Text)), m_bar(new QProgressBar),
      m_button(new QPushButton) {
    setObjectName(QStringLiteral("popup"));
    setAccessibleName(tr("Notice"));
    m_text->setWordWrap(true);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    m_button->setFocusPolicy(Qt::TabFocus);
    auto *column = new QVBoxLayout;
    column->setSpacing(6);
    column->addWidget(m_text);
    column->addWidget(m_bar);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 8, 8, 8);
    layout->setSpacing(14);
    layout->addLayout(column, 1);
    layout->addWidget(m_button);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kShownMs);
    connect(&m_timer, &QTimer::timeout, this, &Notice::dismiss);
    connect(m_button, &QPushButton::clicked, this, [this] {
        const auto run = m_run;
        dismiss();
        if (run)
            run();
    });
    window.installEventFilter(this);
    hide();
}

void Notice::showText(const QString &text, const QString &button, const std::function<void()> &run) {
    m_bar->hide();
    present(text, button, run);
    m_timer.start();
}

void Notice::showProgress(const QString &text, qint64 done, qint64 total, const QString &button,
                          const std::function<void()> &run) {
    m_timer.stop();
    m_bar->setRange(0, total > 0 ? kSteps : 0);
    m_bar->setValue(total > 0 ? static_cast<int>(kSteps * std::clamp(done, qint64(0), total) / total) : 0);
    m_bar->show();
    present(text, button, run);
}

void Notice::present(const QString &text, const QString &button, const std::function<void()> &run) {
    const bool another = !isVisible() || !m_bar->isVisible();
    m_run = run;
    m_text->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    place();
    show();
    raise();
    if (another) { // a screen reader says it, but not each step of a progress
        m_text->setAccessibleName(text);
        QAccessibleEvent alert(m_text, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void Notice::dismiss() {
    m_timer.stop();
    hide();
}

QString Notice::text() const {
    return m_text->text();
}

void Notice::place() {
    const int em = fontMetrics().height();
    const int wide = std::min(m_window.width() - 2 * kMargin, 40 * em);
    const int high = std::max(layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(wide) : 0,
                              layout()->totalMinimumSize().height());
    setGeometry((m_window.width() - wide) / 2, m_window.height() - high - kAboveBottom, wide, high);
}

bool Notice::eventFilter(QObject *watched, QEvent *event) {
    if (watched == &m_window && event->type() == QEvent::Resize && isVisible())
        place();
    return false;
}

} // namespace slipway
