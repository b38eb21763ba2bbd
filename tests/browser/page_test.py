#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""page_test.py PAGES_PROGRAM WORK: published pages in a real browser, from the file system: no request, no word on
the console, nothing that axe-core finds in light or dark, and hostile texts are texts. PAGES_PROGRAM writes the pages
into WORK/tree; axe-core is fetched into WORK/axe once, by pip, against a pinned hash."""
import functools
import hashlib
import http.server
import json
import pathlib
import shutil
import subprocess
import sys
import threading
import unittest
import zipfile

from browser import Browser

HERE = pathlib.Path(__file__).resolve().parent
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def fetch_axe(folder):
    if not list(folder.glob("*.whl")):
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
                        "--require-hashes", "--dest", folder, "--requirement", HERE / "axe-requirements.txt"], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return wheel.read("axe_playwright_python/axe.min.js").decode()


class PageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.axe = fetch_axe(WORK / "axe")
        tree = WORK / "tree"
        shutil.rmtree(tree, ignore_errors=True)
        tree.mkdir(parents=True)
        subprocess.run([PROGRAM, tree], check=True)
        cls.runs = tree / "runs"
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.close)

    def visit(self, path, scheme="light"):
        """What was asked for, and what was said on the console, while the page was opened."""
        self.browser.console()
        self.browser.requests()
        self.browser.look(scheme)
        self.browser.open(path.as_uri())
        self.browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
        return self.browser.requests(), self.browser.console()

    def violations(self):
        # Cycles that are written alike: axe-core looks at each cell of each.
        self.browser.run("document.querySelectorAll('.cycles tbody tr:nth-child(n+20)').forEach(r => r.remove())")
        self.browser.run(self.axe)
        found = self.browser.run_async(
            "const done = arguments[1]; axe.run(document, {runOnly: arguments[0], resultTypes: ['violations']})"
            ".then(r => done(r.violations.map(v => v.id + ': ' + v.nodes[0].html.slice(0, 200) + ' '"
            " + v.nodes[0].failureSummary)), e => done(['axe: ' + e]))", RULES)
        return found

    def pages(self):
        found = sorted(self.runs.glob("*/index.html")) + [self.runs / "index.html"]
        self.assertGreater(len(found), 3)
        return found

    def test_a_page_asks_for_nothing_and_says_nothing(self):
        for page in self.pages():
            with self.subTest(page=page.parent.name):
                requests, console = self.visit(page)
                self.assertEqual(requests, [page.as_uri()])
                self.assertEqual(console, [])
                self.assertEqual(self.browser.run("return document.scripts.length"), 1)
                self.assertTrue(self.browser.run(
                    "const e = document.getElementById('self-check'); return !e || !e.checkVisibility()"),
                    "from a disk nothing looks checked")

    def test_axe_finds_nothing(self):
        for page in self.pages():
            for scheme in ("light", "dark"):
                with self.subTest(page=page.parent.name, scheme=scheme):
                    self.visit(page, scheme)
                    dark = self.browser.run("return getComputedStyle(document.body).backgroundColor") == "rgb(18, 21, 24)"
                    self.assertEqual(dark, scheme == "dark")
                    self.assertEqual(self.violations(), [])

    def test_hostile_texts_are_texts(self):
        for page in (self.runs / "hostile-r1/index.html", self.runs / "index.html"):
            with self.subTest(page=page.parent.name):
                self.visit(page)
                text = self.browser.run("return document.body.innerText")
                self.assertIn("<script>alert(1)</script><img src=x onerror=alert(2)>", text)
                self.assertIn("[U+202E]txt.exe[U+202C]", text)
                self.assertFalse(set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\0\a"))
                self.assertEqual(self.browser.run(
                    "return document.querySelectorAll('script:not(body > script:last-child),img,iframe,object,embed,form,base,[onclick],[style]').length"), 0)
                self.assertEqual(set(self.browser.run(
                    "return [...document.links].map(l => l.protocol)")) - {"file:", "https:"}, set())
        self.visit(self.runs / "hostile-r1/index.html")
        self.assertIn("W" * 1024 * 1024, self.browser.run("return document.body.innerText"))
        self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 1200)

    def measured(self, page, width, height):
        """Where the cause ends, how high the page is and how wide, in a viewport of this size."""
        self.browser.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                         mobile=width < 500)
        try:
            self.browser.look()
            self.browser.open(page.as_uri())
            return self.browser.run(
                "const e = document.documentElement;"
                "return {cause: document.getElementById('cause').getBoundingClientRect().bottom + scrollY,"
                " height: e.scrollHeight, width: e.scrollWidth}")
        finally:
            self.browser.cdp("Emulation.clearDeviceMetricsOverride")

    def test_the_first_screen_ends_with_the_cause(self):
        for page in sorted(self.runs.glob("*/index.html")):
            with self.subTest(page=page.parent.name):
                self.assertLessEqual(self.measured(page, 1280, 720)["cause"], 720)
                self.assertLessEqual(self.measured(page, 390, 844)["cause"], 1000)
                self.assertEqual(self.browser.run(
                    "const cause = document.getElementById('cause').getBoundingClientRect();"
                    "return ['h1 .verdict', '.claimed', '.why'].filter(s =>"
                    " !(document.querySelector(s).getBoundingClientRect().bottom <= cause.top))"), [])
                self.assertEqual(self.browser.run("return document.querySelectorAll('#cause svg.picture').length"), 1)

    def test_a_failing_check_is_there_with_its_bytes(self):
        for page, expected, measured, marked in (
                ("own-r6", "≥ 190", "166 n = 200", '"b": 166'),
                ("v1.0.0-final-r7", "≥ 0.995", "55520 of 56000", '"converged":20'),
                ("v1.0.0-final-r8", "a JSON object", "bytes", "[chaos]")):
            with self.subTest(page=page):
                self.browser.open((self.runs / page / "index.html").as_uri())
                values = self.browser.run("return [...document.querySelectorAll('#cause dd')].map(d => d.innerText)")
                self.assertEqual(values[0], expected)
                self.assertIn(measured, values[1])
                self.assertIn(marked, self.browser.run("return document.querySelector('#cause mark').textContent"))
                self.assertEqual(self.browser.run(
                    "return [...document.querySelectorAll('#cause .from a')].some(a => a.protocol == 'file:' && !a.hash)"), True)

    def test_pages_are_short_and_light(self):
        for page in sorted(self.runs.glob("*/index.html")):
            name = page.parent.name
            if name == "hostile-r1":  # its narrative is a megabyte of text
                continue
            with self.subTest(page=name):
                self.assertLessEqual(self.measured(page, 1280, 720)["height"], 3000)
        self.assertLessEqual((self.runs / "own-r5/index.html").stat().st_size, 150_000, "some 160 checks")
        self.assertLessEqual((self.runs / "v1.0.0-final-r10/index.html").stat().st_size, 400_000, "2,400 cycles")
        self.browser.open((self.runs / "own-r5/index.html").as_uri())
        self.assertGreater(self.browser.run("return document.querySelectorAll('[id^=\"phase\"][id*=\".\"], [id^=\"campaign.\"]').length"), 160)
        self.browser.open((self.runs / "v1.0.0-final-r10/index.html").as_uri())
        self.assertEqual(self.browser.run("return document.querySelectorAll('.cycles tbody tr[id]').length"), 2400)

    def test_a_link_to_what_is_folded_opens_it(self):
        page = (self.runs / "own-r2/index.html").as_uri()
        for anchor in ("phase1.recall.node-b", "kill_primary_mid_write.345", "file-phase2.json"):
            with self.subTest(anchor=anchor):
                self.browser.open("about:blank")
                self.browser.open(f"{page}#{anchor}")
                self.assertTrue(self.browser.run(
                    "const e = document.getElementById(arguments[0]); const r = e.getBoundingClientRect();"
                    "return e.checkVisibility() && r.height > 0 && r.top >= 0 && r.bottom <= innerHeight", anchor))

    def test_a_pasted_link_shows_the_verdict(self):
        for page, title in (("good-r1", "PROVEN: good-r1"), ("own-r6", "FAIL: own-r6")):
            self.browser.open((self.runs / page / "index.html").as_uri())
            self.assertEqual(self.browser.run("return document.querySelector('meta[property=\"og:title\"]').content"), title)
            self.assertEqual(self.browser.run("return document.title"), title)
            self.assertIn("Claim: ", self.browser.run(
                "return document.querySelector('meta[property=\"og:description\"]').content"))

    def test_the_list_has_a_line_a_run(self):
        page = self.runs / "index.html"
        runs = sorted(p.parent.name for p in self.runs.glob("*/index.html"))
        self.browser.cdp("Emulation.setDeviceMetricsOverride", width=1280, height=720, deviceScaleFactor=1, mobile=False)
        try:
            self.visit(page)
            rows = self.browser.run("return [...document.querySelectorAll('[data-run]')].map(r =>"
                                    " [r.dataset.run, r.getBoundingClientRect().height, r.id])")
            self.assertEqual(sorted(row[0] for row in rows), runs)
            for name, height, anchor in rows:
                self.assertLessEqual(height, 40, name)
                self.assertEqual(anchor, "run-" + name)
            self.assertEqual(self.browser.run(
                "return document.querySelector('[data-run=own-r6] .marks').innerText.replace(/\\s+/g, ' ').trim()"),
                "Functional: UNPROVEN PASS Federation: FAIL Migration: UNPROVEN PASS Chaos: UNPROVEN PASS")
        finally:
            self.browser.cdp("Emulation.clearDeviceMetricsOverride")

    def test_the_list_is_filtered_without_a_script(self):
        shown = ("return [...document.querySelectorAll('[data-run]')].filter(r => r.checkVisibility())"
                 ".map(r => r.dataset.run).sort()")
        self.visit(self.runs / "index.html")
        everything = self.browser.run(shown)
        self.assertEqual(self.browser.run("return document.querySelector('.filter label b').innerText"), str(len(everything)))
        self.browser.run("document.getElementById('show-fail').click()")
        self.assertEqual(self.browser.run(shown), ["own-r6", "v1.0.0-final-r7"])
        self.browser.run("document.getElementById('show-proven').click()")
        self.assertEqual(self.browser.run(shown), ["good-r1"])
        self.browser.run("document.getElementById('show-all').click()")
        self.assertEqual(self.browser.run(shown), everything)

    def test_the_list_is_searched_and_sorted(self):
        shown = ("return [...document.querySelectorAll('[data-run]')].filter(r => r.checkVisibility())"
                 ".map(r => r.dataset.run)")
        self.visit(self.runs / "index.html")
        everything = self.browser.run(shown)
        search = ("const f = document.querySelector('#search input'); f.value = arguments[0];"
                  "f.dispatchEvent(new Event('input'))")
        self.assertTrue(self.browser.run("return document.getElementById('search').checkVisibility()"))
        self.browser.run(search, "OWN fail")
        self.assertEqual(self.browser.run(shown), ["own-r6"])
        self.assertEqual(self.browser.run("return document.querySelector('#search [role=status]').innerText"), "1 run")
        self.browser.run(search, "")
        self.assertEqual(self.browser.run(shown), everything)
        click = "document.querySelectorAll('table.runs thead button')[1].click()"
        self.browser.run(click)
        ascending = self.browser.run(shown)
        self.assertEqual(self.browser.run("return document.querySelector('th[aria-sort]').innerText"), "Campaign")
        self.assertLess(ascending.index("own-r2"), ascending.index("own-r6"))
        self.browser.run(click)
        self.assertEqual(self.browser.run(shown), ascending[::-1])
        self.browser.open((self.runs / "index.html").as_uri() + "?q=own-r6")  # an address can be shared
        self.assertEqual(self.browser.run(shown), ["own-r6"])

    def checked(self, change):
        """What a page says of its files, served by a web server, after `change` was made to its folder."""
        site = WORK / "site"
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(self.runs / "own-r6", site / "runs/own-r6")
        change(site / "runs/own-r6")
        handler = functools.partial(Quiet, directory=site)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                self.browser.open(f"http://127.0.0.1:{server.server_port}/runs/own-r6/index.html")
                return self.browser.run_async(
                    "const done = arguments[0], place = document.getElementById('self-check');"
                    "const look = () => ['good', 'bad'].includes(place.dataset.state) ?"
                    " done([place.dataset.state, place.querySelector('[role=status]').innerText,"
                    "  [...place.querySelectorAll('li')].map(l => l.innerText)]) : setTimeout(look, 20); look()")
            finally:
                server.shutdown()
                thread.join()

    def test_a_served_page_checks_its_files(self):
        state, text, problems = self.checked(lambda folder: None)
        count = len(json.loads((self.runs / "own-r6/evidence-manifest.json").read_text())["files"])
        self.assertEqual((state, text, problems), ("good", f"{count} of {count} files are the ones judged.", []))

        def flip(folder):
            data = bytearray((folder / "phase2.json").read_bytes())
            data[-2] ^= 1
            (folder / "phase2.json").write_bytes(data)

        def lose(folder):
            (folder / "phase1-node-b.json").unlink()

        def add(folder):
            (folder / "phase1-node-a.json").rename(folder / "kept")
            manifest = json.loads((folder / "evidence-manifest.json").read_text())
            manifest["files"] = [f for f in manifest["files"] if f["name"] != "phase1-node-a.json"]
            (folder / "evidence-manifest.json").write_text(json.dumps(manifest))
            (folder / "kept").rename(folder / "phase1-node-a.json")

        def list_more(folder):
            (folder / "more.txt").write_text("x")
            manifest = json.loads((folder / "evidence-manifest.json").read_text())
            manifest["files"].append({"name": "more.txt", "bytes": 1, "sha256": hashlib.sha256(b"x").hexdigest()})
            (folder / "evidence-manifest.json").write_text(json.dumps(manifest))

        def forge(folder):
            (folder / "phase2.json").write_bytes(b"{}")
            manifest = json.loads((folder / "evidence-manifest.json").read_text())
            for entry in manifest["files"]:
                if entry["name"] == "phase2.json":
                    entry.update(bytes=2, sha256=hashlib.sha256(b"{}").hexdigest())
            (folder / "evidence-manifest.json").write_text(json.dumps(manifest))

        for change, name, word in ((flip, "phase2.json", "was changed"), (lose, "phase1-node-b.json", "is missing"),
                                   (add, "phase1-node-a.json", "not in the manifest"),
                                   (list_more, "more.txt", "written without it"), (forge, "phase2.json", "another SHA-256"),
                                   (lambda f: (f / "evidence-manifest.json").unlink(), "evidence-manifest.json", "404")):
            with self.subTest(change=name + " " + word):
                state, text, problems = self.checked(change)
                self.assertEqual(state, "bad")
                self.assertTrue(any(p.startswith(name) and word in p for p in problems), problems)

    def test_the_badge_says_the_verdict(self):
        for run, text in (("good-r1", "ship gate: proven ≥ "), ("own-r6", "ship gate: fail")):
            self.browser.open((self.runs / run / "badge.svg").as_uri())
            self.assertTrue(self.browser.run("return document.querySelector('title').textContent").startswith(text))
            self.assertEqual(self.browser.run(
                "return [...document.querySelectorAll('text')].filter(t => {const b = t.getBBox(), s ="
                " document.documentElement.getBBox(); return b.x < 0 || b.x + b.width > s.width}).length"), 0)
            self.assertEqual("#1A7A36" in (self.runs / run / "badge.svg").read_text(), run == "good-r1")

    def test_it_prints_with_all_that_is_folded(self):
        page = self.runs / "own-r2/index.html"
        self.browser.look("dark", "print")
        self.browser.open(page.as_uri())
        self.assertEqual(self.browser.run("return getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)")
        self.assertTrue(self.browser.run(
            "return [...document.querySelectorAll('details pre')].every(p => p.getBoundingClientRect().height > 0"
            " && p.checkVisibility({contentVisibilityAuto: true}))"))

    def test_it_fits_a_small_screen(self):
        self.browser.cdp("Emulation.setDeviceMetricsOverride", width=360, height=700, deviceScaleFactor=1, mobile=False)
        try:
            for page in self.pages():
                with self.subTest(page=page.parent.name):
                    self.visit(page)
                    self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 360)
        finally:
            self.browser.cdp("Emulation.clearDeviceMetricsOverride")

    def test_each_of_these_can_fail(self):
        page = self.runs / "own-r2/index.html"
        bad = WORK / "bad.html"
        text = page.read_text()
        bad.write_text(text.replace("</main>", "<img src='http://127.0.0.1:9/x'><p style='color:#bbb'>x</p></main>"))
        requests, console = self.visit(bad)
        self.assertNotEqual(console, [], "the policy of the page stops the picture, and the console says so")
        bad.write_text(text.replace("Content-Security-Policy", "x-none").replace(
            "</main>", "<img src='http://127.0.0.1:9/x'><p style='color:#bbb;background:#fff'>pale</p></main>"))
        requests, console = self.visit(bad)
        self.assertIn("http://127.0.0.1:9/x", requests)
        found = " ".join(self.violations())
        self.assertIn("image-alt", found)
        self.assertIn("color-contrast", found)


if __name__ == "__main__":
    PROGRAM, WORK = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    (WORK / "axe").mkdir(parents=True, exist_ok=True)
    unittest.main(argv=sys.argv[:1], verbosity=2)
