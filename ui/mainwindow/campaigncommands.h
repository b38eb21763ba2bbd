// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace slipway {

class CampaignsPage;
class CommandTable;

/// What a person can do on the page of campaigns: to the list, the evidence, the triage and the log.
void addCampaignCommands(CommandTable &commands, CampaignsPage &page);

} // namespace slipway
