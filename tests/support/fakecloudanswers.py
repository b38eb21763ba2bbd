# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls of the API, answered from a Cloud: mixed into the handler of requests, which has read method, path
and query."""
import re
import urllib.parse

from fakecloudstate import IMAGES, REGIONS, SIZES, Refused, fingerprint

FAMILIES = {"droplets": "droplet", "tags": "tag", "vpcs": "vpc", "firewalls": "firewall", "images": "image",
            "regions": "regions", "sizes": "sizes", "actions": "actions", "customers": "billing"}
VERBS = {"GET": "read", "POST": "create", "DELETE": "delete"}


class Answers:
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
            known_as = fingerprint(body["public_key"])
            if known_as in cloud.keys:
                raise Refused(422, "unprocessable_entity", "SSH Key is already in use on your account")
            cloud.keys[known_as] = (cloud.number(), body["name"], body["public_key"])
            return 201, {"ssh_key": self.key_json(known_as)}
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
