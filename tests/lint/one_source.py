#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds that a class is defined in one source file: what does not fit is another class, not another file of the same one.

Usage: one_source.py SOURCE_DIR
Looks at the members that app, models and ui define outside their class. Fails on a class whose members are in several
files.
"""
import pathlib
import re
import sys

# A member is defined at the begin of a line: "int Class::member(" or "const int Class::kMember =".
MEMBER = re.compile(r"^(?! )(?:[\w:<>,&*\[\] ]*[ &*>])?((?:[A-Z]\w*::)+)(?:~?\w+|operator[^\s\w(]+) ?[({=;]")
NO_DEFINITION = re.compile(r"^(?:using|template|friend|return|case|extern)\b")


def members(root):
    """By class: the files that define members of it."""
    files = {}
    for folder in ("app", "models", "ui"):
        for path in sorted((root / folder).rglob("*.cpp")):
            for line in path.read_text(encoding="utf-8").splitlines():
                found = None if NO_DEFINITION.match(line) else MEMBER.match(line)
                if found:
                    files.setdefault(found[1].removesuffix("::"), set()).add(path.relative_to(root).as_posix())
    return files


def main():
    files = members(pathlib.Path(sys.argv[1]))
    spread = {name: sorted(paths) for name, paths in files.items() if len(paths) > 1}
    faults = [f"{name} is defined in {len(paths)} files: {', '.join(paths)}"
              for name, paths in sorted(spread.items())]
    print("\n".join(faults) if faults else f"{len(files)} classes are defined in one file each")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
