// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the table: fleets that are rented at DigitalOcean.
#include "app/cli/fleetrental.h"
#include "app/cli/table/rows.h"
#include "app/cli/table/sharedoptions.h"

namespace slipway::cli {

namespace {

constexpr std::array<const char *, 1> kNameUsage{"NAME [OPTIONS]"};
constexpr std::array<OptionSpec, 17> kCreateOptions{{
    {.name = "region", .value = "SLUG", .help = "Default: nyc3."},
    {.name = "image", .value = "SLUG|ID", .help = "Default: ubuntu-24-04-x64."},
    {.name = "peers", .value = "N", .help = "Default: 3, named node-a, node-b, …; and one host \"chaos\"."},
    {.name = "size", .value = "SLUG", .help = "Of the peers; default: s-2vcpu-4gb."},
    {.name = "chaos-size", .value = "SLUG", .help = "Default: s-1vcpu-2gb."},
    {.name = "range", .value = "NETWORK", .help = "Of the VPC; default: a free one."},
    {.name = "key",
     .value = "FILE.pub",
     .help = "Who may log in; default: ~/.ssh/id_ed25519.pub.",
     .offers = Completion::File},
    {.name = "add-key", .help = "Adds that key to the account when it is not there."},
    {.name = "ssh-from", .value = "A,B", .help = "Networks that may reach SSH; default: everyone."},
    {.name = "ssh-config",
     .value = "FILE",
     .help = "For connections to the droplets; default: none.",
     .offers = Completion::File},
    {.name = "server-path",
     .value = "PATH",
     .help = "Where the server under test is installed; default: /usr/local/bin/ai-memory."},
    {.name = "hours",
     .value = "N",
     .help = "Default: 8; then the droplets power themselves off, WHICH DOES NOT STOP THEIR COST."},
    {.name = "keep", .help = "Does not destroy it at the end of a campaign, nor when this fails."},
    {.name = "no-login", .help = "Done when the droplets are active; \"fleet prepare\" logs in."},
    {.name = "dry-run", .help = "Only the preflight: scopes, limit, key, slugs, names, range, price."},
    kQuietOption,
    kJsonOption,
}};
constexpr std::array<ExitMeaning, 4> kCreateExits{{
    {ExitCode::Done, "done"},
    {ExitCode::Usage, "wrong usage, or refused by the preflight"},
    {ExitCode::NotDone, "it failed, or there is no token"},
    {ExitCode::Stopped, "stopped; what was provisioned is destroyed, unless that was stopped too"},
}};

constexpr std::array<OptionSpec, 5> kPrepareOptions{{
    {.name = "server",
     .value = "FILE",
     .help = "A program of this machine; its hash is checked on every host.",
     .offers = Completion::File},
    {.name = "version",
     .value = "TEXT",
     .help = "Recorded in /etc/ai-memory/version; default: what the server says of itself."},
    {.name = "off-after",
     .value = "N",
     .help = "Default: 8 hours; 0: never. A droplet that is off COSTS AS MUCH as before; only destroy ends "
             "that."},
    kQuietOption,
    kJsonOption,
}};
constexpr std::array<ExitMeaning, 4> kPrepareExits{{
    {ExitCode::Done, "done"},
    kUsageExit,
    {ExitCode::NotDone, "it failed, there is no such fleet, or no token"},
    kStoppedExit,
}};

constexpr std::array<OptionSpec, 5> kDestroyOptions{{
    {.name = "abandon",
     .value = "CAMPAIGN",
     .help = "Also when this campaign has not ended on it: what its hosts have not handed over is lost.",
     .offers = Completion::Campaign},
    kYesOption,
    {.name = "dry-run", .help = "Only shows the list."},
    kQuietOption,
    kJsonOption,
}};
constexpr std::array<ExitMeaning, 4> kDestroyExits{{
    {ExitCode::Done, "everything is gone"},
    {ExitCode::Usage, "wrong usage, not agreed, or refused"},
    {ExitCode::NotDone, "not everything is gone, there is no such fleet, or no token"},
    kStoppedExit,
}};

constexpr std::array<const char *, 1> kOrphansUsage{"[OPTIONS]"};
constexpr std::array<OptionSpec, 4> kOrphansOptions{{
    kYesOption,
    {.name = "dry-run", .help = "Only shows the list."},
    kQuietOption,
    kJsonOption,
}};
constexpr std::array<ExitMeaning, 4> kOrphansExits{{
    {ExitCode::Done, "there are no orphans, or they are gone"},
    {ExitCode::Usage, "wrong usage, not agreed, or the list changed"},
    {ExitCode::NotDone, "something went wrong, or there is no token"},
    kStoppedExit,
}};

constexpr std::array<const char *, 1> kCostUsage{"[--json]"};
constexpr std::array<ExitMeaning, 3> kCostExits{{
    {ExitCode::Done, "done"},
    kUsageExit,
    {ExitCode::NotDone, "DigitalOcean did not answer, refused the token, or there is none"},
}};

constexpr std::array<const char *, 1> kTokenUsage{"[--forget]"};
constexpr std::array<OptionSpec, 1> kTokenOptions{
    {{.name = "forget", .help = "Removes it from the keyring."}}};
constexpr std::array<ExitMeaning, 3> kTokenExits{{
    {ExitCode::Done, "done"},
    {ExitCode::Usage, "wrong usage, or no token was given"},
    {ExitCode::NotDone, "the keyring cannot be used"},
}};

constexpr std::array<const char *, 1> kApiUsage{"[URL | --usual]"};
constexpr std::array<OptionSpec, 1> kApiOptions{
    {{.name = "usual", .help = "https://api.digitalocean.com again."}}};
constexpr std::array<ExitMeaning, 3> kApiExits{{
    {ExitCode::Done, "done"},
    {ExitCode::Usage, "wrong usage, or such an address cannot be used"},
    {ExitCode::NotDone, "it cannot be kept"},
}};

} // namespace

const CommandSpec kFleetCreate{
    .name = "fleet create",
    .summary = "rent droplets at DigitalOcean",
    .usage = kNameUsage,
    .description =
        "Rents droplets at DigitalOcean: a tag, a VPC, a firewall, then the droplets, and waits until SSH "
        "answers with the key that was injected and cloud-init has succeeded. When something fails, what was "
        "provisioned is destroyed. After an interruption the same command continues. Ctrl-C destroys what "
        "was provisioned; Ctrl-C twice leaves it.\n\nThe token is DIGITALOCEAN_TOKEN or "
        "DIGITALOCEAN_ACCESS_TOKEN, or the one that \"fleet token\" put into the system keyring.",
    .options = kCreateOptions,
    .documents = "rental/1 rental-preflight/1",
    .exits = kCreateExits,
    .minArguments = 1,
    .maxArguments = 1,
    .run = fleetCreate,
};

const CommandSpec kFleetPrepare{
    .name = "fleet prepare",
    .summary = "install the server under test on a rented fleet",
    .usage = kNameUsage,
    .description = "Waits until every host of a rented fleet can be used, installs packages that are missing "
                   "and the server under test, and has the hosts power themselves off after a time. Can be "
                   "repeated.",
    .options = kPrepareOptions,
    .documents = "rental/1",
    .exits = kPrepareExits,
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::Fleet,
    .run = fleetPrepare,
};

const CommandSpec kFleetDestroy{
    .name = "fleet destroy",
    .summary = "destroy a rented fleet",
    .usage = kNameUsage,
    .description =
        "Shows the exact list, asks, and destroys the droplets by their ids, then the firewall, the VPC and "
        "the tags. Done only when DigitalOcean says that each is gone. After an interruption the same "
        "command continues. Works for a fleet that was rented from another machine too.",
    .options = kDestroyOptions,
    .documents = "rental-belongings/1",
    .exits = kDestroyExits,
    .minArguments = 1,
    .maxArguments = 1,
    .offers = Completion::Fleet,
    .run = fleetDestroy,
};

const CommandSpec kFleetOrphans{
    .name = "fleet sweep",
    .summary = "find orphans in the account and destroy them",
    .usage = kOrphansUsage,
    .description =
        "Lists everything of the account that carries tags, names or ranges of fleets, who rented it, its "
        "age "
        "and what it has cost, and destroys what nobody claims: no fleet rented from here, and no time that "
        "somebody else rented it for. A droplet that is off costs as much as one that runs.",
    .options = kOrphansOptions,
    .documents = "rental-leftovers/1",
    .exits = kOrphansExits,
    .run = fleetOrphans,
};

const CommandSpec kFleetCost{
    .name = "fleet cost",
    .summary = "what every rented fleet has cost, and the account's month",
    .usage = kCostUsage,
    .description =
        "What every fleet rented from here has cost by its sizes' prices and its age, and what the "
        "account says of this month, which DigitalOcean updates once a day.",
    .options = kOnlyJson,
    .documents = "rental-cost/1",
    .exits = kCostExits,
    .run = fleetCost,
};

const CommandSpec kFleetToken{
    .name = "fleet token",
    .summary = "keep a token of DigitalOcean in the system keyring",
    .usage = kTokenUsage,
    .description =
        "Asks for a token of DigitalOcean on the terminal and keeps it in the system keyring, for the API's "
        "address as it is now (fleet api) and for no other. It is in no file, no setting and on no command "
        "line. Instead, DIGITALOCEAN_TOKEN or DIGITALOCEAN_ACCESS_TOKEN can be set.",
    .options = kTokenOptions,
    .exits = kTokenExits,
    .run = fleetToken,
};

const CommandSpec kFleetApi{
    .name = "fleet api",
    .summary = "show or set the address of the API",
    .usage = kApiUsage,
    .description =
        "Shows the address of the API that fleets are rented at, or remembers another one for the window and "
        "the shell: https, or http to this machine. DIGITALOCEAN_API_URL comes before it. A token that is "
        "kept for one address is not sent to another, and a fleet is destroyed where it was rented.",
    .options = kApiOptions,
    .exits = kApiExits,
    .maxArguments = 1,
    .run = fleetApi,
};

} // namespace slipway::cli
