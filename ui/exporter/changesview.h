// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/publish/pagespublish.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QTabWidget;
class QTreeWidget;

namespace slipway {

/// What an export would change, file by file with sizes, the lines of a text that would change, and what was
/// masked by which rule.
class ChangesView : public QWidget {
    Q_OBJECT
public:
    explicit ChangesView(QWidget *parent = nullptr);

    void setCount(const PagesCount &count, qint64 sizeLimit); ///< bytes
    void say(const QString &text);                            ///< instead

private:
    void addFiles(const QString &title, FileChange::Kind kind, const QList<FileChange> &files);
    void showMasked(const QList<Masked> &masked);
    void showDiff();

    QList<FileChange> m_files;
    QLabel *m_state;
    QLabel *m_size;
    QLabel *m_warnings;
    QTabWidget *m_tabs;
    QTreeWidget *m_tree;
    QPlainTextEdit *m_diff;
    QTreeWidget *m_masked;
    QLabel *m_nothingMasked;
};

} // namespace slipway
