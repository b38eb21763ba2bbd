// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMainWindow;

namespace slipway {

class CampaignsPage;

/// What a window is like the next time: its place and size, the widths of columns, the heights of rows, the
/// campaign that was shown. In QSettings. GUI thread.
class WindowMemory {
public:
    WindowMemory(QMainWindow &window, CampaignsPage &campaigns); ///< both live longer

    void restore();
    void save() const;

private:
    QMainWindow &m_window;
    CampaignsPage &m_campaigns;
};

} // namespace slipway
