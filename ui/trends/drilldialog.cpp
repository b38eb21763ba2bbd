// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/drilldialog.h"

#include "models/core/whilealive.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QRadioButton>
#include <QUrl>
#include <QVBoxLayout>

namespace slipway {

namespace {

constexpr int kWide = 520;

QString endOf(const SeriesDefinition &definition) {
    const QString host = QUrl(definition.notices.webhook).host();
    return host.isEmpty() ? QObject::tr("the desktop; the series has no webhook")
                          : QObject::tr("the webhook at %1, and the desktop").arg(host);
}

} // namespace

DrillDialog::DrillDialog(SeriesQueries &queries, SeriesDefinition definition,
                         const std::optional<SeriesDrillNote> &last, QWidget *parent)
    : QDialog(parent), m_queries(queries), m_definition(std::move(definition)),
      m_kinds(new QButtonGroup(this)), m_last(makeLabel(this, smallFont(), Tone::Muted)),
      m_outcome(makeLabel(this, strongFont(), Tone::Text)), m_reason(makeLabel(this, font(), Tone::Muted)),
      m_run(new QPushButton(tr("Run drill"))) {
    setWindowTitle(tr("Drill of series %1").arg(m_definition.name));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *intro = makeLabel(this, font(), Tone::Text);
    intro->setText(
        tr("A made-up run with a fault goes the way of a real one, in a scratch archive. The message "
           "of its alarm, marked as a drill, is sent to %1. The runs of the series are not touched.")
            .arg(endOf(m_definition)));
    m_last->setText(tr("Last drill: %1").arg(drillText(last)));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(10);
    layout->addWidget(intro);
    layout->addWidget(m_last);
    for (const auto &[kind, text] :
         {std::pair{DrillKind::NoEvidence, tr("A run that claims a pass without evidence")},
          std::pair{DrillKind::Slow, tr("A run that takes too long")},
          std::pair{DrillKind::LostWrite, tr("A run that lost an acknowledged write")},
          std::pair{DrillKind::MissedSlot, tr("A slot in which nothing ran")}}) {
        auto *button = new QRadioButton(text);
        button->setObjectName(drillKindName(kind));
        m_kinds->addButton(button, static_cast<int>(kind));
        layout->addWidget(button);
    }
    m_kinds->button(static_cast<int>(DrillKind::NoEvidence))->setChecked(true);
    layout->addWidget(m_outcome);
    layout->addWidget(m_reason);
    for (QLabel *label : {intro, m_last, m_outcome, m_reason})
        label->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_run->setObjectName(QStringLiteral("primary"));
    buttons->addButton(m_run, QDialogButtonBox::ActionRole);
    layout->addStretch(1);
    layout->addWidget(buttons);
    m_run->setDefault(true); // once it is in the dialog
    connect(m_run, &QPushButton::clicked, this, &DrillDialog::run);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    // Room for what comes of it: a window that grows under the pointer is pressed in the wrong place.
    m_outcome->setMinimumHeight(fontMetrics().lineSpacing());
    m_reason->setMinimumHeight(2 * fontMetrics().lineSpacing());
    resize(kWide, heightForWidth(kWide) > 0 ? heightForWidth(kWide) : sizeHint().height());
}

void DrillDialog::run() {
    m_run->setEnabled(false);
    setTone(*m_outcome, Tone::Muted);
    m_outcome->setText(tr("Under way …"));
    m_reason->clear();
    m_queries.drill(m_definition, static_cast<DrillKind>(m_kinds->checkedId()),
                    whileAlive(this, [this](const Result<DrillResult> &result) { finish(result); }));
}

void DrillDialog::finish(const Result<DrillResult> &result) {
    m_run->setEnabled(true);
    m_run->setText(tr("Run another"));
    if (!result) {
        setTone(*m_outcome, Tone::Fail);
        m_outcome->setText(tr("The drill failed."));
        m_reason->setText(result.error().text);
        return;
    }
    const SeriesDrillNote note{QDateTime::currentDateTimeUtc(), drillKindName(result->kind), result->isTold};
    m_last->setText(tr("Last drill: %1").arg(drillText(note)));
    setTone(*m_outcome, result->isTold ? Tone::Proven : Tone::Fail);
    m_outcome->setText(result->isTold
                           ? tr("%1 alarmed, and its message reached its end.").arg(result->rule)
                           : tr("%1 alarmed, and its message did not reach its end.").arg(result->rule));
    m_reason->setText(result->isTold ? result->text : result->problem);
    Q_EMIT drilled(*result);
}

} // namespace slipway
