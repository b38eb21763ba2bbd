// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rental/orphansdialog.h"

#include "models/core/plaintext.h"
#include "models/core/whilealive.h"
#include "models/fleet/rentaltext.h"
#include "ui/common/plaintable.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kPerHourRole = Qt::UserRole + 1; // micros; 0 of what costs nothing
constexpr int kCostRole = Qt::UserRole + 2;
constexpr int kMaxLines = 500;

} // namespace

OrphansDialog::OrphansDialog(Rentals &rentals, QWidget *parent)
    : QDialog(parent), m_rentals(rentals),
      m_list(makePlainTree({tr("What"), tr("Id"), tr("Name"), tr("State"), tr("Age"), tr("Cost so far"),
                            tr("Rented by"), tr("Needed by")},
                           tr("Resources that look like a fleet's"))),
      m_summary(makeLabel(nullptr, strongFont(), Tone::Text)),
      m_problem(makeLabel(nullptr, font(), Tone::Fail)), m_progress(new QPlainTextEdit) {
    setWindowTitle(tr("Clean up orphans"));
    resize(QSize(1160, 560).boundedTo(screen()->availableSize() - QSize(40, 40)));
    m_summary->setWordWrap(true);
    m_problem->setWordWrap(true);
    m_progress->setReadOnly(true);
    m_progress->setMaximumBlockCount(kMaxLines);
    m_progress->setFont(logFont());
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setMaximumHeight(140);
    m_progress->hide();
    auto *buttons = new QDialogButtonBox;
    m_destroy = buttons->addButton(tr("Destroy"), QDialogButtonBox::ActionRole);
    m_destroy->setObjectName(QStringLiteral("destroy"));
    m_destroy->setAutoDefault(false); // Return does not destroy
    m_again = buttons->addButton(tr("Look again"), QDialogButtonBox::ActionRole);
    m_again->setAutoDefault(false);
    m_close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    m_close->setDefault(true);
    connect(m_destroy, &QPushButton::clicked, this, &OrphansDialog::destroyOrphans);
    connect(m_again, &QPushButton::clicked, this, &OrphansDialog::look);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QTreeWidget::itemChanged, this, &OrphansDialog::count);
    connect(&m_rentals, &Rentals::progressed, this,
            [this](const QString &name, const RentalProgress &progress) {
                if (name == kOrphansName)
                    m_progress->appendPlainText(progress.text);
            });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_summary);
    layout->addWidget(makePane(m_list), 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    look();
}

void OrphansDialog::look() {
    m_problem->clear();
    m_list->clear();
    m_destroy->setText(tr("Destroy"));
    m_destroy->setEnabled(false);
    m_again->setEnabled(false);
    m_summary->setText(tr("Looking through the account …"));
    m_rentals.lookAround(whileAlive(this, [this](const Result<OrphanView> &view) {
        if (m_destroying)
            return;
        m_again->setEnabled(true);
        if (view) {
            showThings(*view);
            return;
        }
        m_summary->setText(tr("The account could not be read."));
        m_problem->setText(view.error().text);
    }));
}

