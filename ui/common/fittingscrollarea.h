// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace slipway {

/// Scrolls up and down only: it is at least as wide as its content has to be, also when that changes. With
/// the vertical policy QSizePolicy::Maximum it is not higher than its content is at its width.
class FittingScrollArea : public QScrollArea {
    Q_OBJECT
public:
    explicit FittingScrollArea(QWidget *parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void limitHeight();
};

} // namespace slipway
