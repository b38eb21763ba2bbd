// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/lifecycle/lifecyclerig.h"

#include <QObject>

#include <optional>

namespace slipway::test {

/// What every lifecycle suite does around each of its tests: a rig of its own, and at the end nothing that
/// Slipway does not show, and no exchange that breaks the published contract.
class LifecycleSuite : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_rig.emplace(); }
    void cleanup();
    void cleanupTestCase();

protected:
    [[nodiscard]] qsizetype servers() const;

    std::optional<LifecycleRig> m_rig;

private:
    qsizetype m_orphans = 0;
    int m_checked = 0;
};

} // namespace slipway::test
