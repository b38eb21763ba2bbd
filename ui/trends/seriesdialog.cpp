// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/seriesdialog.h"

#include "models/core/whilealive.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"
#include "ui/trends/seriesform.h"
#include "ui/trends/slotcommandbox.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

namespace slipway {

namespace {

constexpr int kWidest = 640;
constexpr int kHeight = 720;

} // namespace

SeriesDialog::SeriesDialog(SeriesQueries &queries, const QStringList &taken, QWidget *parent)
    : SeriesDialog(queries, SeriesDefinition(), true, taken, parent) {}

SeriesDialog::SeriesDialog(SeriesQueries &queries, const SeriesDefinition &definition, QWidget *parent)
    : SeriesDialog(queries, definition, false, {}, parent) {}

SeriesDialog::SeriesDialog(SeriesQueries &queries, const SeriesDefinition &definition, bool isNew,
                           const QStringList &taken, QWidget *parent)
    : QDialog(parent), m_queries(queries), m_isNew(isNew), m_isInferred(definition.isScheduleInferred),
      m_form(new SeriesForm(definition, isNew, taken)), m_commands(new SlotCommandBox),
      m_problem(makeLabel(nullptr, font(), Tone::Fail)),
      m_save(new QPushButton(isNew          ? tr("Create series")
                             : m_isInferred ? tr("Confirm schedule")
                                            : tr("Save"))) {
    setWindowTitle(isNew          ? tr("New series")
                   : m_isInferred ? tr("Confirm the schedule of %1").arg(definition.name)
                                  : tr("Edit series %1").arg(definition.name));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(10);
    if (m_isInferred) {
        auto *intro = makeLabel(this, font(), Tone::Muted);
        intro->setWordWrap(true);
        intro->setText(tr("Nobody defined this series: its schedule is what its runs tell. Confirm it, or "
                          "correct it first. Without an end further slots come."));
        layout->addWidget(intro);
    }
    m_form->addSection(m_commands);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_save->setObjectName(QStringLiteral("primary"));
    buttons->addButton(m_save, QDialogButtonBox::AcceptRole);
    layout->addWidget(m_form, 1);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    m_save->setDefault(true); // once it is in the dialog, which else takes Cancel for Enter
    connect(buttons, &QDialogButtonBox::accepted, this, &SeriesDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_form, &SeriesForm::changed, this, &SeriesDialog::check);
    setMaximumWidth(kWidest);
    resize(QSize(kWidest, kHeight).boundedTo(screen()->availableSize() - QSize(40, 40)));
    if (parent)
        resize(size().boundedTo(parent->window()->size() - QSize(20, 40)));
    m_form->setFocus();
    check();
}

void SeriesDialog::addFleets(const QStringList &names) {
    m_form->addFleets(names);
}

void SeriesDialog::check() {
    const QString name = m_form->name();
    m_commands->setCommands(m_queries.commandsOf(name.isEmpty() ? QStringLiteral("NAME") : name));
    m_save->setEnabled(m_form->isValid() && !m_isSaving);
    m_problem->hide();
}

void SeriesDialog::accept() {
    if (!m_form->isValid() || m_isSaving)
        return;
    const DefinitionFields fields = m_form->changes();
    if (fields.isEmpty() && !m_isInferred) { // nothing to keep
        QDialog::accept();
        return;
    }
    m_isSaving = true;
    m_save->setEnabled(false);
    const auto done =
        whileAlive(this, [this](const Result<SeriesDefinition> &definition) { finish(definition); });
    if (m_isNew)
        m_queries.create(fields, done);
    else
        m_queries.edit(m_form->name(), fields, done);
}

void SeriesDialog::finish(const Result<SeriesDefinition> &definition) {
    m_isSaving = false;
    m_save->setEnabled(m_form->isValid());
    if (definition) {
        Q_EMIT saved(definition->name);
        QDialog::accept();
        return;
    }
    m_problem->setText(definition.error().text);
    m_problem->show();
}

} // namespace slipway
