# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stand-in for DigitalOcean has, and what time brings about of it."""
import base64
import datetime
import hashlib
import ipaddress
import re
import threading
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
    "outage": None,  # a fault that strikes every call
    "addresses": {},  # host label of a droplet's name -> [public, private]
}
SIZES = {"s-1vcpu-2gb": (1, 2048, 50, 12.0, 0.01786), "s-2vcpu-4gb": (2, 4096, 80, 24.0, 0.03571)}
REGIONS = {"nyc3": "New York 3", "fra1": "Frankfurt 1"}
IMAGES = {"ubuntu-24-04-x64": (155133621, "Ubuntu", "24.04 (LTS) x64"), "debian-12-x64": (129211873, "Debian", "12 x64")}
NAME = re.compile(r"^[a-zA-Z0-9]?[a-z0-9A-Z.\-]*[a-z0-9A-Z]$")


class Refused(Exception):
    def __init__(self, status, word, message):
        super().__init__(message)
        self.status, self.word = status, word


def fingerprint(public_key):
    digest = hashlib.md5(base64.b64decode(public_key.split()[1])).hexdigest()
    return ":".join(digest[i:i + 2] for i in range(0, 32, 2))


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
        required = ipaddress.ip_network(body["ip_range"])
        for vpc in self.vpcs.values():
            if required.overlaps(ipaddress.ip_network(vpc["ip_range"])):
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
