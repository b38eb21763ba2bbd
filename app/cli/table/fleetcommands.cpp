// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the table: named fleets, and the hosts of any fleet.
#include "app/cli/commands.h"
#include "app/cli/fleetinventory.h"
#include "app/cli/fleetssh.h"
#include "app/cli/table/rows.h"
#include "app/cli/table/sharedoptions.h"

namespace slipway::cli {

namespace {

constexpr std::array<const char *, 1> kImportUsage{"PATH|- [OPTIONS]"};
constexpr std::array<TermSpec, 9> kFormats{{
    {"slipway", "a fleet file"},
    {"terraform-output", "terraform output -json: addresses, lists, maps and objects of them"},
    {"terraform-show", "terraform show -json, or terraform.tfstate; OpenTofu's too"},
    {"doctl", "doctl compute droplet list, as JSON or as a table"},
    {"cloud", "what aws, hcloud or gcloud list as JSON"},
    {"ansible", "an inventory as INI or YAML, or ansible-inventory --list"},
    {"ssh-config", "the names of Host lines, Include followed"},
    {"csv", "a header with name and address; role, privateAddress, port, user, id, group, tags …"},
    {"hosts", "one line per host: an address, a name, or both, as in /etc/hosts"},
}};
constexpr std::array<OptionSpec, 5> kImportOptions{{
    {.name = "format",
     .value = "FORMAT",
     .help = "One of the above; default: detected from the content.",
     .offers = Completion::Words,
     .words = "auto slipway terraform-output terraform-show doctl cloud ansible ssh-config csv hosts"},
    {.name = "name",
     .value = "NAME",
     .help = "What the fleet is called; default: as it says itself, or as the file."},
    {.name = "replace",
     .help = "Replaces the fleet of that name, and shows host by host what changes. What the inventory does "
             "not say (keys, users, paths, parameters) stays; fleet undo reverts it."},
    {.name = "dry-run", .help = "Shows what would be imported, or change, and keeps nothing."},
    kJsonOption,
}};
constexpr std::array<ExitMeaning, 3> kImportExits{{
    {ExitCode::Done, "done"},
    kUsageExit,
    {ExitCode::NotDone, "the file cannot be imported, or there is a fleet of that name"},
}};

constexpr std::array<const char *, 1> kListUsage{"[--json]"};
constexpr std::array<const char *, 1> kShowUsage{"NAME [--json]"};
constexpr std::array<const char *, 1> kRenameUsage{"NAME NEW"};
constexpr std::array<const char *, 1> kRemoveUsage{"NAME [--dry-run]"};
constexpr std::array<OptionSpec, 1> kRemoveOptions{
    {{.name = "dry-run", .help = "Shows its hosts and removes nothing."}}};
constexpr std::array<const char *, 1> kUndoUsage{"[--dry-run]"};
constexpr std::array<OptionSpec, 1> kUndoOptions{
    {{.name = "dry-run", .help = "Shows what it would revert."}}};

constexpr OptionSpec kFleetOption{.name = "fleet",
                                  .value = "NAME|FILE",
                                  .help = "A named fleet, a fleet file or \"sandbox\".",
                                  .offers = Completion::Fleet};
constexpr std::array<const char *, 1> kCheckUsage{"--fleet NAME|FILE|sandbox [OPTIONS]"};
constexpr std::array<OptionSpec, 3> kCheckOptions{{
    kFleetOption,
    {.name = "accept-new", .help = "Pins the keys of hosts that are not known yet."},
    {.name = "json",
     .help = "An array of objects on standard output; null is what was not measured. An error is "
             "{\"error\": …}."},
}};
constexpr std::array<ExitMeaning, 4> kCheckExits{{
    {ExitCode::Done, "all is well"},
    {ExitCode::No, "a host has a problem"},
    {ExitCode::Usage, "wrong usage, or a fleet that is not valid"},
    kStoppedExit,
}};
constexpr std::array<const char *, 1> kForgetUsage{"HOST --fleet NAME|FILE"};
constexpr std::array<OptionSpec, 1> kForgetOptions{kFleetOption};

constexpr std::array<const char *, 1> kSshUsage{"NAME|FILE|sandbox HOST [-- COMMAND …]"};
constexpr std::array<ExitMeaning, 3> kSshExits{{
    {ExitCode::Usage, "wrong usage, or no such host"},
    {ExitCode::NotDone, "the fleet is not there, or ssh cannot be given what the host needs"},
    {ExitCode::Done, "ssh was started: the code is ssh's own, 255 where it could not log in"},
}};
constexpr std::array<const char *, 1> kSshConfigUsage{"NAME|FILE|sandbox"};
constexpr std::array<const char *, 1> kKnownHostsUsage{"NAME|FILE|sandbox HOST"};

} // namespace

const CommandSpec kFleetImport{
    .name = "fleet import",
    .summary = "create a named fleet from an inventory: terraform, doctl, Ansible, ssh_config, CSV, lists",
    .usage = kImportUsage,
    .description = "Creates a named fleet from an inventory; - is standard input. What is left out is named "
                   "with its place, on standard error. The formats:",
    .terms = kFormats,
    .options = kImportOptions,
    .documents = "fleet-import/1",
    .exits = kImportExits,
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::File,
    .run = fleetImport,
};

const CommandSpec kFleetList{
    .name = "fleet list",
    .summary = "the named fleets, and the rented ones",
    .usage = kListUsage,
    .description = "The named fleets, for --fleet NAME, and the rented ones.",
    .options = kOnlyJson,
    .documents = "fleet-list/1",
    .isPaged = true,
    .run = fleetList,
};

const CommandSpec kFleetShow{
    .name = "fleet show",
    .summary = "the hosts of a named fleet",
    .usage = kShowUsage,
    .description = "The hosts of a named fleet; with --json its fleet file.",
    .options = kOnlyJson,
    .documents = "fleet/1",
    .isPaged = true,
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::Fleet,
    .run = fleetShow,
};

const CommandSpec kFleetRename{
    .name = "fleet rename",
    .summary = "rename a named fleet",
    .usage = kRenameUsage,
    .description = "Renames a named fleet; fleet undo reverts it.",
    .minArguments = 2,
    .maxArguments = 2,
    .offers = Completion::Fleet,
    .run = fleetRename,
};

const CommandSpec kFleetRemove{
    .name = "fleet remove",
    .summary = "remove a named fleet from the list",
    .usage = kRemoveUsage,
    .description = "Removes a named fleet from the list; its machines are not touched, and fleet undo "
                   "restores it. A rented fleet is ended by fleet destroy.",
    .options = kRemoveOptions,
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::Fleet,
    .run = fleetRemove,
};

const CommandSpec kFleetUndo{
    .name = "fleet undo",
    .summary = "revert the last change of the named fleets",
    .usage = kUndoUsage,
    .description = "Reverts the last change of the named fleets: an import, a replacement, a renaming, a "
                   "removal, an edit in the window. Refused where something was changed after it.",
    .options = kUndoOptions,
    .run = fleetUndo,
};

const CommandSpec kFleetCheck{
    .name = "fleet check",
    .summary = "every host: all that a run needs, and what was not measured",
    .usage = kCheckUsage,
    .description = "Asks all hosts at the same time for what a campaign of all phases needs: reached, clock, "
                   "home and work folder with room, programs, free ports, PostgreSQL, the server under test "
                   "and whether all have the same one.",
    .options = kCheckOptions,
    .documents = "fleet-health/1",
    .exits = kCheckExits,
    .run = fleetCheck,
};

const CommandSpec kFleetSsh{
    .name = "fleet ssh",
    .summary = "log in on a host with ssh, as Slipway does",
    .usage = kSshUsage,
    .description =
        "Becomes the ssh of this machine, with what Slipway itself uses for the host: address, port, user, "
        "keys, jump hosts, algorithms, and the host keys that it trusts. ssh_config of the person is asked "
        "once, for what the fleet leaves open. A host whose key is not known is refused: \"fleet check "
        "--accept-new\" pins it. What follows -- is the command, as for ssh.",
    .exits = kSshExits,
    .minArguments = 2,
    .maxArguments = -1,
    .argumentsMayBeEmpty = true,
    .offers = Completion::FleetThenHost,
    .run = fleetSsh,
};

const CommandSpec kFleetSshConfig{
    .name = "fleet ssh-config",
    .summary = "print the hosts of a fleet for ssh_config, as FLEET-HOST",
    .usage = kSshConfigUsage,
    .description =
        "Prints a Host block for each host of a fleet, named FLEET-HOST, with all that Slipway uses for it: "
        "for \"ssh -F FILE FLEET-HOST\", scp, rsync and sftp. Addresses and options are those of now; pinned "
        "host keys are asked of slipwayctl at each connection.",
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::Fleet,
    .run = fleetSshConfig,
};

const CommandSpec kFleetKnownHosts{
    .name = "fleet known-hosts",
    .summary = "print the pinned keys of a host as known_hosts has them",
    .usage = kKnownHostsUsage,
    .description = "Prints the keys that the fleet or a person pinned to a host, and those that known_hosts "
                   "revokes for it, each for any name: what ssh asks as its KnownHostsCommand.",
    .minArguments = 2,
    .maxArguments = 2,
    .offers = Completion::FleetThenHost,
    .run = fleetKnownHosts,
};

const CommandSpec kFleetForgetKey{
    .name = "fleet forget-key",
    .summary = "remove the pinned keys of a host that was reinstalled",
    .usage = kForgetUsage,
    .description = "Removes the pinned host keys of one host, on purpose: after it was reinstalled.",
    .options = kForgetOptions,
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::Host,
    .run = fleetForgetKey,
};

} // namespace slipway::cli
