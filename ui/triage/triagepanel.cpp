// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/triagepanel.h"

#include "ui/common/flowlayout.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QCheckBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QUuid>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kNamed = 3; // of those that failed the same way; the others are counted

} // namespace

TriagePanel::TriagePanel(QWidget *parent)
    : QWidget(parent), m_likely(makeLabel(this, font(), Tone::Muted)), m_classes(new QButtonGroup(this)),
      m_alike(makeLabel(this, font(), Tone::Muted)), m_links(new QWidget), m_forAll(new QCheckBox),
      m_owner(new QLineEdit), m_link(new QLineEdit), m_note(new QLineEdit),
      m_problem(makeLabel(this, smallFont(), Tone::Fail)), m_undo(new QPushButton) {
    m_likely->setWordWrap(true);
    m_alike->setWordWrap(true);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *heading = makeLabel(this, strongFont(), Tone::Text);
    heading->setText(tr("Whose fault"));
    m_undo->setObjectName(QStringLiteral("link"));
    m_undo->hide();
    connect(m_undo, &QPushButton::clicked, this, &TriagePanel::undo);
    auto *diff = new QPushButton(tr("Diff with last pass"));
    auto *issue = new QPushButton(tr("Copy issue"));
    diff->setToolTip(tr("Key: d"));
    issue->setToolTip(tr("Key: Ctrl+Enter"));
    connect(diff, &QPushButton::clicked, this, &TriagePanel::diffRequested);
    connect(issue, &QPushButton::clicked, this, &TriagePanel::issueRequested);
    auto *buttons = new FlowLayout(8);
    buttons->addWidget(diff);
    buttons->addWidget(issue);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 8, 16, 16);
    layout->setSpacing(10);
    layout->addWidget(heading);
    layout->addWidget(m_likely);
    layout->addWidget(makeClasses());
    layout->addWidget(m_alike);
    layout->addWidget(m_links);
    layout->addWidget(m_forAll);
    layout->addWidget(m_undo);
    layout->addWidget(makeFields());
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    layout->addStretch(1);
    hide();
}

QWidget *TriagePanel::makeClasses() {
    auto *row = new QWidget;
    auto *layout = new FlowLayout(4, row);
    const std::array texts{tr("Product  p"), tr("Harness  h"), tr("Infra  i")};
    m_classes->setExclusive(false); // the chosen one can be taken away
    for (const FailureClass one : kFailureClasses) {
        auto *button = new QPushButton(texts.at(static_cast<std::size_t>(one)));
        button->setObjectName(QStringLiteral("segment"));
        button->setCheckable(true);
        button->setAccessibleName(tr("class %1").arg(failureClassName(one)));
        m_classes->addButton(button, static_cast<int>(one));
        layout->addWidget(button);
    }
    connect(m_classes, &QButtonGroup::idClicked, this,
            [this](int id) { choose(static_cast<FailureClass>(id)); });
    return row;
}

QWidget *TriagePanel::makeFields() {
    auto *fields = new QWidget;
    auto *layout = new QFormLayout(fields);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(14);
    layout->setVerticalSpacing(6);
    layout->setLabelAlignment(Qt::AlignLeft);
    const std::initializer_list<std::pair<QString, QLineEdit *>> rows{
        {tr("owner"), m_owner}, {tr("issue link"), m_link}, {tr("note"), m_note}};
    for (const auto &[title, field] : rows) {
        auto *label = makeLabel(fields, font(), Tone::Muted);
        label->setText(title);
        label->setBuddy(field);
        field->setAccessibleName(title);
        layout->addRow(label, field);
        connect(field, &QLineEdit::editingFinished, this, &TriagePanel::saveFields);
    }
    m_owner->setPlaceholderText(tr("unassigned"));
    m_link->setPlaceholderText(QStringLiteral("https://…"));
    return fields;
}

