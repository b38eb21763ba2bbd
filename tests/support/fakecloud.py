#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stateful stand-in for the API of DigitalOcean, for tests: what makes a fleet's life hard (lists that lag,
lost answers, quota, members that linger), on a clock that only /control/clock moves.

  fakecloud.py --log FILE      prints its address; every exchange is a line of FILE

/control/clock   POST {"advance_ms": n}
/control/config  POST: keys of DEFAULTS
/control/faults  POST [{"on": "POST /v2/droplets", "nth": 1, "times": 1, "when": "before"|"after", "do": …}]
                 do: "drop" (no answer), "status" (with "status", "html", "retry_after"), "garble" (an answer that
                 is no JSON), "kill" (SIGKILL to the process whose id is in "pid_file"), "late" (no answer, and what
                 was made shows up "seconds" later), "vanish" (accepted, gone after "seconds")
/control/state   GET: everything there is, and how often each call was made
"""
import argparse
import datetime
import email.utils
import hashlib
import http.server
import ipaddress
import json
import os
import re
import signal
import socket
import threading
import time
import urllib.parse
import uuid

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc).timestamp()
DEFAULTS = {
    "list_lag": 3,  # seconds until a list shows what was created
    "active_after": 30,
    "address_after": 0,  # seconds after active
    "apply_after": 5,  # a firewall's pending changes
    "destroy_after": 10,
    "ignore_destroy_while_new": False,
    "vpc_linger": 20,  # seconds for which a gone droplet is still a member
    "vpc_busy_status": 409,
    "droplet_limit": 25,
    "max_per_page": 200,
    "missing_scopes": [],  # "vpc:read": the call is answered 403
    "remaining": 4999,
    "addresses": {},  # host label of a droplet's name -> [public, private]
}
SIZES = {"s-1vcpu-2gb": (1, 2048, 50, 12.0, 0.01786), "s-2vcpu-4gb": (2, 4096, 80, 24.0, 0.03571)}
REGIONS = {"nyc3": "New York 3", "fra1": "Frankfurt 1"}
IMAGES = {"ubuntu-24-04-x64": (155133621, "Ubuntu", "24.04 (LTS) x64"), "debian-12-x64": (129211873, "Debian", "12 x64")}
NAME = re.compile(r"^[a-zA-Z0-9]?[a-z0-9A-Z.\-]*[a-z0-9A-Z]$")
FAMILIES = {"droplets": "droplet", "tags": "tag", "vpcs": "vpc", "firewalls": "firewall", "images": "image",
            "regions": "regions", "sizes": "sizes", "actions": "actions", "customers": "billing"}
VERBS = {"GET": "read", "POST": "create", "DELETE": "delete"}


class Refused(Exception):
    def __init__(self, status, word, message):
        super().__init__(message)
        self.status, self.word = status, word


class Cloud:
    def __init__(self):
        self.lock = threading.Lock()
        self.now = START
        self.config = dict(DEFAULTS)
        self.faults, self.calls, self.key_reads = [], {}, []
        self.next_id = 3164000
        self.droplets, self.vpcs, self.firewalls, self.tags, self.keys, self.actions = {}, {}, {}, {}, {}, {}
        self.lingering = []  # (vpc id, urn, until)
        self.add_vpc({"name": "default-nyc3", "region": "nyc3", "ip_range": "10.108.0.0/20"}, True)

    def text_time(self, at=None):
        return datetime.datetime.fromtimestamp(self.now if at is None else at, datetime.timezone.utc).strftime(
            "%Y-%m-%dT%H:%M:%SZ")

    def number(self):
        self.next_id += 1
        return self.next_id

    # What time has brought about.
    def settle(self):
        for ident, droplet in list(self.droplets.items()):
            if droplet["gone_at"] is not None and self.now >= droplet["gone_at"]:
                self.lingering.append((droplet["vpc"], f"do:droplet:{ident}", self.now + self.config["vpc_linger"]))
                del self.droplets[ident]
            elif droplet["status"] == "new" and self.now >= droplet["created"] + self.config["active_after"]:
                droplet["status"], droplet["active_at"] = "active", self.now
        self.lingering = [entry for entry in self.lingering if entry[2] > self.now]

    def seen(self, droplet):
        return self.now >= droplet["visible_at"]

    def size_json(self, slug):
        vcpus, memory, disk, month, hour = SIZES[slug]
        return {"slug": slug, "memory": memory, "vcpus": vcpus, "disk": disk, "transfer": 4.0, "price_monthly": month,
                "price_hourly": hour, "regions": list(REGIONS), "available": True, "description": "Basic"}

    def region_json(self, slug):
        return {"slug": slug, "name": REGIONS[slug], "available": True, "features": ["metadata"], "sizes": list(SIZES)}

    def image_json(self, slug):
        ident, distribution, name = IMAGES[slug]
        return {"id": ident, "name": name, "type": "base", "distribution": distribution, "slug": slug, "public": True,
                "regions": list(REGIONS), "created_at": "2025-05-01T00:00:00Z", "min_disk_size": 10,
                "size_gigabytes": 2.5, "description": name, "tags": [], "status": "available"}

    def droplet_json(self, ident):
        droplet = self.droplets[ident]
        _, memory, disk, _, _ = SIZES[droplet["size"]]
        networks = []
        if droplet["active_at"] is not None and self.now >= droplet["active_at"] + self.config["address_after"]:
            public, private = droplet["addresses"]
            networks = [{"ip_address": private, "netmask": "255.255.255.0", "gateway": "nil", "type": "private"},
                        {"ip_address": public, "netmask": "255.255.240.0", "gateway": "203.0.113.1", "type": "public"}]
        answer = {"id": ident, "name": droplet["name"], "memory": memory, "vcpus": SIZES[droplet["size"]][0],
                  "disk": disk, "locked": droplet["status"] == "new", "status": droplet["status"], "kernel": None,
                  "created_at": self.text_time(droplet["created"]), "features": ["private_networking"],
                  "backup_ids": [], "next_backup_window": None, "snapshot_ids": [],
                  "image": self.image_json(droplet["image"]), "volume_ids": [],
                  "size": self.size_json(droplet["size"]), "size_slug": droplet["size"],
                  "networks": {"v4": networks, "v6": []}, "region": self.region_json(droplet["region"]),
                  "tags": droplet["tags"], "vpc_uuid": droplet["vpc"]}
        if "tag:read" in self.config["missing_scopes"]:
            answer["tags"] = []
        return answer

    def add_droplet(self, body):
        if len(self.droplets) >= self.config["droplet_limit"]:
            raise Refused(422, "unprocessable_entity", "creating this/these droplet(s) will exceed your droplet limit")
        for field, known in (("size", SIZES), ("image", IMAGES), ("region", REGIONS)):
            if body.get(field) not in known:
                raise Refused(422, "unprocessable_entity", f"You specified an invalid {field} for Droplet creation.")
        if not NAME.match(body.get("name", "")):
            raise Refused(422, "unprocessable_entity", "Only valid hostname characters are allowed.")
        for key in body.get("ssh_keys", []):
            if key not in self.keys:
                raise Refused(422, "unprocessable_entity",
                              f"{key} are invalid key identifiers for Droplet creation.")
        vpc = body.get("vpc_uuid") or next(i for i, v in self.vpcs.items() if v["default"])
        if vpc not in self.vpcs or self.vpcs[vpc]["region"] != body["region"]:
            raise Refused(422, "unprocessable_entity", "Failed to resolve VPC")
        ident = self.number()
        for tag in body.get("tags") or []:
            self.tags.setdefault(tag, True)
        label = body["name"].rsplit(".", 1)[-1]
        count = ident % 200 + 10
        self.droplets[ident] = {
            "name": body["name"], "size": body["size"], "image": body["image"], "region": body["region"],
            "status": "new", "created": self.now, "active_at": None, "gone_at": None, "visible_at": self.now,
            "tags": list(body.get("tags") or []), "vpc": vpc, "user_data": body.get("user_data", ""),
            "addresses": self.config["addresses"].get(label, [f"203.0.113.{count}", f"10.250.0.{count}"])}
        if not body.get("user_data", "").isascii():
            self.droplets[ident]["gone_at"] = self.now + 5
        action = self.number()
        self.actions[action] = ident
        return ident, {"droplet": self.droplet_json(ident), "links": {"actions": [
            {"id": action, "rel": "create", "href": f"https://api.digitalocean.com/v2/actions/{action}"}]}}

    def delete_droplet(self, ident):
        droplet = self.droplets[ident]
        if droplet["status"] == "new" and self.config["ignore_destroy_while_new"]:
            return
        if droplet["gone_at"] is None:
            droplet["gone_at"] = self.now + self.config["destroy_after"]

    def action_json(self, action):
        droplet = self.droplets.get(self.actions[action])
        done = droplet is None or droplet["status"] != "new"
        return {"id": action, "status": "completed" if done else "in-progress", "type": "create",
                "started_at": self.text_time(START), "completed_at": self.text_time() if done else None,
                "resource_id": self.actions[action], "resource_type": "droplet", "region": self.region_json("nyc3"),
                "region_slug": "nyc3"}

    def add_vpc(self, body, default=False):
        if any(v["name"] == body["name"] for v in self.vpcs.values()):
            raise Refused(422, "unprocessable_entity", "A VPC with the same name already exists in your account.")
        wanted = ipaddress.ip_network(body["ip_range"])
        for vpc in self.vpcs.values():
            if wanted.overlaps(ipaddress.ip_network(vpc["ip_range"])):
                raise Refused(422, "unprocessable_entity", "This range/size overlaps with another VPC network in your "
                              f"account: {vpc['name']} {vpc['ip_range']}.")
        ident = str(uuid.UUID(int=self.number() << 64 | 4 << 76 | 0x8000 << 48))
        self.vpcs[ident] = {
            "id": ident, "urn": f"do:vpc:{ident}", "name": body["name"], "description": body.get("description", ""),
            "region": body["region"], "ip_range": body["ip_range"], "default": default,
            "created_at": self.text_time()[:-1] + ".123456789Z"}
        return ident

    def members(self, vpc):
        urns = [f"do:droplet:{i}" for i, d in self.droplets.items() if d["vpc"] == vpc and self.seen(d)]
        return urns + [urn for v, urn, _ in self.lingering if v == vpc]

    def add_firewall(self, body):
        if any(f["name"] == body["name"] for f in self.firewalls.values()):
            raise Refused(409, "conflict", "duplicate name")
        for tag in body.get("tags") or []:
            if tag not in self.tags:
                raise Refused(422, "unprocessable_entity", f"tag {tag} does not exist")
        ident = str(uuid.UUID(int=self.number() << 64 | 4 << 76 | 0x8000 << 48))
        self.firewalls[ident] = {
            "id": ident, "name": body["name"], "created": self.now, "tags": body.get("tags") or [],
            "inbound_rules": body.get("inbound_rules") or [], "outbound_rules": body.get("outbound_rules") or []}
        return ident

    def firewall_json(self, ident):
        firewall = self.firewalls[ident]
        applied = [i for i, d in self.droplets.items() if set(d["tags"]) & set(firewall["tags"])]
        fresh = [i for i in applied if self.now < self.droplets[i]["created"] + self.config["apply_after"]]
        answer = {key: value for key, value in firewall.items() if key != "created"}
        answer.update(created_at=self.text_time(firewall["created"]), droplet_ids=applied,
                      status="waiting" if fresh else "succeeded",
                      pending_changes=[{"droplet_id": i, "removing": False, "status": "waiting"} for i in fresh])
        return answer


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    cloud = None
    log = None

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.serve("GET")

    def do_POST(self):
        self.serve("POST")

    def do_DELETE(self):
        self.serve("DELETE")

    def serve(self, method):
        size = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(size)
        if len(raw) < size:
            return
        self.url = urllib.parse.urlsplit(self.path)
        self.where = urllib.parse.unquote(self.url.path)
        self.query = dict(urllib.parse.parse_qsl(self.url.query))
        with self.cloud.lock:
            body = json.loads(raw) if raw else None
            if self.where.startswith("/control/"):
                return self.control(method, body)
            call = f"{method} {re.sub('/[0-9a-f-]{6,}(?=/|$)|(?<=/tags)/.+', '/*', self.where)}"
            self.cloud.calls[call] = self.cloud.calls.get(call, 0) + 1
            fault = self.find_fault(call)
            if fault and fault.get("when", "before") == "before" and self.strike(fault, method, body):
                return
            self.cloud.settle()
            try:
                status, answer = self.answer(method, body)
            except Refused as refusal:
                status, answer = refusal.status, {"id": refusal.word, "message": str(refusal), "request_id": "r-1"}
            if fault and fault.get("when") == "after" and self.strike(fault, method, body):
                return
            self.reply(method, body, status, answer)

    def find_fault(self, call):
        for fault in self.cloud.faults:
            if fault["on"] == call:
                fault["count"] = fault.get("count", 0) + 1
                first = fault.get("nth", 1)
                if first <= fault["count"] < first + fault.get("times", 1):
                    return fault
        return None

    # True when the request is dealt with.
    def strike(self, fault, method, body):
        what = fault["do"]
        if what == "kill":
            with open(fault["pid_file"], encoding="ascii") as file:
                os.kill(int(file.read()), signal.SIGKILL)
        elif what in ("late", "vanish"):
            droplet = list(self.cloud.droplets.values())[-1]
            if what == "vanish":
                droplet["gone_at"] = self.cloud.now + fault["seconds"]
                return False
            droplet["visible_at"] = self.cloud.now + fault["seconds"]
        elif what == "status":
            text = fault.get("html")
            answer = text if text else {"id": "error", "message": "made to fail", "request_id": "r-1"}
            self.reply(method, body, fault["status"], answer, fault.get("retry_after"))
            return True
        elif what == "garble":
            self.note(method, body, 0, None)
            self.send(202, b"<html>", "text/html")
            return True
        self.note(method, body, 0, None)
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)
        return True

    def reply(self, method, body, status, answer, retry_after=None):
        is_html = isinstance(answer, str)
        self.note(method, body, status, None if is_html else answer)
        data = b"" if status == 204 else answer.encode() if is_html else json.dumps(answer).encode()
        self.send(status, data, "text/html" if is_html else "application/json", retry_after)

    # Status 0: no answer was given. An answer in HTML, or one that was spoilt, is noted as none at all.
    def note(self, method, body, status, answer):
        entry = {"method": method, "path": self.url.path, "query": self.query, "body": body, "status": status,
                 "answer": answer}
        self.log.write(json.dumps(entry) + "\n")
        self.log.flush()

    def send(self, status, data, kind, retry_after=None):
        self.send_response_only(status)
        self.send_header("date", email.utils.formatdate(self.cloud.now, usegmt=True))
        self.send_header("x-simulated-clock", "/control/clock")
        self.send_header("ratelimit-limit", "5000")
        self.send_header("ratelimit-remaining", str(self.cloud.config["remaining"]))
        self.send_header("ratelimit-reset", str(int(self.cloud.now) + 30))
        self.send_header("x-request-id", "r-1")
        if retry_after is not None:
            self.send_header("retry-after", str(retry_after))
        if status != 204:
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def control(self, method, body):
        cloud = self.cloud
        answer, status = {}, 204
        if self.where == "/control/clock":
            cloud.now += body["advance_ms"] / 1000
            if cloud.config["remaining"] == 0:
                cloud.config["remaining"] = 4999
        elif self.where == "/control/config":
            cloud.config.update(body)
        elif self.where == "/control/faults":
            cloud.faults = body
        elif self.where == "/control/vpc":
            cloud.add_vpc(body)
        elif self.where == "/control/droplet":
            cloud.add_droplet(body)
        elif self.where == "/control/forget":
            cloud.droplets.clear()
        elif self.where == "/control/power-off":
            for droplet in cloud.droplets.values():
                droplet["status"] = "off"
        elif self.where == "/control/key":
            cloud.keys[self.fingerprint(body["public_key"])] = (cloud.number(), body["name"], body["public_key"])
        elif self.where == "/control/state":
            cloud.settle()
            status, answer = 200, {
                "now": cloud.now, "calls": cloud.calls, "tags": list(cloud.tags),
                "droplets": [dict(d, id=i) for i, d in cloud.droplets.items()],
                "vpcs": list(cloud.vpcs.values()), "firewalls": list(cloud.firewalls.values())}
        self.send(status, json.dumps(answer).encode() if status == 200 else b"", "application/json")

    @staticmethod
    def fingerprint(public_key):
        import base64
        digest = hashlib.md5(base64.b64decode(public_key.split()[1])).hexdigest()
        return ":".join(digest[i:i + 2] for i in range(0, 32, 2))

    def key_json(self, fingerprint):
        ident, name, public_key = self.cloud.keys[fingerprint]
        return {"id": ident, "fingerprint": fingerprint, "name": name, "public_key": public_key}

    def page(self, key, items):
        size = min(int(self.query.get("per_page", 20)), self.cloud.config["max_per_page"])
        number = int(self.query.get("page", 1))
        pages = max(1, -(-len(items) // size))
        links = {}
        if number < pages:
            query = dict(self.query, page=number + 1, per_page=size)
            link = f"https://api.digitalocean.com{self.url.path}?{urllib.parse.urlencode(query)}"
            links = {"pages": {"next": link, "last": link}}
        return 200, {key: items[(number - 1) * size:number * size], "links": links, "meta": {"total": len(items)}}

    def find(self, things, ident):
        if ident not in things:
            raise Refused(404, "not_found", "The resource you were accessing could not be found.")
        return things[ident]

    def answer(self, method, body):
        if not (self.headers.get("Authorization") or "").startswith("Bearer "):
            raise Refused(401, "Unauthorized", "Unable to authenticate you")
        parts = self.where.strip("/").split("/")[1:]
        family = "ssh_key" if parts[:2] == ["account", "keys"] else FAMILIES.get(parts[0], parts[0])
        if f"{family}:{VERBS[method]}" in self.cloud.config["missing_scopes"]:
            raise Refused(403, "Forbidden", "You are not authorized to perform this operation")
        if parts == ["account", "keys"]:
            return self.answer_keys(method, body)
        return getattr(self, f"answer_{parts[0]}")(method, parts[1:], body)

    def answer_account(self, _method, _parts, _body):
        return 200, {"account": {
            "droplet_limit": self.cloud.config["droplet_limit"], "floating_ip_limit": 5, "email": "me@example.com",
            "name": "Me", "uuid": "b6fr89dbf6d9156cace5f3c78dc9851d957381ef", "email_verified": True,
            "status": "active", "status_message": " "}}

    def answer_keys(self, method, body):
        cloud = self.cloud
        if method == "POST":
            fingerprint = self.fingerprint(body["public_key"])
            if fingerprint in cloud.keys:
                raise Refused(422, "unprocessable_entity", "SSH Key is already in use on your account")
            cloud.keys[fingerprint] = (cloud.number(), body["name"], body["public_key"])
            return 201, {"ssh_key": self.key_json(fingerprint)}
        cloud.key_reads = [at for at in cloud.key_reads if at > cloud.now - 60] + [cloud.now]
        if len(cloud.key_reads) > 10:
            raise Refused(429, "too_many_requests", "API rate limit exceeded.")
        return self.page("ssh_keys", [self.key_json(key) for key in cloud.keys])

    def answer_customers(self, _method, _parts, _body):
        return 200, {"month_to_date_balance": "23.44", "account_balance": "12.23", "month_to_date_usage": "11.21",
                     "generated_at": self.cloud.text_time()}

    def answer_regions(self, _method, _parts, _body):
        return self.page("regions", [self.cloud.region_json(slug) for slug in REGIONS])

    def answer_sizes(self, _method, _parts, _body):
        return self.page("sizes", [self.cloud.size_json(slug) for slug in SIZES])

    def answer_images(self, _method, parts, _body):
        if not parts:
            return self.page("images", [self.cloud.image_json(slug) for slug in IMAGES])
        self.find(IMAGES, parts[0])
        return 200, {"image": self.cloud.image_json(parts[0])}

    def answer_tags(self, method, parts, body):
        tags = self.cloud.tags
        if method == "POST":
            if not re.fullmatch(r"[a-zA-Z0-9_\-:]{1,255}", body["name"]):
                raise Refused(422, "unprocessable_entity", "Tag name is invalid")
            tags.setdefault(body["name"], True)
            return 201, {"tag": self.tag_json(body["name"])}
        if not parts:
            return self.page("tags", [self.tag_json(tag) for tag in tags])
        self.find(tags, parts[0])
        del tags[parts[0]]
        for droplet in self.cloud.droplets.values():
            droplet["tags"] = [tag for tag in droplet["tags"] if tag != parts[0]]
        for firewall in self.cloud.firewalls.values():
            firewall["tags"] = [tag for tag in firewall["tags"] if tag != parts[0]]
        return 204, None

    def tag_json(self, name):
        count = sum(name in droplet["tags"] for droplet in self.cloud.droplets.values())
        empty = {"count": 0}
        return {"name": name, "resources": {"count": count, "droplets": {"count": count}, "images": empty,
                                            "volumes": empty, "volume_snapshots": empty, "databases": empty}}

    def answer_vpcs(self, method, parts, body):
        cloud = self.cloud
        if method == "POST":
            return 201, {"vpc": cloud.vpcs[cloud.add_vpc(body)]}
        if not parts:
            return self.page("vpcs", list(cloud.vpcs.values()))
        vpc = self.find(cloud.vpcs, parts[0])
        if parts[1:] == ["members"]:
            return self.page("members", [{"urn": urn, "name": urn, "created_at": cloud.text_time()}
                                         for urn in cloud.members(parts[0])])
        if method == "GET":
            return 200, {"vpc": vpc}
        if vpc["default"]:
            raise Refused(403, "Forbidden", "Can not delete default VPCs")
        if cloud.members(parts[0]):
            raise Refused(cloud.config["vpc_busy_status"], "conflict", "Can not delete VPC with members")
        del cloud.vpcs[parts[0]]
        return 204, None

    def answer_firewalls(self, method, parts, body):
        cloud = self.cloud
        if method == "POST":
            return 202, {"firewall": cloud.firewall_json(cloud.add_firewall(body))}
        if not parts:
            return self.page("firewalls", [cloud.firewall_json(ident) for ident in cloud.firewalls])
        self.find(cloud.firewalls, parts[0])
        if method == "GET":
            return 200, {"firewall": cloud.firewall_json(parts[0])}
        del cloud.firewalls[parts[0]]
        return 204, None

    def answer_droplets(self, method, parts, body):
        cloud = self.cloud
        if method == "POST":
            return 202, cloud.add_droplet(body)[1]
        if not parts:
            lag = cloud.config["list_lag"]
            tag = self.query.get("tag_name")
            listed = [i for i, d in cloud.droplets.items() if cloud.now >= max(d["created"] + lag, d["visible_at"])]
            return self.page("droplets", [cloud.droplet_json(i) for i in listed
                                          if tag is None or tag in cloud.droplets[i]["tags"]])
        ident = int(parts[0])
        if not cloud.seen(self.find(cloud.droplets, ident)):
            raise Refused(404, "not_found", "The resource you were accessing could not be found.")
        if parts[1:] == ["actions"]:
            return self.page("actions", [cloud.action_json(a) for a, d in cloud.actions.items() if d == ident])
        if method == "GET":
            return 200, {"droplet": cloud.droplet_json(ident)}
        cloud.delete_droplet(ident)
        return 204, None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", required=True)
    options = parser.parse_args()
    Handler.cloud = Cloud()
    with open(options.log, "a", encoding="utf-8") as Handler.log:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        parent = os.getppid()

        def end_with_parent():
            while os.getppid() == parent:
                time.sleep(1)
            os._exit(0)

        threading.Thread(target=end_with_parent, daemon=True).start()
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
