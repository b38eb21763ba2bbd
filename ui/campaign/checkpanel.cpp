// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/campaign/checkpanel.h"

#include "ui/common/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kContext = 240; // bytes shown before and after a number together
constexpr qsizetype kExcerpt = 600; // bytes shown at most
constexpr int kExcerptLines = 12;

enum Row { Expected, Measured, SampleSize, ReadFrom, RowCount };

QLabel *makeLabel(QWidget *parent, const QFont &font, const QColor &color) {
    auto *made = new QLabel(parent);
    made->setTextFormat(Qt::PlainText);
    made->setFont(font);
    made->setWordWrap(true);
    made->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QPalette palette = made->palette();
    palette.setColor(QPalette::WindowText, color);
    made->setPalette(palette);
    return made;
}

void setColour(QLabel *label, const QColor &color) {
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, color);
    label->setPalette(palette);
}

QString excerpt(const Check &check, const QList<EvidenceFile> &files) {
    const auto file = std::find_if(files.begin(), files.end(),
                                   [&](const EvidenceFile &f) { return f.name == check.source.file; });
    if (file == files.end())
        return {};
    const qsizetype from = std::max<qsizetype>(0, check.source.offset - kContext / 2);
    const qsizetype size = std::min<qsizetype>(check.source.length + kContext, kExcerpt);
    return QString::fromUtf8(file->bytes.mid(from, size)).trimmed();
}

QColor colourOf(const Check &check) {
    if (check.outcome == Check::Outcome::Fail)
        return theme().fail;
    switch (check.flaw) {
    case Check::Flaw::None:
        return theme().text;
    case Check::Flaw::Missing:
        return theme().incomplete;
    case Check::Flaw::Invalid:
        return theme().invalid;
    case Check::Flaw::Unsupported:
        return theme().unproven;
    }
    return theme().text;
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

} // namespace

CheckPanel::CheckPanel(QWidget *parent)
    : QWidget(parent), m_heading(makeLabel(this, strongFont(), theme().text)),
      m_proves(makeLabel(this, font(), theme().text)), m_facts(new QWidget(this)),
      m_grid(new QGridLayout(m_facts)), m_source(new QPushButton(m_facts)),
      m_reason(makeLabel(this, font(), theme().muted)), m_bytes(new QPlainTextEdit(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    const QStringList titles{tr("expected"), tr("measured"), tr("sample"), tr("read from")};
    for (int row = 0; row < RowCount; ++row) {
        auto *title = makeLabel(m_facts, font(), theme().muted);
        title->setWordWrap(false);
        title->setText(titles.at(row));
        m_grid->addWidget(title, row, 0);
        if (row == ReadFrom)
            m_grid->addWidget(m_source, row, 1);
        else
            m_grid->addWidget(makeLabel(m_facts, strongFont(), theme().text), row, 1);
    }
    m_source->setObjectName(QStringLiteral("link"));
    m_source->setCursor(Qt::PointingHandCursor);
    m_source->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    connect(m_source, &QPushButton::clicked, this, [this] { Q_EMIT sourceWanted(m_range); });
    m_bytes->setReadOnly(true);
    m_bytes->setObjectName(QStringLiteral("excerpt"));
    m_bytes->setFont(logFont());
    m_bytes->setWordWrapMode(QTextOption::WrapAnywhere);
    m_bytes->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_bytes->setFixedHeight(QFontMetrics(logFont()).lineSpacing() * kExcerptLines + 16);
    m_bytes->setAccessibleName(tr("The bytes the number was read from"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(10);
    for (QWidget *part : std::initializer_list<QWidget *>{m_heading, m_proves, m_facts, m_reason, m_bytes})
        layout->addWidget(part);
    layout->addStretch(1);
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

void CheckPanel::setRecord(const CampaignRecord &record) {
    const bool running = record.summary.state == RunState::Running;
    if (record.judgement && !running) {
        const auto &checks = record.judgement->checks;
        const auto blamed = std::find_if(checks.begin(), checks.end(), [&](const Check &check) {
            return check.outcome != Check::Outcome::Pass &&
                   (record.judgement->blamedPhase == 0 || check.phase == record.judgement->blamedPhase);
        });
        if (blamed != checks.end()) {
            showCheck(*blamed, record.files, true);
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
        say(tr("No check could be made"), tr("Expected phase1-node-a.json to phase4.json; the archive holds "
                                             "none of them for this campaign."));
}

void CheckPanel::setFact(int row, const QString &text) {
    auto *value = qobject_cast<QLabel *>(m_grid->itemAtPosition(row, 1)->widget());
    value->setText(text);
    for (int column = 0; column < 2; ++column)
        m_grid->itemAtPosition(row, column)->widget()->setVisible(!text.isEmpty());
}

void CheckPanel::showCheck(const Check &check, const QList<EvidenceFile> &files, bool first) {
    say(headingOf(check, first), check.proves);
    m_range = check.source;
    setFact(Expected, check.expected);
    setFact(Measured, check.actual);
    setFact(SampleSize, check.n ? QStringLiteral("%L1").arg(*check.n) : QString());
    setColour(qobject_cast<QLabel *>(m_grid->itemAtPosition(Measured, 1)->widget()), colourOf(check));
    const bool hasSource = !check.source.file.isEmpty();
    const QString source = tr("%1, byte %2").arg(check.source.file).arg(check.source.offset);
    m_source->setText(source);
    m_source->setToolTip(source);
    for (int column = 0; column < 2; ++column)
        m_grid->itemAtPosition(ReadFrom, column)->widget()->setVisible(hasSource);
    m_facts->show();
    m_reason->setText(check.reason);
    m_reason->setVisible(!check.reason.isEmpty());
    const QString bytes = excerpt(check, files);
    m_bytes->setPlainText(bytes);
    m_bytes->setVisible(!bytes.isEmpty());
}

} // namespace slipway
