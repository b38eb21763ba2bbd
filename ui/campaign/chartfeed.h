// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace slipway {

class CampaignPage;
class CampaignQueries;

/// Gives the charts of the page what they ask for, from the archive; late answers of another campaign are
/// dropped. Both outlive the connection, or take it with them.
void feedCharts(const CampaignQueries &queries, CampaignPage &page);

} // namespace slipway
