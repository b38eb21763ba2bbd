// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace slipway {

/// Asks which published runs to import: a folder, an archive, or an address that git takes.
class ImportRunsDialog : public QDialog {
    Q_OBJECT
public:
    explicit ImportRunsDialog(QWidget *parent);

    [[nodiscard]] QString place() const;

private:
    QLineEdit *m_place;
    QPushButton *m_import;
};

} // namespace slipway
