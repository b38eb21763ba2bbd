#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds that words which the glossary of CONTRIBUTING.md replaces do not come back into sources, their comments and texts.

Usage: words.py SOURCE_DIR
words.txt lists the words. words_allowed.txt lists where one may stand, how often at most, and why; an entry that allows
nothing is an error too.
"""
import fnmatch
import pathlib
import re
import sys

FOLDERS = ("app", "models", "ui", "tests", "packaging", "resources")
SUFFIXES = {".cpp", ".h", ".py", ".sh", ".md"}
# Where a name goes on with another word: isOpen, m_open.
PART = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=\w)_(?=\w)")
# Between the words of a phrase: blanks, also between the lines of a comment or the pieces of a literal.
GAP = r"[\s/#*<\"]+"
THERE = re.compile(rf"\bthere{GAP}$", re.I)


class Word:
    """A line of words.txt: what is not to be used, and what is."""

    def __init__(self, line):
        self.name, pattern, self.instead = line.split("\t")
        self.is_name = pattern.startswith("@")
        pattern = pattern.removeprefix("@").replace(" ", GAP)
        self.pattern = re.compile(rf"\b(?:{pattern})\b", re.NOFLAG if self.is_name else re.I)

    def lines(self, text, parts):
        """The numbers of the lines that use it; `parts` is the text with the words of names apart."""
        searched = text if self.is_name else parts
        return [searched.count("\n", 0, hit.start()) + 1 for hit in self.pattern.finditer(searched)
                if not THERE.search(searched, max(0, hit.start() - 60), hit.start())]


class Allowed:
    """A line of words_allowed.txt: a path with wildcards, a word's name, how often at most, and the reason."""

    def __init__(self, line):
        self.path, self.word, count, self.reason = line.split("\t")
        self.count = int(count)
        self.found = 0

    def admits(self, path, word):
        return self.word == word.name and fnmatch.fnmatchcase(path, self.path)


def entries(path):
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def sources(root):
    paths = [path for folder in FOLDERS for path in (root / folder).rglob("*")] + list(root.glob("*"))
    return sorted(path for path in paths if path.suffix in SUFFIXES and path.is_file())


def main():
    root = pathlib.Path(sys.argv[1])
    here = root / "tests/lint"
    words = [Word(line) for line in entries(here / "words.txt")]
    allowed = [Allowed(line) for line in entries(here / "words_allowed.txt")]
    faults = []
    paths = sources(root)
    for path in paths:
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        parts = PART.sub(" ", text)
        for word in words:
            for line in word.lines(text, parts):
                entry = next((one for one in allowed if one.admits(name, word)), None)
                if entry:
                    entry.found += 1
                if not entry or entry.found > entry.count:
                    faults.append(f'{name}:{line}: "{word.name}"; use: {word.instead}')
    faults += [f'words_allowed.txt: nothing in {one.path} uses "{one.word}"' for one in allowed if not one.found]
    print("\n".join(faults) if faults else f"{len(paths)} files use none of {len(words)} words")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
