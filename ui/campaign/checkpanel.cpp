// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/checkpanel.h"

#include "models/evidence/decidingcheck.h"
#include "models/evidence/excerpt.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QGridLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>

#include <algorithm>

namespace slipway {

namespace {

enum Row { Expected, From, Measured, SampleSize, LastLine, ReadFrom, RowCount };

QLabel *makeText(QWidget *parent, const QFont &font, Tone tone) {
    QLabel *label = makeLabel(parent, font, tone);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    return label;
}

Tone toneOf(const Check &check) {
    if (check.outcome == Check::Outcome::Fail)
        return Tone::Fail;
    switch (check.flaw) {
    case Check::Flaw::None:
        return Tone::Text;
    case Check::Flaw::Missing:
        return Tone::Incomplete;
    case Check::Flaw::Invalid:
        return Tone::Invalid;
    case Check::Flaw::Unsupported:
        return Tone::Unproven;
    }
    return Tone::Text;
}

QString headingOf(const Check &check, bool first) {
    if (check.outcome == Check::Outcome::Pass && check.flaw == Check::Flaw::None)
        return CheckPanel::tr("A check that holds");
    if (check.flaw == Check::Flaw::Unsupported)
        return first ? CheckPanel::tr("What is not proven")
                     : CheckPanel::tr("A check that proves too little");
    if (check.outcome == Check::Outcome::Fail)
        return first ? CheckPanel::tr("First failing check") : CheckPanel::tr("A failing check");
    return first ? CheckPanel::tr("First check without evidence")
                 : CheckPanel::tr("A check without evidence");
}

QMap<int, QString> hostsOf(const QList<PhaseRun> &runs) {
    QMap<int, QStringList> hosts;
    for (const PhaseRun &run : runs) {
        if (!hosts[run.phase].contains(run.host))
            hosts[run.phase] << run.host;
    }
    QMap<int, QString> texts;
    for (auto it = hosts.constBegin(); it != hosts.constEnd(); ++it)
        texts.insert(it.key(), it->join(QStringLiteral(", ")));
    return texts;
}

// The evidence itself is what is wrong, not what it says.
bool isAboutTheFile(const Check &check) {
    return check.outcome == Check::Outcome::Unknown &&
           (check.flaw == Check::Flaw::Missing || check.flaw == Check::Flaw::Invalid) &&
           !check.source.file.isEmpty() && check.id.contains(QLatin1String(".report"));
}

} // namespace

CheckPanel::CheckPanel(QWidget *parent)
    : QWidget(parent), m_heading(makeText(this, strongFont(), Tone::Text)),
      m_proves(makeText(this, font(), Tone::Text)), m_facts(new QWidget(this)),
      m_grid(new QGridLayout(m_facts)), m_source(new QPushButton(m_facts)),
      m_reason(makeText(this, font(), Tone::Muted)), m_bytes(new QPlainTextEdit(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    const QStringList titles{tr("expected"), tr("from"),        tr("measured"),
                             tr("sample"),   tr("last in log"), tr("read from")};
    for (int row = 0; row < RowCount; ++row) {
        QLabel *title = makeText(m_facts, font(), Tone::Muted);
        title->setWordWrap(false);
        title->setText(titles.at(row));
        m_grid->addWidget(title, row, 0);
        if (row == ReadFrom)
            m_grid->addWidget(m_source, row, 1);
        else
            m_grid->addWidget(makeText(m_facts, row == LastLine ? logFont() : strongFont(), Tone::Text), row,
                              1);
    }
    m_source->setObjectName(QStringLiteral("link"));
    m_source->setCursor(Qt::PointingHandCursor);
    m_source->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    connect(m_source, &QPushButton::clicked, this, [this] { Q_EMIT sourceRequested(m_range); });
    m_bytes->setReadOnly(true);
    m_bytes->setObjectName(QStringLiteral("excerpt"));
    m_bytes->setFont(logFont());
    m_bytes->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_bytes->setTabChangesFocus(true);
    m_bytes->setAccessibleName(tr("The bytes the number was read from"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 8);
    layout->setSpacing(10);
    for (QWidget *part : std::initializer_list<QWidget *>{m_heading, m_proves, m_facts, m_reason, m_bytes})
        layout->addWidget(part);
    clear();
}

void CheckPanel::clear() {
    say(QString(), QString());
}

void CheckPanel::say(const QString &heading, const QString &text) {
    m_heading->setText(heading);
    m_proves->setText(text);
    m_facts->hide();
    m_reason->hide();
    m_bytes->hide();
}

void CheckPanel::setRecord(const CampaignRecord &record, const std::function<QString(int)> &lastLine) {
    m_files = record.files;
    m_hosts = hostsOf(record.phaseRuns);
    m_lastLine = lastLine;
    const bool running = record.summary.state == RunState::Running;
    if (record.judgement && !running) {
        if (const Check *deciding = decidingCheck(*record.judgement)) {
            show(*deciding, true);
            return;
        }
    }
    if (running)
        say(tr("Nothing has failed so far"),
            tr("The first check that does not hold will be shown here, with the bytes it was read from."));
    else if (record.judgement && record.judgement->verdict == Verdict::Proven)
        say(tr("Every check holds"),
            tr("%1 checks were recomputed from the evidence. Select one in the table "
               "to see where it was read from.")
                .arg(record.judgement->checks.size()));
    else
        say(tr("No check could be made"), tr("Expected phase1-node-a.json to phase4.json; the archive has "
                                             "none of them for this campaign."));
}

void CheckPanel::setFact(int row, const QString &text) {
    auto *value = qobject_cast<QLabel *>(m_grid->itemAtPosition(row, 1)->widget());
    value->setText(text);
    for (int column = 0; column < 2; ++column)
        m_grid->itemAtPosition(row, column)->widget()->setVisible(!text.isEmpty());
}

void CheckPanel::showCheck(const Check &check) {
    show(check, false);
}

void CheckPanel::show(const Check &check, bool first) {
    say(headingOf(check, first), check.proves);
    m_range = check.source;
    const bool file = isAboutTheFile(check);
    const QString host = check.host.isEmpty() ? m_hosts.value(check.phase) : check.host;
    setFact(Expected, file ? tr("%1: %2").arg(check.source.file, check.expected) : check.expected);
    setFact(From, !file            ? QString()
                  : host.isEmpty() ? tr("phase %1; no host is recorded").arg(check.phase)
                                   : tr("phase %1 on %2").arg(check.phase).arg(host));
    setFact(Measured, check.actual);
    qobject_cast<QLabel *>(m_grid->itemAtPosition(Measured, 0)->widget())
        ->setText(file ? tr("found") : tr("measured"));
    setFact(SampleSize, check.n ? QStringLiteral("%L1").arg(*check.n) : QString());
    setFact(LastLine, file && m_lastLine ? m_lastLine(check.phase) : QString());
    setTone(*m_grid->itemAtPosition(Measured, 1)->widget(), toneOf(check));
    const bool there = std::any_of(m_files.begin(), m_files.end(),
                                   [&](const EvidenceFile &one) { return one.name == check.source.file; });
    const QString source = tr("%1, byte %L2").arg(check.source.file).arg(check.source.offset);
    m_source->setText(source);
    m_source->setToolTip(tr("Bytes %L1 to %L2 of %3")
                             .arg(check.source.offset)
                             .arg(check.source.offset + check.source.length)
                             .arg(check.source.file.toHtmlEscaped()));
    for (int column = 0; column < 2; ++column)
        m_grid->itemAtPosition(ReadFrom, column)->widget()->setVisible(there);
    m_facts->show();
    m_reason->setText(check.reason);
    m_reason->setVisible(!check.reason.isEmpty());
    showBytes(check);
}

void CheckPanel::showBytes(const Check &check) {
    const auto file = std::find_if(m_files.begin(), m_files.end(),
                                   [&](const EvidenceFile &f) { return f.name == check.source.file; });
    const Excerpt excerpt = file == m_files.end() ? Excerpt{} : excerptOf(file->bytes, check.source);
    m_bytes->setVisible(!excerpt.lines.isEmpty());
    m_bytes->setExtraSelections({});
    m_bytes->setPlainText(excerpt.lines.join(QLatin1Char('\n')));
    if (excerpt.lines.isEmpty())
        return;
    const int lines = static_cast<int>(excerpt.lines.size());
    m_bytes->setFixedHeight(QFontMetrics(logFont()).lineSpacing() * (lines + 1) + 20);
    QTextCursor cursor(m_bytes->document()->findBlockByNumber(excerpt.marked));
    cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor, excerpt.from);
    m_bytes->setTextCursor(cursor);
    cursor.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor, excerpt.length);
    QTextEdit::ExtraSelection mark;
    mark.cursor = cursor;
    mark.format.setBackground(theme().selection);
    m_bytes->setExtraSelections({mark});
}

} // namespace slipway
