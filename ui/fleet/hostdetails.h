// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/hostlistmodel.h"

#include <QFrame>

class QLabel;

namespace slipway {

/// What is known of one host: how it is logged in to, its keys, its last test.
class HostDetails : public QFrame {
    Q_OBJECT
public:
    explicit HostDetails(QWidget *parent = nullptr);

    void setHost(const Host &host, const HostCondition &condition);
    void setKeys(const QStringList &fingerprints);
    void clear(const QString &hint);

private:
    QLabel *m_title;
    QLabel *m_login;
    QLabel *m_keys;
    QLabel *m_condition;
};

} // namespace slipway
