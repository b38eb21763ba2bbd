#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the steps of packaging/ci/action.yml as a runner does: on a fleet of the stand-in for DigitalOcean, whose droplets
are the hosts of a sandbox. The first runner dies by SIGKILL in the middle of the campaign; the next one continues
it, publishes, and destroys the fleet. Before that, one whose server is missing leaves no fleet. Needs root, for hosts with
programs of their own; without it the exit code is 77.

  workflow.py SOURCE PROGRAMS
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import xml.etree.ElementTree
from pathlib import Path

import yaml

SOURCE = Path(sys.argv[1]).resolve()
PROGRAMS = Path(sys.argv[2]).resolve()
GATE_ID = "gate-v1.2.3-77"
KILL_AT = b"phase 2 burst on chaos: running"
LIMIT_SECONDS = 600


def check(is_so, text):
    if not is_so:
        raise SystemExit(f"workflow: {text}")


class Cloud:
    """The stand-in, and who plays cloud-init on its droplets."""

    def __init__(self, work):
        self.log = work / "cloud.log"
        self.data = work / "droplets"
        self.box = self.data / "sandbox"
        self.process = None

    def open(self):
        up = [PROGRAMS / "slipwayctl", "--data-dir", self.data, "sandbox", "up"]
        # Hosts of a busy machine need more than the ten seconds that the sandbox gives them.
        is_up = any(subprocess.run(up, check=False, stdout=subprocess.DEVNULL).returncode == 0 for _ in range(3))
        check(is_up, "the sandbox does not come up")
        self.hosts = json.loads((self.box / "fleet.json").read_text())["hosts"]
        self.put("cloud-init", "#!/bin/sh\necho 'status: done'\n")
        self.put("shutdown", "#!/bin/sh\n")
        self.process = subprocess.Popen(
            [sys.executable, "-B", SOURCE / "tests/support/fakecloud.py", "--log", self.log],
            stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        self.ask("config", {"addresses": {host["name"]: [host["address"], host["privateAddress"]]
                                          for host in self.hosts}})

    def close(self):
        if self.process:
            self.process.kill()
            self.process.wait()
        subprocess.run([PROGRAMS / "slipwayctl", "--data-dir", self.data, "sandbox", "down"], check=False,
                       stdout=subprocess.DEVNULL)

    def put(self, name, text):
        program = self.box / "server" / name
        program.write_text(text)
        program.chmod(0o755)

    def ask(self, control, body=None):
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(f"{self.url}/control/{control}", data=data, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def droplets(self):
        return self.ask("state")["droplets"]

    def play_cloud_init(self):
        """The host keys that came with each droplet's user_data are put in place, once all droplets are there."""
        end = time.monotonic() + LIMIT_SECONDS
        while len(self.droplets()) < len(self.hosts):
            check(time.monotonic() < end, "the droplets do not come")
            time.sleep(0.2)
        for droplet in self.droplets():
            host = droplet["name"].rsplit(".", 1)[1]
            keys = re.search(r"ed25519_private: \|\n((?:    .*\n)+)  ed25519_public: (.*)\n", droplet["user_data"])
            file = self.box / "hosts" / host / "fs/etc/ssh/ssh_host_ed25519_key"
            file.write_text(keys[1].replace("    ", ""))
            file.chmod(0o600)
            Path(f"{file}.pub").write_text(keys[2] + "\n")
            subprocess.run([PROGRAMS / "slipwayctl", "--data-dir", self.data, "fleet", "ssh", "sandbox", host, "--",
                            "pkill", "-o", "-x", "sshd"], check=False, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)


class Runner:
    """Runs the action's steps, one attempt of a job."""

    def __init__(self, cloud, work, pages, attempt, ident=GATE_ID, server=PROGRAMS / "ai-memory-reference"):
        self.cloud = cloud
        self.workspace = work / "workspace"
        self.temp = work / "temp"
        self.cache = work / "cache"
        for folder in (self.workspace, self.temp, self.cache):
            folder.mkdir(exist_ok=True)
        self.said = b""
        self.codes = {}
        self.values = {"github.workspace": self.workspace, "runner.temp": self.temp, "github.run_attempt": attempt,
                       "inputs.id": ident, "inputs.ref": "v1.2.3", "inputs.pages": pages,
                       "inputs.server": server,
                       "inputs.arguments": "--set cycles=2\n--set memories=100\n--set settle_seconds=5",
                       # /usr/local/bin is one folder for all hosts of a sandbox
                       "inputs.fleet-arguments": "--server-path /opt/slipway/ai-memory",
                       "inputs.token": "dop_v1_0123456789abcdef", "inputs.key": (cloud.box / "key").read_text()}
        self.base = {name: value for name, value in os.environ.items() if not name.startswith(("SLIPWAY_", "DIGITALOCEAN_"))}
        self.base |= {"PATH": f"{PROGRAMS}:{os.environ['PATH']}", "RUNNER_TEMP": str(self.temp), "GITHUB_ACTIONS": "true",
                      "GITHUB_ACTION_PATH": str(SOURCE / "packaging/ci"), "GITHUB_OUTPUT": str(self.temp / "output"),
                      "GITHUB_STEP_SUMMARY": str(self.temp / "summary.md"), "DIGITALOCEAN_API_URL": cloud.url,
                      "GIT_AUTHOR_NAME": "CI", "GIT_AUTHOR_EMAIL": "ci@example.org", "GIT_COMMITTER_NAME": "CI",
                      "GIT_COMMITTER_EMAIL": "ci@example.org"}

    def expand(self, text):
        return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda match: str(self.values[match[1]]), str(text))

    def is_due(self, condition, has_failed):
        for part in condition.split(" && "):
            if part == "always()":
                has_failed = False
            elif part == "inputs.pages != ''":
                if not self.values["inputs.pages"]:
                    return False
            else:
                check(False, f"a step's condition is not known: {condition}")
        return not has_failed

    def use_cache(self, action):
        kept = self.cache / "slipway"
        data = self.workspace / ".slipway"
        if action.startswith("actions/cache/save@"):
            if data.exists():
                shutil.copytree(data, kept, dirs_exist_ok=True, symlinks=True)
        else:
            check(action.startswith("actions/cache/restore@"), f"a step uses {action}")
            if kept.exists() and not data.exists():
                shutil.copytree(kept, data, symlinks=True)

    def run(self, kill_at=None):
        """True unless it was killed when `kill_at` was said."""
        has_failed = False
        for step in yaml.safe_load((SOURCE / "packaging/ci/action.yml").read_text())["runs"]["steps"]:
            name = step["name"]
            if not self.is_due(step.get("if", ""), has_failed) if step.get("if") else has_failed:
                continue
            if "uses" in step:
                self.use_cache(step["uses"])
                continue
            environment = self.base | {key: self.expand(value) for key, value in step.get("env", {}).items()}
            process = subprocess.Popen(["bash", "-e", "-o", "pipefail", "-c", self.expand(step["run"])], env=environment,
                                       cwd=self.workspace, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                       start_new_session=True)
            limit = threading.Timer(LIMIT_SECONDS, lambda: os.killpg(process.pid, signal.SIGKILL))
            limit.start()
            for line in process.stdout:
                self.said += line
                sys.stdout.buffer.write(line)
                if kill_at and kill_at in line:
                    os.killpg(process.pid, signal.SIGKILL)
            self.codes[name] = process.wait()
            limit.cancel()
            if kill_at and kill_at in self.said:
                return False
            has_failed = has_failed or self.codes[name] != 0
        return True


def rehearse(work):
    pages = work / "pages.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", pages], check=True)
    cloud = Cloud(work)
    try:
        cloud.open()
        threading.Thread(target=cloud.play_cloud_init, daemon=True).start()
        none = Runner(cloud, work, "", 1, "gate-v1.2.2-76", work / "no-server")
        none.run()
        check(none.codes["Run the campaign"] == 4, f"there is no server, but the codes are {none.codes}")
        check(not cloud.droplets(), "a fleet on which no campaign began was not destroyed")
        shutil.rmtree(work / "temp")

        threading.Thread(target=cloud.play_cloud_init, daemon=True).start()
        first = Runner(cloud, work, pages, 1)
        check(not first.run(kill_at=KILL_AT), f"the first runner ended before its campaign ran: {first.codes}")
        check(len(cloud.droplets()) == len(cloud.hosts), "the fleet of a killed runner is not there any more")
        check(not (work / "workspace/junit.xml").exists(), "a killed runner left a JUnit file")

        second = Runner(cloud, work, pages, 2)
        second.run()
        check(second.codes["Run the campaign"] == 3, f"two cycles prove little, but the codes are {second.codes}")
        check((work / "temp/output").read_text() == "exit-code=3\n", "the exit code is not an output of the step")
        summary = (work / "temp/summary.md").read_text()
        check(summary.startswith(f"## `{GATE_ID}`: UNPROVEN PASS"), summary[:200])
        suites = xml.etree.ElementTree.parse(work / "workspace/junit.xml").getroot()
        check(len(suites.findall(".//testcase[@name='verdict']")) == 1, "JUnit has no case for the verdict")
        check(b"::warning title=" in second.said, "there is no annotation")
        check(second.codes["Publish the evidence"] == 0, "the evidence was not published")
        published = subprocess.run(["git", "-C", pages, "ls-tree", "-r", "--name-only", "main"], check=True,
                                   capture_output=True, text=True).stdout
        check(f"runs/{GATE_ID}/checks.json" in published, published)
        check(second.codes["Destroy the fleet"] == 0 and not cloud.droplets(), "the fleet was not destroyed")
        check(b"dop_v1_0" not in first.said + second.said, "the token was printed")
    finally:
        cloud.close()


if os.geteuid() != 0:
    print("workflow: only root can bring up hosts with programs of their own")
    sys.exit(77)
with tempfile.TemporaryDirectory(prefix="slipway-workflow-") as folder:
    rehearse(Path(folder))
print("workflow: killed, continued, judged, published, destroyed")
