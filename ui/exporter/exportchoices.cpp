// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exporter/exportchoices.h"

#include "app/session/publishrunner.h"
#include "models/core/whilealive.h"
#include "ui/common/theme.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QUrl>

namespace slipway {

namespace {

constexpr qint64 kMiB = 1024LL * 1024;
constexpr int kMaxRepos = 8;
const QString kRepos = QStringLiteral("export/repos");

QStringList rememberedRepos() {
    return QSettings().value(kRepos).toStringList();
}

// "git@" of an SSH address is not a secret; what stands before a web address's host may be a token.
bool hasSecret(const QString &address) {
    const QUrl url(address);
    return !url.password().isEmpty() ||
           (url.scheme().startsWith(QLatin1String("http")) && !url.userName().isEmpty());
}

} // namespace

QString versionNamedBy(const QString &campaign) {
    static const QRegularExpression version(QStringLiteral("v\\d+\\.\\d+\\.\\d+(?:\\.\\d+)?(?:-rc\\d+)?"));
    return version.match(campaign).captured();
}

ExportChoices::ExportChoices(PublishRunner &runner, const CampaignRecord &record, QWidget *parent)
    : QWidget(parent), m_runner(runner), m_id(record.summary.id), m_verdict(record.summary.verdict),
      m_repo(new QComboBox), m_branch(new QLineEdit(QStringLiteral("main"))),
      m_push(new QCheckBox(tr("Commit and push with your git"))),
      m_narrative(new QCheckBox(tr("The narrative, into analysis/run-insights.json"))),
      m_maskPrivate(new QCheckBox(tr("Mask private addresses too"))), m_max(new QSpinBox),
      m_key(new QComboBox), m_release(new QCheckBox(tr("A release summary"))), m_version(new QLineEdit),
      m_acceptUnproven(new QCheckBox(tr("Yes, release it though it is unproven"))), m_ref(new QLineEdit),
      m_server(new QLineEdit), m_replace(new QCheckBox(tr("Yes, replace what somebody else wrote there"))),
      m_unsearched(new QCheckBox) {
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft);
    form->setVerticalSpacing(10);
    form->setHorizontalSpacing(12);
    makeWhere(*form);
    makeWhat(*form);
    makeRelease(*form);
    m_replace->hide();
    form->addRow(QString(), m_replace);
    m_unsearched->setObjectName(QStringLiteral("unsearched"));
    m_unsearched->hide();
    form->addRow(QString(), m_unsearched);
    restore();
    listKeys();
    for (QCheckBox *box :
         {m_push, m_narrative, m_maskPrivate, m_release, m_acceptUnproven, m_replace, m_unsearched})
        connect(box, &QCheckBox::toggled, this, &ExportChoices::changed);
    for (QLineEdit *field : {m_branch, m_version, m_ref, m_server})
        connect(field, &QLineEdit::textChanged, this, &ExportChoices::changed);
    for (QComboBox *box : {m_repo, m_key})
        connect(box, &QComboBox::currentTextChanged, this, &ExportChoices::changed);
    connect(m_max, &QSpinBox::valueChanged, this, &ExportChoices::changed);
    // Somebody else's file is another one there.
    connect(m_repo, &QComboBox::currentTextChanged, this, [this] {
        m_replace->setChecked(false);
        m_replace->hide();
    });
}

void ExportChoices::makeWhere(QFormLayout &form) {
    m_repo->setEditable(true);
    m_repo->setObjectName(QStringLiteral("repo"));
    m_repo->setAccessibleName(tr("Pages repo"));
    m_repo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_repo->setMinimumContentsLength(12);
    m_repo->lineEdit()->setPlaceholderText(tr("a checkout, or an address"));
    auto *choose = new QPushButton(tr("Choose folder"));
    connect(choose, &QPushButton::clicked, this, [this] {
        const QString path =
            QFileDialog::getExistingDirectory(this, tr("Choose a checkout of the Pages repo"));
        if (!path.isEmpty())
            m_repo->setEditText(path);
    });
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_repo, 1);
    row->addWidget(choose);
    form.addRow(tr("Pages repo"), row);
    m_push->setObjectName(QStringLiteral("push"));
    m_push->setToolTip(tr("In a tree of its own: a checkout's files and branches are not touched. Without it "
                          "the files are written into the folder and nothing is committed."));
    form.addRow(QString(), m_push);
    m_branch->setObjectName(QStringLiteral("branch"));
    form.addRow(tr("Branch"), m_branch);
    connect(m_push, &QCheckBox::toggled, m_branch, &QWidget::setEnabled);
}

