"""docs/libraries.md names every library that is built, served or tested with, and nothing else."""

import fnmatch
import json
import re

from tree import line_of

LIST = "docs/libraries.md"
FOUND = re.compile(r"""\b(?:find_package\((?P<package>[\w-]+)|find_(?:library|path|program)\(\w+\s+(?P<file>[\w./-]+)
    |pkg_check_modules\(\w+\s+REQUIRED\s+(?P<module>[\w.-]+))""", re.VERBOSE)
DEBIAN = re.compile(r"\bpackages\+?=\(([^)]*)\)")
SERVED = r"(web|plugins/[^/]+)/assets/(?P<name>[^/]+\.(min\.js|woff2))"
OWN = {"Toimela", "PkgConfig"}  # ourselves, and how others are found
NAME = re.compile(r"`([^`]+)`")


def check(tree):
    if LIST not in tree.paths:
        return
    named = rows(tree)
    used = dict(uses(tree))
    for name, (path, line) in sorted(used.items()):
        if not any(fnmatch.fnmatchcase(name, pattern) for pattern in named):
            tree.add(path, line, f"{name!r} is missing in {LIST}: what for, which licence, from where?")
    for pattern, line in sorted(named.items()):
        if not fnmatch.filter(used, pattern):
            tree.add(LIST, line, f"{pattern!r} is used nowhere any more, or in another version")


def rows(tree):
    """What the tables of libraries name in their last column → line."""
    named, in_table = {}, False
    for line, text in enumerate(tree.text(LIST).split("\n"), 1):
        cells = [cell.strip() for cell in text.strip("|").split("|")] if text.startswith("|") else []
        if not cells or cells[0] == "library":
            in_table = bool(cells)
        elif in_table and set(cells[0]) != {"-"}:
            if len(cells) != 4 or not all(cells):
                tree.add(LIST, line, "a row says name, purpose, licence, and where it comes from")
            named |= {name: line for name in NAME.findall(cells[-1])}
    return named


def uses(tree):
    for path in tree.matching(r"(.*/)?CMakeLists\.txt|.*\.cmake"):
        text = re.sub(r"#[^\n]*", "", tree.text(path))
        for match in FOUND.finditer(text):
            if (name := match["package"] or match["file"] or match["module"]) not in OWN:
                yield name, (path, line_of(text, match.start()))
    for path in tree.matching(r"scripts/install-dependencies"):
        text = tree.text(path)
        for match in DEBIAN.finditer(text):
            for name in match[1].split():
                yield name, (path, line_of(text, match.start()))
    for path in tree.matching(r"(.*/)?package\.json"):
        content = json.loads(tree.text(path))
        for kind in ("dependencies", "devDependencies"):
            for name, version in content.get(kind, {}).items():
                yield f"{name} {version}", (path, line_of(tree.text(path), tree.text(path).index(f'"{name}"')))
    for path in tree.matching(SERVED):
        yield re.fullmatch(SERVED, path)["name"], (path, 1)
