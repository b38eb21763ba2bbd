// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rental/rentalpanel.h"

#include "models/core/plaintext.h"
#include "models/fleet/rentaltext.h"
#include "ui/common/flowlayout.h"
#include "ui/common/plaintable.h"
#include "ui/common/theme.h"
#include "ui/common/tonelabel.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kMaxLines = 500;
constexpr int kMaxRows = 12;

QStringList stepsOf(RentalWork::Kind kind) {
    switch (kind) {
    case RentalWork::Kind::None:
        return {};
    case RentalWork::Kind::Create:
        return kCreateSteps;
    case RentalWork::Kind::Prepare:
        return kPrepareSteps;
    case RentalWork::Kind::Destroy:
        return kDestroySteps;
    }
    return {};
}

} // namespace

RentalPanel::RentalPanel(QWidget *parent)
    : QWidget(parent), m_name(makeLabel(nullptr, titleFont(), Tone::Text)),
      m_state(makeLabel(nullptr, font(), Tone::Muted)), m_cost(makeLabel(nullptr, numberFont(), Tone::Text)),
      m_perHour(makeLabel(nullptr, smallFont(), Tone::Muted)),
      m_steps(makeLabel(nullptr, font(), Tone::Text)), m_problem(makeLabel(nullptr, font(), Tone::Fail)),
      m_servers(makePlainTree(
          {tr("Host"), tr("Droplet"), tr("Size"), tr("Address"), tr("Private address"), tr("State")},
          tr("Droplets"))),
      m_lines(new QPlainTextEdit), m_continue(new QPushButton(tr("Continue renting"))),
      m_prepare(new QPushButton(tr("Prepare…"))), m_launch(new QPushButton(tr("Launch…"))),
      m_destroy(new QPushButton(tr("Destroy…"))), m_resume(new QPushButton(tr("Resume destroying"))),
      m_cancel(new QPushButton(tr("Stop"))) {
    m_cost->setAccessibleName(tr("Cost so far"));
    m_cost->setObjectName(QStringLiteral("cost"));
    for (QLabel *label : {m_cost, m_perHour})
        label->setAlignment(Qt::AlignRight);
    m_problem->setWordWrap(true);
    m_lines->setReadOnly(true);
    m_lines->setMaximumBlockCount(kMaxLines);
    m_lines->setFont(logFont());
    m_lines->setAccessibleName(tr("Progress"));
    m_steps->setObjectName(QStringLiteral("steps"));
    auto *what = new QVBoxLayout;
    what->setSpacing(2);
    what->addWidget(m_name);
    what->addWidget(m_state);
    auto *cost = new QVBoxLayout;
    cost->setSpacing(2);
    cost->addWidget(m_cost);
    cost->addWidget(m_perHour);
    auto *head = new QHBoxLayout;
    head->addLayout(what, 1);
    head->addLayout(cost);
    auto *actions = new FlowLayout(8);
    for (QPushButton *button : {m_continue, m_resume, m_launch, m_prepare, m_destroy, m_cancel})
        actions->addWidget(button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(head);
    layout->addLayout(actions);
    auto *servers = makePane(m_servers);
    servers->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    layout->addWidget(servers);
    layout->addWidget(m_steps);
    layout->addWidget(m_problem);
    layout->addWidget(makePane(m_lines), 1);
    layout->addStretch(0);
    connect(m_continue, &QPushButton::clicked, this, &RentalPanel::continueRequested);
    connect(m_prepare, &QPushButton::clicked, this, &RentalPanel::prepareRequested);
    connect(m_launch, &QPushButton::clicked, this, &RentalPanel::launchRequested);
    connect(m_destroy, &QPushButton::clicked, this, &RentalPanel::destroyRequested);
    connect(m_resume, &QPushButton::clicked, this, &RentalPanel::resumeRequested);
    connect(m_cancel, &QPushButton::clicked, this, &RentalPanel::cancelRequested);
}

void RentalPanel::setRental(const KnownRental &known, const QDateTime &now) {
    m_known = known;
    const Rental &rental = known.rental;
    m_name->setText(rental.spec.name);
    showServers();
    setNow(now);
    showActions();
}

void RentalPanel::showServers() {
    QList<QStringList> rows;
    for (const Rental::Member &member : m_known.rental.members)
        rows << QStringList{member.requested.host,
                            member.serverId == 0 ? QString() : QString::number(member.serverId),
                            member.requested.size,
                            plainText(member.publicAddress),
                            plainText(member.privateAddress),
                            memberStateName(member)};
    for (const Rental::Duplicate &duplicate : m_known.rental.livingDuplicates())
        rows << QStringList{{}, QString::number(duplicate.serverId), {}, {},
                            {}, tr("late duplicate, also charged")};
    if (rows == m_rows)
        return; // what is selected stays so
    m_rows = rows;
    m_servers->clear();
    for (const QStringList &row : std::as_const(rows))
        new QTreeWidgetItem(m_servers, row);
    for (int column = 0; column < m_servers->columnCount(); ++column)
        m_servers->resizeColumnToContents(column);
    // As high as its rows are, up to a dozen.
    const int height = std::clamp(m_servers->topLevelItemCount(), 1, kMaxRows);
    m_servers->setFixedHeight(m_servers->header()->sizeHint().height() +
                              height * m_servers->sizeHintForRow(0) + 4);
}

void RentalPanel::setNow(const QDateTime &now) {
    m_now = now;
    const Rental &rental = m_known.rental;
    QStringList words{
        rentalStateText(rental.state, m_known.held || m_work.running), rental.spec.region,
        tr("age %1").arg(ageText(rental.begunAt, rental.endedAt.isValid() ? rental.endedAt : now))};
    if (!rental.campaign.isEmpty())
        words << tr("campaign %1").arg(rental.campaign);
    if (rental.state != Rental::State::Ended && rental.state != Rental::State::Broken)
        words << (rental.spec.keep ? tr("kept until it is destroyed by hand")
                                   : tr("destroyed at the end of its campaign"));
    m_state->setText(words.join(QStringLiteral("  ·  ")));
    const auto soFar = rental.cost(now);
    m_cost->setText(soFar ? soFar->text() : tr("Cost not known"));
    m_perHour->setText(rental.state == Rental::State::Ended
                           ? tr("in total; nothing runs now")
                           : tr("so far, %1 an hour").arg(rental.perHour().text()));
}

void RentalPanel::setWork(const RentalWork &work) {
    const bool grew = work.kind == m_work.kind && work.lines.size() > m_work.lines.size() &&
                      work.lines.mid(0, m_work.lines.size()) == m_work.lines;
    const qsizetype from = grew ? m_work.lines.size() : 0;
    if (!grew && work.lines != m_work.lines)
        m_lines->clear();
    if (grew || work.lines != m_work.lines) {
        for (const QString &line : work.lines.mid(from))
            m_lines->appendPlainText(line);
    }
    m_work = work;
    setNow(m_now); // what is being worked at is not cut off
    m_steps->setText(stepsText());
    m_steps->setVisible(work.kind != RentalWork::Kind::None);
    m_lines->parentWidget()->setVisible(!work.lines.isEmpty());
    showActions();
}

// "✓ tag   ● vpc   ○ firewall": done, at it, to come; a shape for each.
QString RentalPanel::stepsText() const {
    const QStringList steps = stepsOf(m_work.kind);
    const qsizetype at = steps.indexOf(m_work.step);
    const bool done = !m_work.running && m_work.problem.isEmpty();
    QStringList words;
    for (qsizetype i = 0; i < steps.size(); ++i)
        words << (done || i < at ? QStringLiteral("✓ ")
                  : i == at      ? (m_work.running ? QStringLiteral("● ") : QStringLiteral("✗ "))
                                 : QStringLiteral("○ ")) +
                     steps.at(i);
    return words.join(QStringLiteral("     "));
}

void RentalPanel::showActions() {
    const bool busy = m_work.running;
    const bool free = !busy && !m_known.held;
    const Rental::State state = m_known.rental.state;
    QString problem = m_work.problem.isEmpty() ? m_known.problem : m_work.problem;
    if (problem.isEmpty() && free && state == Rental::State::Creating)
        problem = tr("Renting was interrupted. What was created still costs money: continue, or destroy it.");
    else if (problem.isEmpty() && free && state == Rental::State::Destroying)
        problem = tr("Destroying was interrupted. What is left still costs money: resume.");
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_continue->setVisible(free && state == Rental::State::Creating);
    m_resume->setVisible(free && state == Rental::State::Destroying);
    m_launch->setVisible(free && state == Rental::State::Ready);
    m_prepare->setVisible(free && state == Rental::State::Ready);
    m_destroy->setVisible(free && state != Rental::State::Destroying && state != Rental::State::Ended);
    m_cancel->setVisible(busy);
}

} // namespace slipway