void ExportChoices::makeWhat(QFormLayout &form) {
    m_narrative->setObjectName(QStringLiteral("narrative"));
    form.addRow(tr("Also"), m_narrative);
    m_maskPrivate->setObjectName(QStringLiteral("maskPrivate"));
    m_maskPrivate->setToolTip(tr("10.250.0.11 and the like. Tokens, private keys and passwords are masked in "
                                 "any case; the archive keeps them."));
    form.addRow(tr("Masking"), m_maskPrivate);
    m_max->setObjectName(QStringLiteral("most"));
    m_max->setRange(1, 1024);
    m_max->setValue(64);
    m_max->setSuffix(tr(" MiB"));
    m_max->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_max->setAccessibleName(tr("Size limit of the run's folder"));
    form.addRow(tr("At most"), m_max);
    m_key->setObjectName(QStringLiteral("key"));
    m_key->setAccessibleName(tr("Signed with"));
    m_key->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_key->setMinimumContentsLength(12);
    m_key->addItem(tr("Not signed"));
    auto *choose = new QPushButton(tr("Choose key"));
    connect(choose, &QPushButton::clicked, this, [this] {
        const QString file = QFileDialog::getOpenFileName(this, tr("Choose an SSH key"),
                                                          QDir::homePath() + QStringLiteral("/.ssh"));
        if (file.isEmpty())
            return;
        if (m_key->findData(file) < 0)
            m_key->addItem(QFileInfo(file).fileName(), file);
        m_key->setCurrentIndex(m_key->findData(file));
    });
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_key, 1);
    row->addWidget(choose);
    form.addRow(tr("Signed with"), row);
}

void ExportChoices::makeRelease(QFormLayout &form) {
    const bool isUnproven = m_verdict == Verdict::UnprovenPass;
    const bool canBe = isUnproven || m_verdict == Verdict::Proven;
    m_release->setObjectName(QStringLiteral("release"));
    m_release->setEnabled(canBe);
    if (!canBe)
        m_release->setText(tr("A release summary: only for a pass"));
    form.addRow(tr("Release"), m_release);
    m_version->setObjectName(QStringLiteral("version"));
    m_version->setText(versionNamedBy(m_id));
    m_version->setPlaceholderText(QStringLiteral("v0.6.3"));
    m_acceptUnproven->setObjectName(QStringLiteral("acceptUnproven"));
    m_acceptUnproven->setToolTip(tr("Its notes will say UNPROVEN PASS, and why."));
    form.addRow(tr("Version"), m_version);
    form.addRow(QString(), m_acceptUnproven);
    m_ref->setObjectName(QStringLiteral("releaseRef"));
    m_ref->setPlaceholderText(tr("the version"));
    m_ref->setToolTip(tr("The campaign's ref, when it is not spelled like the version."));
    m_server->setObjectName(QStringLiteral("releaseServer"));
    m_server->setPlaceholderText(tr("the version"));
    m_server->setToolTip(tr("The version that the measured server reports, when it is another."));
    form.addRow(tr("Made of ref"), m_ref);
    form.addRow(tr("Made of server"), m_server);
    form.setRowVisible(m_ref, canBe);
    form.setRowVisible(m_server, canBe);
    form.setRowVisible(m_version, canBe);
    form.setRowVisible(m_acceptUnproven, isUnproven);
    for (QWidget *field : QList<QWidget *>{m_version, m_acceptUnproven, m_ref, m_server}) {
        field->setEnabled(false);
        connect(m_release, &QCheckBox::toggled, field, &QWidget::setEnabled);
    }
    m_replace->setObjectName(QStringLiteral("replace"));
    m_replace->setToolTip(tr("What they wrote stays in the branch's history."));
}

void ExportChoices::restore() {
    const QSettings settings;
    m_repo->addItems(rememberedRepos());
    m_push->setChecked(settings.value(QStringLiteral("export/push"), true).toBool());
    m_branch->setText(settings.value(QStringLiteral("export/branch"), QStringLiteral("main")).toString());
    m_branch->setEnabled(m_push->isChecked());
    m_narrative->setChecked(settings.value(QStringLiteral("export/narrative"), true).toBool());
    m_maskPrivate->setChecked(settings.value(QStringLiteral("export/maskPrivate"), false).toBool());
    m_max->setValue(settings.value(QStringLiteral("export/maxMiB"), 64).toInt());
    if (const QString key = settings.value(QStringLiteral("export/key")).toString(); !key.isEmpty()) {
        m_key->addItem(QFileInfo(key).fileName(), key);
        m_key->setCurrentIndex(m_key->count() - 1);
    }
}

