// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/checkpanel.h"

#include "ui/common/theme.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kContext = 240; // bytes shown around a number

QLabel *label(QWidget *parent, const QFont &font, bool muted) {
    auto *made = new QLabel(parent);
    made->setTextFormat(Qt::PlainText);
    made->setFont(font);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (muted) {
        QPalette palette = made->palette();
        palette.setColor(QPalette::WindowText, theme().muted);
        made->setPalette(palette);
    }
    return made;
}

QString excerpt(const Check &check, const QList<EvidenceFile> &files) {
    const auto file = std::find_if(files.begin(), files.end(),
                                   [&](const EvidenceFile &f) { return f.name == check.source.file; });
    if (file == files.end())
        return {};
    const qsizetype from = std::max<qsizetype>(0, check.source.offset - kContext / 2);
    const qsizetype size = std::min<qsizetype>(check.source.length, kContext) + kContext;
    return QString::fromUtf8(file->bytes.mid(from, size)).trimmed();
}

} // namespace

CheckPanel::CheckPanel(QWidget *parent)
    : QWidget(parent), m_heading(label(this, strongFont(), false)), m_proves(label(this, font(), false)),
      m_facts(label(this, font(), false)), m_reason(label(this, font(), true)),
      m_bytes(new QPlainTextEdit(this)) {
    m_bytes->setReadOnly(true);
    m_bytes->setFont(logFont());
    m_bytes->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_bytes->setMaximumHeight(180);
    m_bytes->setAccessibleName(tr("The bytes the number was read from"));
    QPalette palette = m_bytes->palette();
    palette.setColor(QPalette::Base, theme().window);
    m_bytes->setPalette(palette);
    m_bytes->setStyleSheet(
        QStringLiteral("background: %1; border-radius: 6px; padding: 6px;").arg(theme().window.name()));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(10);
    for (QWidget *part : std::initializer_list<QWidget *>{m_heading, m_proves, m_facts, m_reason, m_bytes})
        layout->addWidget(part);
    layout->addStretch(1);
}

void CheckPanel::setRecord(const CampaignRecord &record) {
    if (record.judgement) {
        const auto &checks = record.judgement->checks;
        const auto blamed = std::find_if(checks.begin(), checks.end(), [&](const Check &check) {
            return check.outcome != Check::Outcome::Pass &&
                   (record.judgement->blamedPhase == 0 || check.phase == record.judgement->blamedPhase);
        });
        if (blamed != checks.end() && record.summary.state != RunState::Running) {
            showCheck(*blamed, record.files);
            return;
        }
    }
    m_facts->clear();
    m_reason->clear();
    m_bytes->hide();
    if (record.summary.state == RunState::Running) {
        m_heading->setText(tr("Nothing has failed so far"));
        m_proves->setText(
            tr("The first check that does not hold will be shown here, with the bytes it was read from."));
    } else if (record.judgement && record.judgement->verdict == Verdict::Proven) {
        m_heading->setText(tr("Every check holds"));
        m_proves->setText(tr("%1 checks were recomputed from the evidence. Select one in the table to see "
                             "where it was read from.")
                              .arg(record.judgement->checks.size()));
    } else {
        m_heading->setText(tr("No check could be made"));
        m_proves->setText(tr(
            "Expected phase1-node-a.json to phase4.json; the archive holds none of them for this campaign."));
    }
}

void CheckPanel::showCheck(const Check &check, const QList<EvidenceFile> &files) {
    m_heading->setText(check.outcome == Check::Outcome::Pass ? tr("Check") : tr("First failing check"));
    m_proves->setText(check.proves);
    QString facts = tr("expected\t%1\nmeasured\t%2").arg(check.expected, check.actual);
    if (check.n)
        facts += tr("\nn\t%1").arg(*check.n);
    if (!check.source.file.isEmpty())
        facts += tr("\nread from\t%1, byte %2").arg(check.source.file).arg(check.source.offset);
    m_facts->setText(facts);
    m_reason->setText(check.reason);
    const QString bytes = excerpt(check, files);
    m_bytes->setPlainText(bytes);
    m_bytes->setVisible(!bytes.isEmpty());
}

} // namespace slipway
