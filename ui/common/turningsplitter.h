// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

namespace slipway {

/// Two views side by side, or one below the other where they are too narrow for that.
class TurningSplitter : public QSplitter {
    Q_OBJECT
public:
    explicit TurningSplitter(QWidget *parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
};

} // namespace slipway
