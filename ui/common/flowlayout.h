// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <QList>

namespace slipway {

/// Widgets side by side, and in further rows where there is no room for all of them in one.
class FlowLayout : public QLayout {
    Q_OBJECT
public:
    explicit FlowLayout(int spacing, QWidget *parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override;
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;    ///< all in one row
    [[nodiscard]] QSize minimumSize() const override; ///< of the widest
    void setGeometry(const QRect &rect) override;

private:
    int place(const QRect &rect, bool really) const; ///< answers with the height

    QList<QLayoutItem *> m_items;
};

} // namespace slipway
