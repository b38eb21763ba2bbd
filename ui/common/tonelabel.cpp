// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/tonelabel.h"

#include <QStyle>
#include <QVariant>

namespace slipway {

Tone toneOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::Proven:
        return Tone::Proven;
    case Verdict::UnprovenPass:
        return Tone::Unproven;
    case Verdict::Fail:
        return Tone::Fail;
    case Verdict::InvalidEvidence:
        return Tone::Invalid;
    case Verdict::Incomplete:
        return Tone::Incomplete;
    case Verdict::NoEvidence:
        return Tone::Muted;
    }
    return Tone::Muted;
}

// The style sheet has a rule for each.
void setTone(QWidget &widget, Tone tone) {
    if (widget.property("tone") == QVariant(static_cast<int>(tone)))
        return;
    widget.setProperty("tone", static_cast<int>(tone));
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

QLabel *makeLabel(QWidget *parent, const QFont &font, Tone tone) {
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setFont(font);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setTone(*label, tone);
    return label;
}

} // namespace slipway
