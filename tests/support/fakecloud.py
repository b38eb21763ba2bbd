#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stateful stand-in for the API of DigitalOcean, for tests: what makes a fleet's life hard (lists that lag,
lost answers, quota, members that linger), on a clock that only /control/clock moves.

  fakecloud.py --log FILE      prints its address; every exchange is a line of FILE

/control/clock   POST {"advance_ms": n}
/control/config  POST: keys of DEFAULTS
/control/faults  POST [{"on": "POST /v2/droplets", "nth": 1, "times": 1, "when": "before"|"after", "do": …}]
                 do: "drop" (no answer), "status" (with "status", "html", "retry_after"), "garble" (an answer that
                 is not JSON), "kill" (SIGKILL to the process whose id is in "pid_file", or SIGINT "gently", and an answer), "late" (no answer, and what
                 was made shows up "seconds" later), "vanish" (accepted, gone after "seconds"), "outage" (this and
                 every later call is answered like "status", until {"outage": null} is configured), "lose" (somebody
                 deletes all "what", such as vpcs, but for the default ones)
/control/rename  POST {"id": n, "name": …, "tags": […]}: a droplet by somebody's hand
/control/state   GET: everything there is, and how often each call was made
"""
import argparse
import email.utils
import http.server
import json
import os
import re
import signal
import socket
import threading
import time
import urllib.parse

from fakecloudanswers import Answers
from fakecloudstate import Cloud, Refused, fingerprint


class Handler(Answers, http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    cloud = None
    log = None

    def log_message(self, *_):
        pass

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except (BrokenPipeError, ConnectionResetError):  # who asked was stopped or killed
            self.close_connection = True

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
            fault = self.cloud.config["outage"] or self.find_fault(call)
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
                os.kill(int(file.read()), signal.SIGINT if fault.get("gently") else signal.SIGKILL)
            if fault.get("gently"):
                return False
        elif what in ("late", "vanish"):
            droplet = list(self.cloud.droplets.values())[-1]
            if what == "vanish":
                droplet["gone_at"] = self.cloud.now + fault["seconds"]
                return False
            droplet["visible_at"] = self.cloud.now + fault["seconds"]
        elif what == "lose":
            things = getattr(self.cloud, fault["what"])
            for ident in [ident for ident, thing in things.items() if not thing.get("default")]:
                del things[ident]
            return False
        elif what in ("status", "outage"):
            if what == "outage":
                self.cloud.config["outage"] = fault
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
            for _ in range(body.pop("copies", 1)):
                cloud.add_droplet(body)
        elif self.where == "/control/rename":
            cloud.droplets[body["id"]].update(name=body["name"], tags=body["tags"])
        elif self.where == "/control/forget":
            cloud.droplets.clear()
        elif self.where == "/control/power-off":
            for droplet in cloud.droplets.values():
                droplet["status"] = "off"
        elif self.where == "/control/key":
            cloud.keys[fingerprint(body["public_key"])] = (cloud.number(), body["name"], body["public_key"])
        elif self.where == "/control/state":
            cloud.settle()
            status, answer = 200, {
                "now": cloud.now, "calls": cloud.calls, "tags": list(cloud.tags),
                "droplets": [dict(d, id=i) for i, d in cloud.droplets.items()],
                "vpcs": list(cloud.vpcs.values()), "firewalls": list(cloud.firewalls.values())}
        self.send(status, json.dumps(answer).encode() if status == 200 else b"", "application/json")


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
