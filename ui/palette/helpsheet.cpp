// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/helpsheet.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/palette/commandtable.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

namespace {

// In heights of a line of text.
constexpr QSize kSize(64, 44);
constexpr int kColumnWidth = 27;
constexpr std::size_t kMaxColumns = 2; // of sections

} // namespace

HelpSheet::HelpSheet(const CommandTable &commands, QWidget &window) : Overlay(window), m_commands(commands) {
    setAccessibleName(tr("Keys"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    auto *heading = makeLabel(this, numberFont(), Tone::Text);
    heading->setText(tr("Keys"));
    layout->addWidget(heading);
}

void HelpSheet::toggle() {
    if (isVisible()) {
        dismiss();
        return;
    }
    fill();
    open(kSize * fontMetrics().height());
}

// The key that opened it closes it.
void HelpSheet::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Question)
        dismiss();
    else
        Overlay::keyPressEvent(event);
}

void HelpSheet::fill() {
    delete m_page;
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    auto *page = new QWidget;
    page->setObjectName(QStringLiteral("side"));
    auto *columns = new QHBoxLayout(page);
    columns->setSpacing(24);
    columns->setContentsMargins(0, 0, 0, 0);
    const bool narrow =
        parentWidget()->width() < static_cast<int>(kMaxColumns) * kColumnWidth * fontMetrics().height();
    // Each its own, so that no row is as high as its neighbour's.
    QList<QGridLayout *> grids(narrow ? 1 : kMaxColumns);
    for (QGridLayout *&grid : grids) {
        grid = new QGridLayout;
        grid->setHorizontalSpacing(12);
        grid->setVerticalSpacing(4);
        grid->setColumnStretch(1, 1);
        columns->addLayout(grid, 1);
    }
    QStringList sections;
    for (const Command &command : m_commands.commands()) {
        if (!command.keys().isEmpty() && !sections.contains(command.section))
            sections << command.section;
    }
    QList<int> rows(grids.size(), 0);
    for (const QString &section : std::as_const(sections)) {
        const qsizetype column = std::min_element(rows.begin(), rows.end()) - rows.begin();
        int &row = rows[column];
        QGridLayout &grid = *grids.at(column);
        auto *title = makeLabel(page, strongFont(), Tone::Text);
        title->setText(section);
        title->setContentsMargins(0, row == 0 ? 0 : 10, 0, 0);
        grid.addWidget(title, row++, 0, 1, 2);
        for (const Command &command : m_commands.commands()) {
            if (command.section != section || command.keys().isEmpty())
                continue;
            auto *keys = makeLabel(page, logFont(), Tone::Accent);
            keys->setText(keysText(command.keys()));
            auto *text = makeLabel(page, font(), Tone::Text);
            text->setText(command.text());
            grid.addWidget(keys, row, 0);
            grid.addWidget(text, row++, 1);
        }
    }
    for (qsizetype column = 0; column < grids.size(); ++column)
        grids.at(column)->setRowStretch(rows.at(column), 1);
    area->setWidget(page);
    layout()->addWidget(area);
    m_page = area;
}

} // namespace slipway
