#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the source to its layers: which folder may include which (rooms.txt), and which libraries are used where.

System headers compile from anywhere, and with one include path so does every header of ours: only this holds the line.
"""
import argparse
import collections
import pathlib
import re
import sys

LAYERS = ("models", "app", "ui")
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^">]+)[>"]')
GUI = "Q(Widget|Application|GuiApplication|Painter|Color|Font|Icon|Pixmap|Image|Dialog|Chart|Style)"
# Below a folder no header may match, but in the folder that is allowed to.
FORBIDDEN = (
    ("models", GUI + "|Q(Network|Tcp|Process|File|Dir|Thread|SaveFile)", None, "does I/O or knows the GUI"),
    ("app", GUI, None, "knows the GUI"),
    ("", "libssh/", "app/ssh", "uses libssh"),
    ("", r"archive(_entry)?\.h", "app/core", "uses libarchive"),
    ("", "sqlite3", "app/archive", "uses SQLite"),
)
# Folders that are a layer's own parts, never sources of their own.
NO_SOURCES = ("models", "app")


def below(folder, root):
    return not root or folder == root or folder.startswith(root + "/")


def read_includes(source):
    """Yields file, folder, line number, header, and the folder of ours that has the header, or None."""
    for layer in LAYERS:
        for path in sorted((source / layer).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            name = path.relative_to(source)
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                found = INCLUDE.match(line)
                if found:
                    header = found[2]
                    ours = found[1] == '"' and header.split("/")[0] in LAYERS
                    yield name, str(name.parent), number, header, header.rpartition("/")[0] if ours else None


def read_rooms(path):
    """Returns for each folder what it may include: the folder, and which headers of it (none: all)."""
    rooms = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            folder, _, allowed = line.partition(":")
            entries = re.findall(r"([^\s()]+)(?:\(([^)]*)\))?", allowed)
            rooms[folder.strip()] = {name: set(headers.split()) for name, headers in entries}
    return rooms


def find_cycle(rooms):
    """A way from a folder back to it, or None."""
    done = set()

    def walk(folder, way):
        if folder in way:
            return way[way.index(folder):] + [folder]
        if folder in done:
            return None
        for other in rooms.get(folder, ()):
            cycle = walk(other, way + [folder])
            if cycle:
                return cycle
        done.add(folder)
        return None

    return next((cycle for cycle in (walk(folder, []) for folder in rooms) if cycle), None)


def check(source, rooms):
    problems = []
    used = set()
    for name, folder, number, header, target in read_includes(source):
        place = f"{name}:{number}"
        for root, pattern, allowed, why in FORBIDDEN:
            if below(folder, root) and re.match(pattern, header) and not (allowed and below(folder, allowed)):
                problems.append(f"{place}: {folder} {why}: {header}")
        if target is None or target == folder:
            continue
        headers = rooms.get(folder, {}).get(target)
        used.add((folder, target))
        if headers is None:
            problems.append(f"{place}: {folder} may not include {target}: {header}")
        elif headers and header.rpartition("/")[2] not in headers:
            problems.append(f"{place}: {folder} may include only {', '.join(sorted(headers))} of {target}: {header}")
    folders = {str(path.parent.relative_to(source)) for layer in LAYERS
               for path in (source / layer).rglob("*") if path.suffix in (".h", ".cpp")}
    problems += [f"{folder}: a source lies in the root of the layer" for folder in NO_SOURCES if folder in folders]
    problems += [f"{folder}: is not in the list of rooms" for folder in sorted(folders - rooms.keys())]
    problems += [f"{folder}: is in the list of rooms and has no source" for folder in rooms if folder not in folders]
    problems += [f"{folder}: does not include {target}, which it is allowed to" for folder, allowed in rooms.items()
                 for target in allowed if (folder, target) not in used]
    cycle = find_cycle(rooms)
    if cycle:
        problems.append("a cycle of folders: " + " -> ".join(cycle))
    return problems


def print_graph(source):
    graph = collections.defaultdict(collections.Counter)
    for _, folder, _, _, target in read_includes(source):
        graph[folder]
        if target and target != folder:
            graph[folder][target] += 1
    for folder in sorted(graph):
        print(f"{folder}: " + " ".join(f"{target}({count})" for target, count in sorted(graph[folder].items())))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=pathlib.Path, help="the root of the source tree")
    parser.add_argument("rooms", type=pathlib.Path, nargs="?", default=pathlib.Path(__file__).with_name("rooms.txt"),
                        help="which folder may include which")
    parser.add_argument("--graph", action="store_true",
                        help="print the include graph instead, folder by folder, with the number of includes")
    arguments = parser.parse_args()
    if arguments.graph:
        print_graph(arguments.source)
        return 0
    problems = check(arguments.source, read_rooms(arguments.rooms))
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
