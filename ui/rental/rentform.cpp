// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rental/rentform.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kMaxHours = 24 * 7;

// Shows `text`, holds the slug; what was chosen stays chosen where it is still on offer.
void fill(QComboBox &box, const QList<std::pair<QString, QString>> &items) {
    const QSignalBlocker quiet(box);
    const QString chosen = box.currentData().toString();
    box.clear();
    for (const auto &[slug, text] : items)
        box.addItem(text, slug);
    const int index = box.findData(chosen);
    if (index < 0) { // never another one than was asked for without being informed
        box.insertItem(0, RentForm::tr("%1 · not on offer").arg(chosen), chosen);
        box.setCurrentIndex(0);
    } else {
        box.setCurrentIndex(index);
    }
}

QString remembered(const char *name, const QString &fallback) {
    return QSettings().value(QStringLiteral("rental/") + QLatin1String(name), fallback).toString();
}

} // namespace

RentForm::RentForm(QWidget *parent)
    : QWidget(parent), m_name(new QLineEdit), m_region(new QComboBox), m_peers(new QSpinBox),
      m_peerSize(new QComboBox), m_chaosSize(new QComboBox), m_image(new QLineEdit), m_hours(new QSpinBox),
      m_key(new QLineEdit), m_addKey(new QCheckBox(tr("Add it to the account when it is not there"))),
      m_sshFrom(new QLineEdit), m_serverPath(new QLineEdit),
      m_keep(new QCheckBox(tr("Keep the fleet after a campaign, and when renting fails"))),
      m_login(new QCheckBox(tr("Wait until every host answers by SSH"))) {
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addFields(*form);
    for (QLineEdit *edit : findChildren<QLineEdit *>())
        connect(edit, &QLineEdit::textChanged, this, &RentForm::changed);
    for (QSpinBox *box : findChildren<QSpinBox *>())
        connect(box, &QSpinBox::valueChanged, this, &RentForm::changed);
    for (QCheckBox *box : findChildren<QCheckBox *>())
        connect(box, &QCheckBox::toggled, this, &RentForm::changed);
    for (const QComboBox *box : {m_peerSize, m_chaosSize})
        connect(box, &QComboBox::currentIndexChanged, this, &RentForm::changed);
    connect(m_region, &QComboBox::currentIndexChanged, this, [this] {
        listSizes();
        Q_EMIT changed();
    });
    for (QSpinBox *box : findChildren<QSpinBox *>())
        box->setButtonSymbols(QAbstractSpinBox::NoButtons); // arrows and wheel do the same
    setFocusProxy(m_name);
}

void RentForm::addFields(QFormLayout &form) {
    const RentalSpec defaults;
    const auto add = [&](const QString &label, const char *name, QWidget *field) {
        field->setObjectName(QLatin1String(name));
        field->setAccessibleName(label);
        field->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        form.addRow(label, field);
    };
    m_name->setPlaceholderText(tr("a-z, 0-9 and dashes; part of every name and tag"));
    m_name->setMaxLength(40);
    add(tr("Fleet"), "name", m_name);
    const QString region = remembered("region", defaults.region);
    m_region->addItem(region, region);
    add(tr("Region"), "region", m_region);
    m_peers->setRange(1, kMaxPeers);
    m_peers->setValue(remembered("peers", QString::number(kDefaultPeers)).toInt());
    m_peers->setSuffix(tr(" peers, and a chaos host"));
    add(tr("Hosts"), "peers", m_peers);
    const QString peerSize = remembered("peerSize", kDefaultPeerSize);
    m_peerSize->addItem(peerSize, peerSize);
    add(tr("Size of peers"), "peerSize", m_peerSize);
    const QString chaosSize = remembered("chaosSize", kDefaultChaosSize);
    m_chaosSize->addItem(chaosSize, chaosSize);
    add(tr("Size of the chaos host"), "chaosSize", m_chaosSize);
    m_image->setText(remembered("image", defaults.image));
    add(tr("Image"), "image", m_image);
    m_hours->setRange(1, kMaxHours);
    m_hours->setValue(remembered("hours", QString::number(defaults.hours)).toInt());
    m_hours->setSuffix(tr(" h expected"));
    m_hours->setToolTip(tr("Then the droplets power themselves off, which does not stop their cost, and "
                           "others may clean them up."));
    add(tr("Time"), "hours", m_hours);
    m_key->setText(remembered("key", QDir::homePath() + QStringLiteral("/.ssh/id_ed25519.pub")));
    m_key->setObjectName(QStringLiteral("key"));
    m_key->setAccessibleName(tr("Public key"));
    auto *browse = new QPushButton(tr("Choose file"));
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString path = QFileDialog::getOpenFileName(this, tr("Choose the public key that may log in"),
                                                          m_key->text(), tr("Public keys (*.pub)"));
        if (!path.isEmpty())
            m_key->setText(path);
    });
    auto *row = new QHBoxLayout;
    row->addWidget(m_key, 1);
    row->addWidget(browse);
    form.addRow(tr("Public key"), row);
    form.addRow(QString(), m_addKey);
    m_sshFrom->setText(remembered("sshFrom", defaults.sshFrom.join(QStringLiteral(", "))));
    m_sshFrom->setToolTip(tr("Networks that may reach port 22; 0.0.0.0/0 is everyone."));
    add(tr("SSH from"), "sshFrom", m_sshFrom);
    m_serverPath->setText(remembered("serverPath", defaults.serverPath));
    add(tr("Server's path"), "serverPath", m_serverPath);
    m_keep->setObjectName(QStringLiteral("keep"));
    form.addRow(QString(), m_keep);
    m_login->setObjectName(QStringLiteral("login"));
    m_login->setChecked(true);
    form.addRow(QString(), m_login);
}

