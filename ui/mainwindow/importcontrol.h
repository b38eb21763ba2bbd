// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/import/pagesimport.h"

#include <QObject>

class QMimeData;
class QWidget;

namespace slipway {

class Notice;
class ImportRunner;

/// Brings published runs in: asks which, shows how far it is with a way to cancel, and says what came of it.
/// GUI thread.
class ImportControl : public QObject {
    Q_OBJECT
public:
    ImportControl(ImportRunner &imports, Notice &notice, QWidget &window);

    void ask();                            ///< for a folder, an archive or an address
    void importFrom(const QString &place); ///< refused while another import runs
    void cancel();

    /// What was dropped on the window.
    struct Drop {
        enum class Kind { Nothing, Runs, Hosts };
        Kind kind = Kind::Nothing;
        QString place; ///< a path, or an address that git takes
    };
    [[nodiscard]] static Drop dropOf(const QMimeData &data);

Q_SIGNALS:
    void problemOccurred(const QString &text);

private:
    void showProgress(const ImportCount &count);
    void showEnd(const Result<ImportCount> &count);

    ImportRunner &m_imports;
    Notice &m_notice;
    QWidget &m_window;
    QString m_place;
    ImportCount m_soFar;
    bool m_running = false;
    bool m_cancelled = false;
};

/// What an import came to, in a sentence or two.
[[nodiscard]] QString importText(const ImportCount &count);

} // namespace slipway
