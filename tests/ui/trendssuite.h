// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "ui/trends/trendspage.h"

#include <QObject>
#include <QTemporaryDir>

#include <memory>

namespace slipway {
class Session;
}

namespace slipway::test {

inline const QString kField = QStringLiteral("soak-v0.6.0"); ///< a real series of 84 runs

/// A suite on the page Trends: each test has an archive of its own, which ends with it.
class TrendsSuite : public QObject {
    Q_OBJECT
public:
    TrendsSuite();
    ~TrendsSuite() override;

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

protected:
    void keepField(); ///< imports its table
    void makePage();  ///< on the archive; it is not shown yet
    /// Whether some visible label of it holds the text.
    [[nodiscard]] static bool says(const QWidget &widget, const QString &text);

    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<TrendsPage> m_page;

private:
    QTemporaryDir m_settings;
};

} // namespace slipway::test
