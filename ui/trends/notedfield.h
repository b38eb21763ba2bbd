// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace slipway {

/// A field of a form with a line below it: what is meant, or what is wrong with what stands in it. Both are
/// the field's accessible description too.
class NotedField : public QWidget {
    Q_OBJECT
public:
    NotedField(QWidget *field, const QString &name, const QString &note, QWidget *parent = nullptr);

    void setNote(const QString &note);
    void setProblem(const QString &problem); ///< empty: none
    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] QWidget &field() const { return *m_field; }

private:
    void show();

    QWidget *m_field;
    QLabel *m_line;
    QString m_note;
    QString m_problem;
};

} // namespace slipway
