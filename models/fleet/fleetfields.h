// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace slipway {

/// A field of a fleet file: the reader, slipway-fleet(5) and a test of the JSON Schema go by these rows.
struct FleetField {
    const char *name = "";
    bool isRequired = false;
    const char *help = "";
};

inline constexpr std::array<FleetField, 4> kFleetFields{{
    {"schema", true, "The text \"slipway-fleet/1\"."},
    {"name", true, "What the fleet is called: 1 to 64 letters, digits, dots, dashes, underscores."},
    {"hosts", true, "An array of hosts, at least one; the names differ."},
    {"parameters", false,
     "An object of texts: parameters of the protocol that hold for this fleet only. run --set comes before "
     "them."},
}};

inline constexpr std::array<FleetField, 14> kHostFields{{
    {"name", true, "What people and evidence call it: 1 to 64 letters, digits, dots, dashes, underscores."},
    {"role", true, "\"peer\", or \"chaos\" for the host that phase 4 runs on."},
    {"address", true, "Where SSH goes: a name, an address, or a name that ssh_config knows."},
    {"privateAddress", false, "Where the servers under test talk to each other; default: address."},
    {"port", false, "1 to 65535; default: as ssh_config says, 22 where it is silent."},
    {"user", false, "Who logs in; default: as ssh_config says, the person's own name where it is silent."},
    {"identityFile", false, "The private key, and no other; default: the agent, and the keys of ssh_config."},
    {"hostKeys", false,
     "An array of public host keys, \"ssh-ed25519 AAAA…\": these and no others are trusted. Default: the "
     "keys that a "
     "person pinned, else known_hosts."},
    {"sshConfig", false, "An ssh_config file by its absolute path, or \"none\"; default: the person's own."},
    {"id", false,
     "What stays when the address changes, such as \"droplet-4711\": host keys are pinned to it."},
    {"serverPath", false, "The server under test, an absolute path; default: /usr/local/bin/ai-memory."},
    {"workDir", false, "Where phases may write, an absolute path; default: /tmp."},
    {"group", false, "For people: one line of at most 64 characters."},
    {"tags", false, "For people: an array of words of letters, digits, colons, dots, dashes, underscores."},
}};

/// A fleet file to begin with.
inline constexpr const char *kFleetExample = R"({
  "schema": "slipway-fleet/1",
  "name": "nyc3-gate",
  "hosts": [
    { "name": "node-a", "role": "peer", "address": "203.0.113.11",
      "privateAddress": "10.250.0.11" },
    { "name": "node-b", "role": "peer", "address": "203.0.113.12",
      "privateAddress": "10.250.0.12", "user": "gate", "port": 2222 },
    { "name": "chaos", "role": "chaos", "address": "gate.example.org",
      "identityFile": "/home/me/.ssh/gate", "tags": ["gate"] }
  ],
  "parameters": { "mcp_min_tools": "30" }
})";

} // namespace slipway