void TriagePanel::setCampaign(const QString &id, const QList<CampaignEntry> &entries) {
    const auto entry = std::find_if(entries.begin(), entries.end(),
                                    [&](const CampaignEntry &one) { return one.summary.id == id; });
    const bool needsLook = entry != entries.end() && entry->needsLook();
    setVisible(needsLook);
    const bool same = id == m_id;
    m_id = id;
    if (!same) {
        m_undo->hide();
        m_problem->hide();
    }
    if (!needsLook)
        return;
    m_triage = entry->summary.triage;
    for (const FailureClass one : kFailureClasses)
        m_classes->button(static_cast<int>(one))->setChecked(m_triage.failureClass == one);
    const std::initializer_list<std::pair<QLineEdit *, QString>> fields{
        {m_owner, m_triage.owner}, {m_link, m_triage.link}, {m_note, m_triage.note}};
    for (const auto &[field, text] : fields) {
        if (!same || !field->hasFocus())
            field->setText(text);
    }
    const auto likely = likelyClass(entry->summary.verdict.value_or(Verdict::NoEvidence));
    m_likely->setText(entry->summary.state == RunState::Stopped
                          ? tr("Stopped by a person; that says nothing about whose fault it is.")
                      : likely ? tr("Likely %1: %2").arg(failureClassName(*likely), entry->summary.reason)
                               : QString());
    QStringList alike;
    m_others.clear();
    for (const CampaignEntry &one : entries) {
        if (one.signature != entry->signature || one.summary.id == id)
            continue;
        alike << one.summary.id;
        if (!one.summary.triage.failureClass || one.summary.triage.failureClass == m_triage.failureClass)
            m_others.insert(one.summary.id, one.summary.triage);
    }
    showAlike(alike);
}

void TriagePanel::showAlike(const QStringList &alike) {
    delete m_links->layout();
    qDeleteAll(m_links->findChildren<QPushButton *>(QString(), Qt::FindDirectChildrenOnly));
    m_alike->setVisible(!alike.isEmpty());
    m_links->setVisible(!alike.isEmpty());
    m_forAll->setVisible(!m_others.isEmpty());
    if (alike.isEmpty())
        return;
    m_alike->setText(alike.size() == 1 ? tr("One other campaign failed the same way:")
                                       : tr("%1 other campaigns failed the same way:").arg(alike.size()));
    m_forAll->setText(tr("Apply the class to all %1").arg(m_others.size() + 1));
    auto *layout = new QVBoxLayout(m_links);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    for (const QString &id : alike.mid(0, kNamed)) {
        auto *link = new QPushButton(QString(id).replace(QLatin1Char('&'), QLatin1String("&&")));
        link->setObjectName(QStringLiteral("link"));
        link->setCursor(Qt::PointingHandCursor);
        connect(link, &QPushButton::clicked, this, [this, id] { Q_EMIT campaignRequested(id); });
        layout->addWidget(link);
    }
}

void TriagePanel::choose(FailureClass failureClass) {
    if (isHidden())
        return;
    Triage triage = m_triage;
    triage.failureClass = m_triage.failureClass == failureClass ? std::nullopt : std::optional(failureClass);
    save(triage, m_forAll->isChecked());
}

void TriagePanel::undo() {
    if (m_undo->isHidden())
        return;
    m_undo->hide();
    Q_EMIT undoRequested(m_change);
}

void TriagePanel::saveFields() {
    Triage triage = m_triage;
    triage.owner = m_owner->text().simplified();
    triage.link = m_link->text().trimmed();
    triage.note = m_note->text().trimmed();
    if (triageToJson(triage) != triageToJson(m_triage))
        save(triage, false);
}

// A class is for all that failed the same way; owner, note and link are this campaign's own.
void TriagePanel::save(const Triage &triage, bool forAll) {
    if (const auto checked = checkTriage(triage); !checked) {
        m_problem->setText(checked.error().text);
        m_problem->show();
        return;
    }
    m_problem->hide();
    Triage own = triage;
    own.at = {};
    own.change = QUuid::createUuid().toString(QUuid::WithoutBraces);
    own.undoes.clear();
    QMap<QString, Triage> triages{{m_id, own}};
    if (forAll) {
        for (auto it = m_others.constBegin(); it != m_others.constEnd(); ++it)
            triages.insert(it.key(), {own.failureClass, it->owner, it->note, it->link, {}, own.change});
    }
    m_triage = own;
    m_change = own.change;
    m_undo->setText(triages.size() == 1 ? tr("Noted. Undo")
                                        : tr("Applied to %1 runs. Undo").arg(triages.size()));
    m_undo->show();
    Q_EMIT saveRequested(triages);
    const QString what = own.failureClass ? failureClassName(*own.failureClass) : tr("no class");
    Q_EMIT noted(triages.size() == 1
                     ? tr("%1: %2, noted.").arg(m_id, what)
                     : tr("%1 and %2 others: %3, noted.").arg(m_id).arg(triages.size() - 1).arg(what));
}

} // namespace slipway
