// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exporter/exportsheet.h"

#include "app/session/publishrunner.h"
#include "models/core/whilealive.h"
#include "ui/common/fittingscrollarea.h"
#include "ui/common/tonelabel.h"
#include "ui/common/turningsplitter.h"
#include "ui/exporter/changesview.h"
#include "ui/exporter/exportchoices.h"
#include "ui/exporter/publishsteps.h"

#include <QBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QScreen>

#include <utility>

namespace slipway {

namespace {

constexpr int kChangesEms = 8; // of their least height, in heights of a line
constexpr int kTypingMs = 400;

// What was written into a folder, shown as a publication is.
PagesPublished asPublished(const Result<PagesCount> &count, const QString &done) {
    PagesPublished published;
    published.report.step = PublishStep::Write;
    if (count) {
        published.count = *count;
        published.report.state = PublishState::Published;
        published.report.text = done;
        return published;
    }
    published.report.state = count.error().code == ErrorCode::Cancelled       ? PublishState::Stopped
                             : count.error().code == ErrorCode::AlreadyExists ? PublishState::Conflict
                                                                              : PublishState::Failed;
    published.report.text = count.error().text;
    return published;
}

} // namespace

ExportSheet::ExportSheet(PublishRunner &runner, const CampaignRecord &record, QWidget *parent)
    : QDialog(parent), m_runner(runner), m_choices(new ExportChoices(runner, record)),
      m_changes(new ChangesView), m_steps(new PublishSteps) {
    setWindowTitle(tr("Export %1").arg(record.summary.id));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(QSize(1080, 720).boundedTo(screen()->availableSize() - QSize(40, 40)));
    auto *choices = new FittingScrollArea;
    choices->setWidget(m_choices);
    m_changes->setMinimumHeight(kChangesEms * fontMetrics().height());
    auto *split = new TurningSplitter;
    split->addWidget(choices);
    split->addWidget(m_changes);
    split->setStretchFactor(1, 1);
    split->setSizes({440, 600});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(split, 1);
    layout->addWidget(m_steps);
    makeButtons();
    m_wait.setSingleShot(true);
    m_wait.setInterval(kTypingMs);
    connect(&m_wait, &QTimer::timeout, this, &ExportSheet::look);
    connect(m_choices, &ExportChoices::changed, this, &ExportSheet::choicesChanged);
    m_choices->focusRepo();
    look();
}

ExportSheet::~ExportSheet() {
    if (m_work != Work::None)
        m_runner.cancel();
}

void ExportSheet::makeButtons() {
    m_publish = new QPushButton;
    m_publish->setObjectName(QStringLiteral("primary"));
    m_publish->setDefault(true);
    m_look = new QPushButton(tr("Look again"));
    m_look->setObjectName(QStringLiteral("look"));
    m_close = new QPushButton;
    m_close->setObjectName(QStringLiteral("close"));
    for (QPushButton *button : {m_look, m_close})
        button->setAutoDefault(false);
    connect(m_publish, &QPushButton::clicked, this, &ExportSheet::publish);
    connect(m_look, &QPushButton::clicked, this, &ExportSheet::look);
    connect(m_close, &QPushButton::clicked, this, &ExportSheet::reject);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addStretch(1);
    row->addWidget(m_look);
    row->addWidget(m_close);
    row->addWidget(m_publish);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

void ExportSheet::choicesChanged() {
    m_canPublish = false;
    m_hasEnded = false;
    showButtons();
    m_wait.start();
}

void ExportSheet::look() {
    m_wait.stop();
    if (m_work == Work::Publishing)
        return;
    if (m_work == Work::Looking) { // at what was chosen before
        m_lookAgain = true;
        m_runner.cancel();
        return;
    }
    m_canPublish = false;
    m_steps->clear();
    if (const QString problem = m_choices->problem(); !problem.isEmpty()) {
        m_changes->say(problem);
        showButtons();
        return;
    }
    m_changes->say(m_choices->isPushed() ? tr("Looking at what is on the branch now …")
                                         : tr("Looking at what is in the folder now …"));
    m_work = Work::Looking;
    showButtons();
    PagesRequest request = m_choices->request();
    request.options.withDiffs = true;
    const auto show = whileAlive(this, [this, limit = request.options.sizeLimit](
                                           const PagesPublished &preview) { showPreview(preview, limit); });
    if (m_choices->isPushed())
        m_runner.preview(request, show);
    else
        m_runner.write(request, true,
                       [show](const Result<PagesCount> &count) { show(asPublished(count, {})); });
}

void ExportSheet::showPreview(const PagesPublished &preview, qint64 sizeLimit) {
    const bool again = m_lookAgain;
    finish();
    if (again)
        return;
    if (!preview.report.ok()) {
        m_changes->say(tr("The changes cannot be computed."));
        m_steps->setNote(publishStateLabel(preview.report.state), preview.report.fullText(), true);
        if (preview.report.state == PublishState::Conflict)
            m_choices->askToReplace();
        showButtons();
        return;
    }
    m_files = preview.count.exported.changes.size() + preview.count.others.size();
    m_changes->setCount(preview.count, sizeLimit);
    m_choices->askForUnsearched(preview.count.exported.heldBack);
    m_canPublish = m_files > 0;
    if (preview.last && !preview.last->ok())
        m_steps->setNote(tr("The last push from here: %1, %2")
                             .arg(publishStateLabel(preview.last->state).toLower(),
                                  QLocale().toString(preview.last->at.toLocalTime(), QLocale::ShortFormat)),
                         tr("Pushing again resumes from there."), false);
    showButtons();
}

void ExportSheet::publish() {
    if (m_work != Work::None || !m_choices->problem().isEmpty())
        return;
    m_choices->remember();
    m_work = Work::Publishing;
    const PagesRequest request = m_choices->request();
    if (m_choices->isPushed()) {
        m_steps->setStep(PublishStep::Fetch, 0);
        showButtons();
        m_runner.publish(
            request,
            whileAlive(this, [this](PublishStep step, int attempt) { m_steps->setStep(step, attempt); }),
            whileAlive(this, [this](const PagesPublished &published) { showEnd(published); }));
        return;
    }
    m_steps->setNote(tr("Writing into %1 …").arg(request.repo), {}, false);
    showButtons();
    m_runner.write(
        request, false, whileAlive(this, [this, repo = request.repo](const Result<PagesCount> &count) {
            showEnd(asPublished(count, tr("The files are in %1. Nothing was committed.").arg(repo)));
        }));
}

void ExportSheet::showEnd(const PagesPublished &published) {
    finish();
    const PublishReport &report = published.report;
    const bool isPushed = m_choices->isPushed();
    if (isPushed)
        m_steps->setReport(report);
    else
        m_steps->setNote(report.ok() ? tr("Written") : publishStateLabel(report.state), report.text,
                         !report.ok());
    m_hasEnded = !report.ok();
    m_canPublish = m_hasEnded;
    if (report.state == PublishState::Conflict && report.step == PublishStep::Write)
        m_choices->askToReplace();
    showButtons();
    if (!report.ok())
        m_publish->setFocus();
    else
        m_close->setFocus();
}

void ExportSheet::finish() {
    m_work = Work::None;
    m_isStopping = false;
    if (std::exchange(m_lookAgain, false))
        look();
}

void ExportSheet::showButtons() {
    const bool isPublishing = m_work == Work::Publishing;
    m_choices->setEnabled(!isPublishing);
    m_publish->setEnabled(m_work == Work::None && m_canPublish);
    m_publish->setText(publishText());
    m_look->setEnabled(m_work == Work::None && !m_choices->isEmpty());
    m_close->setText(isPublishing && !m_isStopping ? tr("Stop") : tr("Close"));
}

QString ExportSheet::publishText() const {
    const bool isPushed = m_choices->isPushed();
    if (m_hasEnded)
        return isPushed ? tr("Push again") : tr("Write again");
    if (!m_canPublish)
        return isPushed ? tr("Push") : tr("Write");
    if (m_files == 1)
        return isPushed ? tr("Push 1 file") : tr("Write 1 file");
    return (isPushed ? tr("Push %L1 files") : tr("Write %L1 files")).arg(m_files);
}

void ExportSheet::reject() {
    if (m_work == Work::Publishing && !std::exchange(m_isStopping, true)) {
        m_runner.cancel();
        showButtons();
        return;
    }
    QDialog::reject();
}

} // namespace slipway
