// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/insight/lint.h"

#include <QListWidget>

namespace slipway {

/// What lint found in a text, each leading to its field. Shows the first two hundred and how many more.
class FindingsList : public QListWidget {
    Q_OBJECT
public:
    explicit FindingsList(QWidget *parent = nullptr);

    void setFindings(const QList<InsightFinding> &findings);

Q_SIGNALS:
    void fieldChosen(const QString &field); ///< by its key; "missing" for an audience without a text
};

} // namespace slipway