void RentForm::setOffers(const Offers &offers) {
    m_offers = offers;
    QList<std::pair<QString, QString>> regions;
    for (const Region &region : offers.regions) {
        if (region.available)
            regions.append({region.slug, QStringLiteral("%1 · %2").arg(region.slug, region.name)});
    }
    std::sort(regions.begin(), regions.end());
    fill(*m_region, regions);
    listSizes();
    Q_EMIT changed();
}

void RentForm::listSizes() {
    QList<Size> sizes;
    for (const Size &size : std::as_const(m_offers.sizes)) {
        if (size.available && size.regions.contains(m_region->currentData().toString()))
            sizes << size;
    }
    if (m_offers.sizes.isEmpty())
        return;
    std::sort(sizes.begin(), sizes.end(), [](const Size &a, const Size &b) {
        return std::pair(a.perHour.micros, a.slug) < std::pair(b.perHour.micros, b.slug);
    });
    QList<std::pair<QString, QString>> items;
    for (const Size &size : std::as_const(sizes))
        items.append({size.slug, tr("%1 · %2 an hour").arg(size.slug, size.perHour.text())});
    fill(*m_peerSize, items);
    fill(*m_chaosSize, items);
}

std::optional<Money> RentForm::priceOf(const QString &slug) const {
    const auto it = std::find_if(m_offers.sizes.begin(), m_offers.sizes.end(),
                                 [&](const Size &size) { return size.slug == slug; });
    return it == m_offers.sizes.end() ? std::nullopt : std::optional(it->perHour);
}

RentalSpec RentForm::spec() const {
    RentalSpec spec;
    spec.name = m_name->text().trimmed();
    spec.region = m_region->currentData().toString();
    spec.image = m_image->text().trimmed();
    spec.members = defaultMembers(m_peers->value(), m_peerSize->currentData().toString(),
                                  m_chaosSize->currentData().toString());
    spec.publicKeyFile = QDir().absoluteFilePath(m_key->text().trimmed());
    spec.sshFrom.clear();
    for (const QString &network : m_sshFrom->text().split(QLatin1Char(','), Qt::SkipEmptyParts))
        spec.sshFrom << network.trimmed();
    spec.serverPath = m_serverPath->text().trimmed();
    spec.owner = rentingUser();
    spec.hours = m_hours->value();
    spec.keep = m_keep->isChecked();
    return spec;
}

RentalOptions RentForm::options() const {
    return {m_addKey->isChecked(), m_login->isChecked()};
}

QString RentForm::problem(const QStringList &taken) const {
    const RentalSpec requested = spec();
    if (taken.contains(requested.name))
        return tr("Fleet: there is a fleet %1 already.").arg(requested.name);
    const auto checked = checkSpec(requested);
    return checked ? QString() : checked.error().text;
}

QString RentForm::priceText() const {
    const RentalSpec requested = spec();
    Money perHour;
    Money expected;
    for (const RentalMember &member : requested.members) {
        const auto price = priceOf(member.size);
        if (!price)
            return {};
        perHour += *price;
        expected += serverCost(*price, qint64(requested.hours) * 3600);
    }
    return tr("%1 droplets · %2 an hour · %3 for %4 h")
        .arg(requested.members.size())
        .arg(perHour.text(), expected.text())
        .arg(requested.hours);
}

void RentForm::remember() const {
    const RentalSpec chosen = spec();
    QSettings settings;
    const auto keep = [&](const char *name, const QString &value) {
        settings.setValue(QStringLiteral("rental/") + QLatin1String(name), value);
    };
    keep("region", chosen.region);
    keep("image", chosen.image);
    keep("peers", QString::number(m_peers->value()));
    keep("peerSize", m_peerSize->currentData().toString());
    keep("chaosSize", m_chaosSize->currentData().toString());
    keep("hours", QString::number(chosen.hours));
    keep("key", chosen.publicKeyFile);
    keep("sshFrom", chosen.sshFrom.join(QStringLiteral(", ")));
    keep("serverPath", chosen.serverPath);
}

} // namespace slipway
