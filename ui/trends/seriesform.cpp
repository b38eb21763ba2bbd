// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/seriesform.h"

#include "models/core/instant.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/trends/notedfield.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kSettingLines = 3;

QString sentence(QString text) {
    if (!text.isEmpty())
        text[0] = text.at(0).toUpper();
    return text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

QDateTime currentSecond() {
    return utcOfSeconds(QDateTime::currentSecsSinceEpoch());
}

} // namespace

SeriesForm::SeriesForm(SeriesDefinition definition, bool isNew, QStringList taken, QWidget *parent)
    : FittingScrollArea(parent), m_definition(std::move(definition)), m_before(fieldsOf(m_definition)),
      m_isNew(isNew), m_taken(std::move(taken)), m_form(new QFormLayout), m_fleet(new QComboBox),
      m_settings(new QPlainTextEdit) {
    setFrameShape(QFrame::NoFrame);
    auto *side = new QWidget;
    m_sections = new QVBoxLayout(side);
    m_sections->setContentsMargins(0, 0, 12, 0);
    m_sections->setSpacing(8);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_form->setVerticalSpacing(8);
    m_sections->addLayout(m_form);
    addWhen();
    addWhat();
    addClaim();
    addNotices();
    setWidget(side);
    setFocusProxy(m_fields.value(isNew ? QStringLiteral("name") : QStringLiteral("cron")));
    check();
}

void SeriesForm::addGroup(const QString &title) {
    auto *name = makeLabel(this, strongFont(), Tone::Text);
    name->setText(title);
    if (m_form->rowCount() > 0)
        name->setContentsMargins(0, 12, 0, 0);
    m_form->addRow(name);
}

void SeriesForm::add(const char *field, const QString &label, QWidget *edit, const QString &note) {
    const QString name = QLatin1String(field);
    if (edit->objectName().isEmpty())
        edit->setObjectName(name);
    auto *noted = new NotedField(edit, label, note);
    m_fields.insert(name, noted);
    m_form->addRow(label, noted);
}

void SeriesForm::addLine(const char *field, const QString &label, const QString &note,
                         const QString &placeholder) {
    auto *edit = new QLineEdit(m_before.value(QLatin1String(field)).join(QString()));
    edit->setMaxLength(SeriesDefinition::kMaxText);
    edit->setPlaceholderText(placeholder);
    connect(edit, &QLineEdit::textChanged, this, [this, name = QLatin1String(field)] { edited(name); });
    add(field, label, edit, note);
}

void SeriesForm::addWhen() {
    addGroup(tr("When"));
    if (m_isNew)
        addLine("name", tr("Name"), tr("Its runs are called NAME-r1, NAME-r2 and so on."), tr("nightly"));
    if (m_isNew)
        m_before.insert(QStringLiteral("cron"), {QStringLiteral("0 */4 * * *")});
    const bool isCron = m_isNew || m_definition.schedule.cron || !m_definition.schedule.isValid();
    addLine("cron", tr("Schedule"), {},
            isCron ? tr("minute hour day month weekday, in UTC") : m_definition.schedule.text());
    addLine("begin", tr("First slot"), tr("No slot is before this time. UTC."), tr("from now on"));
    addLine("slots", tr("Slots"), tr("How many there are; empty: no limit."), tr("no limit"));
    addLine("end", tr("End"), tr("No slot is after this time, such as 2026-12-31T00:00Z. UTC."),
            tr("no end"));
    addLine("grace", tr("Grace, minutes"), tr("How long after its slot a run may take to be done."));
}

void SeriesForm::addWhat() {
    addGroup(tr("What it runs"));
    m_fleet->setEditable(true);
    m_fleet->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_fleet->setInsertPolicy(QComboBox::NoInsert);
    m_fleet->addItem(QStringLiteral("sandbox"));
    m_fleet->setEditText(m_isNew ? QStringLiteral("sandbox") : m_definition.plan.fleet);
    connect(m_fleet, &QComboBox::editTextChanged, this, [this] { edited(QStringLiteral("fleet")); });
    add("fleet", tr("Fleet"), m_fleet,
        tr("A named fleet or a fleet file; \"sandbox\" are four hosts on this machine."));
    addLine("ref", tr("Ref"), tr("What is judged: a git ref of the server under test."));
    m_settings->setPlainText(m_definition.plan.settings.join(QLatin1Char('\n')));
    m_settings->setTabChangesFocus(true);
    m_settings->setPlaceholderText(QStringLiteral("cycles=200"));
    m_settings->setFixedHeight(kSettingLines * m_settings->fontMetrics().lineSpacing() + 16);
    m_settings->setObjectName(QStringLiteral("field")); // as the style sheet calls it
    connect(m_settings, &QPlainTextEdit::textChanged, this, [this] { edited(QStringLiteral("set")); });
    add("set", tr("Settings"), m_settings, tr("Parameters of the protocol, NAME=VALUE, one a line."));
    addLine("protocol", tr("Protocol file"), {}, tr("the built-in ship-gate"));
    addLine("server", tr("Server to install"),
            tr("With it each slot rents the fleet, installs this server, and destroys the fleet."),
            tr("none: it is on the hosts"));
}

