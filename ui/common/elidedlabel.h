// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/tonelabel.h"

namespace slipway {

/// Plain text of at most so many lines; what does not fit ends in "…" and is in the tool tip.
class ElidedLabel : public QWidget {
    Q_OBJECT
public:
    ElidedLabel(int lines, const QFont &font, Tone tone, QWidget *parent = nullptr);

    void setText(const QString &text);
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_lines;
    QString m_text;
};

} // namespace slipway
