// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/campaigntab.h"

#include <optional>

class QLabel;
class QListWidget;
class QPlainTextEdit;

namespace slipway {

/// The files of a campaign, byte for byte: name, size, SHA-256 (up to 4 MiB), and the bytes around the place
/// that is asked for. Shows at most a megabyte of text at a time.
class EvidencePanel : public CampaignTab {
    Q_OBJECT
public:
    explicit EvidencePanel(QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override;
    void setRecord(const CampaignRecord &record) override { setFiles(record.files); }
    void setFiles(const QList<EvidenceFile> &files);
    /// Shows the file with the bytes marked; false when there is no such file.
    bool showRange(const SourceRange &range);
    /// Shows it now when the panel is visible, else once it is: a walk over cycles must not fill a text each
    /// time.
    void followRange(const SourceRange &range);
    void setMenuActions(const QList<QAction *> &actions) override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showFile(int row, qint64 offset, qint64 length);

    QList<EvidenceFile> m_files;
    std::optional<SourceRange> m_pending;
    QListWidget *m_list;
    QLabel *m_facts;
    QPlainTextEdit *m_text;
};

} // namespace slipway
