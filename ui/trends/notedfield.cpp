// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/notedfield.h"

#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QVBoxLayout>

namespace slipway {

NotedField::NotedField(QWidget *field, const QString &name, const QString &note, QWidget *parent)
    : QWidget(parent), m_field(field), m_line(makeLabel(this, smallFont(), Tone::Muted)), m_note(note) {
    field->setAccessibleName(name);
    m_line->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    layout->addWidget(field);
    layout->addWidget(m_line);
    setFocusProxy(field);
    show();
}

void NotedField::setNote(const QString &note) {
    m_note = note;
    show();
}

void NotedField::setProblem(const QString &problem) {
    m_problem = problem;
    show();
}

void NotedField::show() {
    const QString &text = m_problem.isEmpty() ? m_note : m_problem;
    setTone(*m_line, m_problem.isEmpty() ? Tone::Muted : Tone::Fail);
    m_line->setText(text);
    m_line->setVisible(!text.isEmpty());
    m_field->setAccessibleDescription(text);
}

} // namespace slipway
