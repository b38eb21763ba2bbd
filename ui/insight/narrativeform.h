// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/insight/lint.h"
#include "ui/common/fittingscrollarea.h"

#include <QMap>

#include <memory>

namespace slipway {

class BugsEditor;
class InsightText;

/// The fields of an insight in the order of reading, bugs before the last one.
class NarrativeForm : public FittingScrollArea {
    Q_OBJECT
public:
    explicit NarrativeForm(QWidget *parent = nullptr);

    void fill(const Insight &insight, bool canEdit);
    void setEvidence(const std::shared_ptr<const EvidenceNumbers> &numbers, bool isOver);
    /// By a finding's field; "missing" is the first audience without a text.
    void focusField(const QString &field);

Q_SIGNALS:
    void textEdited(const slipway::InsightField &field, const QString &text);
    void bugsEdited(const QList<slipway::InsightBug> &bugs, const QString &place);
    void left(); ///< a field

private:
    QMap<QString, InsightText *> m_fields; ///< by key
    BugsEditor *m_bugs;
};

/// The widget with a quiet title above it.
[[nodiscard]] QWidget *titled(const QString &title, QWidget *widget);
/// What a finding's field is called.
[[nodiscard]] QString fieldTitle(const QString &key);

} // namespace slipway
