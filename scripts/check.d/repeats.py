"""Six equal lines or more in the stores and views of the plugins: write them once."""

import re

SIX = 6
# Lines that stand anywhere and mean nothing by themselves.
IDLE = re.compile(r"[\s{}();,]*|#include .*|namespace .*|}  // namespace.*|(public|private|protected):"
                  r"|using [\w:]+;")


def check(tree):
    allowed = {(path, number, pattern): False for path, number, pattern in tree.entries("repeats_allowed")}
    seen = {}
    reported = set()
    for path in tree.matching(r"plugins/[^/]+/(store|view)/[^/]+\.(cpp|h)"):
        lines = [(number, line.strip()) for number, line in enumerate(tree.code(path).split("\n"), 1)
                 if not IDLE.fullmatch(line.strip())]
        skip_to = 0
        for i in range(len(lines) - SIX + 1):
            key = tuple(line for _, line in lines[i:i + SIX])
            other = seen.setdefault(key, (path, lines[i][0]))
            if other == (path, lines[i][0]) or i < skip_to:
                continue
            skip_to = i + SIX
            if not is_allowed(allowed, path, other[0]) and (path, other[0]) not in reported:
                reported.add((path, other[0]))
                tree.add(path, lines[i][0], f"{SIX} lines or more that stand at {other[0]}:{other[1]} too")
    for (path, number, pattern), used in allowed.items():
        if not used:
            tree.add(path, number, f"{pattern}: nothing is repeated there any more; take the line out")


def is_allowed(allowed, path, other):
    for entry in allowed:
        first, _, second = entry[2].partition("=")
        if {path, other} == {first, second or first}:
            allowed[entry] = True
            return True
    return False