void SeriesForm::addClaim() {
    addGroup(tr("What it must hold"));
    addLine("claim", tr("Claim"), tr("The share of acknowledged writes that converge, per cycle."));
    addLine("max-reds", tr("Runs that may FAIL"), {});
    addLine("max-without-evidence", tr("Slots without evidence"), tr("How many slots may hold no evidence."));
    addLine("max-cost", tr("Cost"), tr("What all runs together may cost."), tr("no limit"));
    addLine("breaker", tr("Stop after"), tr("So many slots in a row without evidence stop further runs."));
    addLine("baseline", tr("Baseline"),
            tr("Limits of durations come from these runs: 40-60, or 40 for the first 20 from it on."),
            tr("the first 20 runs with evidence"));
}

void SeriesForm::addNotices() {
    addGroup(tr("Whom to inform"));
    addLine("webhook", tr("Webhook"),
            tr("Gets each alarm as JSON. Kept in the archive: it must hold no secret."), tr("https://…"));
    addLine("ping", tr("Ping"), tr("Is called after each slot that holds evidence."), tr("https://…"));
    addLine("publish", tr("Publish to"), tr("The Pages repo that each run is exported to."),
            tr("not published"));
}

void SeriesForm::addSection(QWidget *section) {
    m_sections->addSpacing(8);
    m_sections->addWidget(section);
}

void SeriesForm::addFleets(const QStringList &names) {
    const QString text = m_fleet->currentText();
    const QSignalBlocker blocker(m_fleet);
    m_fleet->addItems(names);
    m_fleet->setEditText(text);
}

QString SeriesForm::name() const {
    if (!m_isNew)
        return m_definition.name;
    const QString field = QStringLiteral("name");
    return m_fields.value(field)->problem().isEmpty() ? textOf(field) : QString();
}

QString SeriesForm::textOf(const QString &field) const {
    const NotedField *noted = m_fields.value(field);
    const auto *line = noted ? qobject_cast<const QLineEdit *>(&noted->field()) : nullptr;
    return line ? line->text().trimmed() : QString();
}

DefinitionFields SeriesForm::entered() const {
    DefinitionFields fields;
    for (auto it = m_fields.constBegin(); it != m_fields.constEnd(); ++it)
        fields.insert(it.key(), {textOf(it.key())});
    fields.insert(QStringLiteral("fleet"), {m_fleet->currentText().trimmed()});
    fields.insert(QStringLiteral("set"),
                  m_settings->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts));
    if (m_isNew && textOf(QStringLiteral("begin")).isEmpty())
        fields.remove(QStringLiteral("begin"));
    return fields;
}

DefinitionFields SeriesForm::changes() const {
    DefinitionFields fields = entered();
    if (!m_isNew)
        fields.removeIf([this](const auto &field) { return m_before.value(field.key()) == field.value(); });
    return fields;
}

void SeriesForm::edited(const QString &field) {
    m_touched.insert(field);
    check();
    Q_EMIT changed();
}

void SeriesForm::check() {
    SeriesDefinition draft = m_definition;
    const QDateTime now = currentSecond();
    if (m_isNew)
        draft.begin = now;
    QList<FieldProblem> problems = setFields(draft, entered());
    if (m_isNew && m_taken.contains(draft.name))
        problems << FieldProblem{QStringLiteral("name"),
                                 tr("there is a series %1 already; Edit series changes it").arg(draft.name)};
    if (m_isNew && draft.plan.fleet.isEmpty())
        problems << FieldProblem{QStringLiteral("fleet"), tr("is missing")};
    m_isValid = problems.isEmpty();
    for (auto it = m_fields.constBegin(); it != m_fields.constEnd(); ++it) {
        const auto problem = std::find_if(problems.begin(), problems.end(),
                                          [&](const FieldProblem &one) { return one.field == it.key(); });
        const bool isEmpty = problem != problems.end() && textOf(it.key()).isEmpty();
        // What is empty is not missed before somebody was there.
        it.value()->setProblem(problem == problems.end() || (isEmpty && !m_touched.contains(it.key()))
                                   ? QString()
                                   : sentence(problem->text));
    }
    m_fields.value(QStringLiteral("cron"))->setNote(slotsAheadText(draft, now));
}

} // namespace slipway