void ExportChoices::remember() const {
    QSettings settings;
    if (!hasSecret(repo())) {
        QStringList repos = rememberedRepos();
        repos.removeAll(repo());
        repos.prepend(repo());
        settings.setValue(kRepos, repos.mid(0, kMaxRepos));
    }
    settings.setValue(QStringLiteral("export/push"), m_push->isChecked());
    settings.setValue(QStringLiteral("export/branch"), m_branch->text());
    settings.setValue(QStringLiteral("export/narrative"), m_narrative->isChecked());
    settings.setValue(QStringLiteral("export/maskPrivate"), m_maskPrivate->isChecked());
    settings.setValue(QStringLiteral("export/maxMiB"), m_max->value());
    settings.setValue(QStringLiteral("export/key"), m_key->currentData().toString());
}

void ExportChoices::listKeys() {
    m_runner.listSigningKeys(whileAlive(this, [this](const QStringList &keys) {
        for (const QString &key : keys) {
            if (m_key->findData(key) < 0)
                m_key->addItem(QFileInfo(key).fileName(), key);
        }
    }));
}

QString ExportChoices::repo() const {
    return m_repo->currentText().trimmed();
}

bool ExportChoices::isEmpty() const {
    return repo().isEmpty();
}

bool ExportChoices::isPushed() const {
    return m_push->isChecked();
}

PagesRequest ExportChoices::request() const {
    PagesRequest request;
    request.repo = QFileInfo(repo()).isDir() ? QDir(repo()).absolutePath() : repo();
    request.branch = m_branch->text().trimmed();
    request.runs = {m_id};
    request.options.redaction.privateAddresses = m_maskPrivate->isChecked();
    request.options.signKey = m_key->currentData().toString();
    request.options.sizeLimit = m_max->value() * kMiB;
    request.options.replaceOthers = m_replace->isChecked() && !m_replace->isHidden();
    if (m_unsearched->isChecked())
        request.options.publishUnsearched = m_heldBack;
    if (m_narrative->isChecked())
        request.insights = {m_id};
    if (m_release->isChecked()) {
        request.releaseOf = m_id;
        request.release = {m_version->text().trimmed(), m_acceptUnproven->isChecked(),
                           m_ref->text().trimmed(), m_server->text().trimmed()};
    }
    return request;
}

QString ExportChoices::problem() const {
    if (isEmpty())
        return tr("Pages repo: name a checkout, a bare repository or an address.");
    if (!isPushed() && !QFileInfo(repo()).isDir())
        return tr("Pages repo: %1 is not a folder here. An address needs to be pushed to.").arg(repo());
    if (isPushed() && m_branch->text().trimmed().isEmpty())
        return tr("Branch: name the published branch, usually main.");
    if (m_release->isChecked() && m_version->text().trimmed().isEmpty())
        return tr("Version: name the released version, for example v0.6.3.");
    if (m_release->isChecked() && m_verdict == Verdict::UnprovenPass && !m_acceptUnproven->isChecked())
        return tr("Release: the campaign is an unproven pass. Tick the box to release it anyway.");
    return {};
}

void ExportChoices::askForUnsearched(const QStringList &files) {
    if (files.isEmpty()) // none, or the yes holds
        return;
    const QSignalBlocker quiet(m_unsearched);
    m_heldBack += files;
    m_heldBack.removeDuplicates();
    m_unsearched->setChecked(false);
    QString names = m_heldBack.join(QStringLiteral(", "));
    names.replace(QLatin1Char('&'), QLatin1String("&&")); // no shortcut
    m_unsearched->setText(tr("Yes, publish what could not be searched: %1").arg(names));
    m_unsearched->setToolTip(
        tr("The reason is shown with the changes. They were not searched and may hold secrets."));
    m_unsearched->show();
}

void ExportChoices::askToReplace() {
    m_replace->show();
}

void ExportChoices::focusRepo() {
    m_repo->setFocus();
}

} // namespace slipway
