#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""page_test.py PAGES_PROGRAM WORK: published pages in a real browser, from the file system: no request, no word on
the console, nothing that axe-core finds in light or dark, and hostile texts are texts. PAGES_PROGRAM writes the pages
into WORK/tree; axe-core is fetched into WORK/axe once, by pip, against a pinned hash."""
import pathlib
import shutil
import subprocess
import sys
import unittest
import zipfile

from browser import Browser

HERE = pathlib.Path(__file__).resolve().parent
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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
                self.assertEqual(self.browser.run("return document.scripts.length"), 0)

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
                    "return document.querySelectorAll('script,img,iframe,object,embed,form,base,[onclick],[style]').length"), 0)
                self.assertEqual(set(self.browser.run(
                    "return [...document.links].map(l => l.protocol)")) - {"file:", "https:"}, set())
        self.visit(self.runs / "hostile-r1/index.html")
        self.assertIn("W" * 1024 * 1024, self.browser.run("return document.body.innerText"))
        self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 1200)

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
