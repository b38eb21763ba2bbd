// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/fleet.h"
#include "tests/app/sandbox/sandboxprobe.h"
#include "tests/support/fakecloud.h"

#include <QMap>

namespace slipway::test {

/// A cloud whose droplets are the hosts of a sandbox, and who plays cloud-init there. All goes with the
/// object.
class RentedRig {
public:
    RentedRig(); ///< qFatal when the sandbox does not come up

    [[nodiscard]] bool usable() const { return m_box.namespaces(); }
    [[nodiscard]] QString dataDir() const { return m_box.dir.path(); }
    [[nodiscard]] QString keyFile() const { return m_dir + QStringLiteral("/key.pub"); }
    [[nodiscard]] const Fleet &sandbox() const { return m_sandbox; }
    [[nodiscard]] FakeCloud &cloud() { return m_cloud; }

    /// A program that comes before the system's on every host.
    void putProgram(const QString &name, const QByteArray &text) const;
    void removeProgram(const QString &name) const;
    /// Once the droplets were asked for: the host keys that came with their user_data are put in place.
    void playCloudInit();
    /// What a command says on a host that shows the key it was given.
    [[nodiscard]] SshAnswer ask(Host host, const QString &command) const;
    [[nodiscard]] QStringList violations() const; ///< of the cloud's contract, where that is to be had

private:
    void playCloudInit(const Host &host);

    Box m_box;
    FakeCloud m_cloud;
    Fleet m_sandbox;
    QString m_dir;
    QMap<QString, QStringList> m_hostKeys;
};

[[nodiscard]] QByteArray readFile(const QString &path);

} // namespace slipway::test