void OrphansDialog::showThings(const OrphanView &view) {
    {
        const QSignalBlocker quiet(m_list);
        QList<OrphanCandidate> candidates = view.candidates; // what can be chosen comes first
        std::stable_partition(candidates.begin(), candidates.end(), [](const OrphanCandidate &candidate) {
            return candidate.claim == OrphanCandidate::Claim::Nobody;
        });
        for (const OrphanCandidate &candidate : std::as_const(candidates)) {
            const bool isServer = candidate.kind == OrphanCandidate::Kind::Server;
            const bool isFree = candidate.claim == OrphanCandidate::Claim::Nobody;
            auto *item = new QTreeWidgetItem(
                m_list, {candidateKindName(candidate.kind), candidate.id, plainText(candidate.name),
                         candidate.status == QLatin1String("off") ? tr("off, still charged")
                                                                  : plainText(candidate.status),
                         ageText(candidate.createdAt, view.now), isServer ? candidate.cost.text() : QString(),
                         candidate.owner, plainText(claimText(candidate))});
            item->setTextAlignment(5, Qt::AlignRight | Qt::AlignVCenter);
            item->setData(0, kPerHourRole, candidate.perHour.micros);
            item->setData(0, kCostRole, candidate.cost.micros);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable |
                           (isFree ? Qt::ItemIsUserCheckable : Qt::NoItemFlags));
            if (isFree)
                item->setCheckState(0, Qt::Checked);
            else
                for (int column = 0; column < m_list->columnCount(); ++column)
                    item->setForeground(column, theme().muted);
        }
    }
    for (int column = 0; column < m_list->columnCount(); ++column)
        m_list->resizeColumnToContents(column);
    m_list->setColumnWidth(0, m_list->columnWidth(0) + 24); // the style sheet's box, which Qt does not count
    m_list->setColumnWidth(1, std::min(m_list->columnWidth(1), 150)); // the ids of VPCs are long
    count();
}

QStringList OrphansDialog::chosen() const {
    QStringList ids;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *item = m_list->topLevelItem(row);
        if ((item->flags() & Qt::ItemIsUserCheckable) && item->checkState(0) == Qt::Checked)
            ids << item->text(1);
    }
    return ids;
}

void OrphansDialog::count() {
    Money perHour;
    Money cost;
    int servers = 0;
    const QStringList ids = chosen();
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *item = m_list->topLevelItem(row);
        if (!ids.contains(item->text(1)) || item->data(0, kPerHourRole).toLongLong() == 0)
            continue;
        ++servers;
        perHour += Money{item->data(0, kPerHourRole).toLongLong()};
        cost += Money{item->data(0, kCostRole).toLongLong()};
    }
    if (m_list->topLevelItemCount() == 0)
        m_summary->setText(tr("Nothing in the account looks like a fleet's."));
    else if (ids.isEmpty())
        m_summary->setText(tr("Nothing is selected. Resources in use cannot be selected."));
    else
        m_summary->setText(tr("Selected orphans: %1 so far, %2 an hour.").arg(cost.text(), perHour.text()));
    const qsizetype others = ids.size() - servers;
    const auto counted = [](qsizetype number, const QString &one, const QString &many) {
        return number == 1 ? one : many.arg(number);
    };
    const QString of = counted(servers, tr("1 droplet"), tr("%1 droplets"));
    m_destroy->setText(ids.isEmpty()  ? tr("Destroy")
                       : servers == 0 ? tr("Destroy %1").arg(counted(others, tr("1 thing"), tr("%1 things")))
                       : others == 0  ? tr("Destroy %1").arg(of)
                                      : tr("Destroy %1 and %2 more").arg(of).arg(others));
    m_destroy->setEnabled(!ids.isEmpty());
}

void OrphansDialog::destroyOrphans() {
    m_destroying = true;
    m_problem->clear();
    m_progress->clear();
    m_progress->show();
    m_list->setEnabled(false);
    m_destroy->setEnabled(false);
    m_again->setEnabled(false);
    m_close->setText(tr("Stop"));
    m_rentals.destroyOrphans(chosen(), whileAlive(this, [this](const Result<OrphanView> &view) {
                                 m_destroying = false;
                                 m_list->setEnabled(true);
                                 m_close->setText(tr("Close"));
                                 if (view)
                                     m_progress->appendPlainText(tr("It is gone: DigitalOcean confirms it."));
                                 Q_EMIT orphansDestroyed();
                                 look();
                                 m_problem->setText(view ? QString() : view.error().text);
                             }));
}

// While it destroys, the button stops that; what is left is shown then.
void OrphansDialog::reject() {
    if (m_destroying)
        m_rentals.cancel(kOrphansName);
    else
        QDialog::reject();
}

} // namespace slipway
