"""Who may include whom: see CONTRIBUTING.md and the READMEs of the plugins."""

import re

INCLUDE = re.compile(r'^\s*#\s*include\s+(?P<name>"[^"]+"|<[^>]+>)', re.MULTILINE)
# A room of a plugin includes itself and what stands before it here.
ORDER = ("domain", "store", "operations", "view", "handlers")
# What only the host's rooms know: the libraries of the databases.
HOSTS_OWN = re.compile(r"<(soci|libpq|sqlite3|Poco/Data)")
# Rooms that others stand on, with the rooms that they may know themselves. access/passwords is where
# digests are made.
GROUND = {
    "wire": set(), "confinement": set(), "kit": set(), "words": set(),
    "data": {"access"}, "jobs": {"data"}, "backup": {"data"},
}


def check(tree):
    kit = {path.rsplit("/", 1)[1] for path in tree.matching(r"core/include/toimela/[^/]+\.h")}
    kit.add("kit_digest.h")  # made by the build
    for path in tree.matching(r"plugins/[^/]+/.*\.(cpp|h)"):
        check_plugin(tree, path, kit)
    for path in tree.matching(r"core/src/[^/]+/.*\.(cpp|h)"):
        room = path.split("/")[2]
        for line, name in includes(tree, path):
            other = name.strip('"').split("/")[0]
            if name.startswith('"plugins/') and name.count("/") > 1:
                tree.add(path, line, f"{name}: core knows no plugin")
            if room in GROUND and name.startswith('"') and "/" in name and other != "toimela" \
                    and other != room and other not in GROUND[room]:
                tree.add(path, line, f"{name}: the room {room} is to know nothing of {other}")
    for path in tree.matching(r"core/include/toimela/[^/]+\.h"):
        for line, name in includes(tree, path):
            if name.startswith('"') and not name.startswith('"toimela/'):
                tree.add(path, line, f"{name}: the kit includes the kit and the standard library only")
            elif name.startswith("<") and ("/" in name or name.endswith(".h>")):
                tree.add(path, line, f"{name}: the kit includes the kit and the standard library only")


def includes(tree, path):
    text = tree.code(path)
    for match in INCLUDE.finditer(text):
        yield text.count("\n", 0, match.start("name")) + 1, match["name"]


def check_plugin(tree, path, kit):
    _, plugin, *rest = path.split("/")
    room = rest[0] if len(rest) > 1 else ""
    if room == "tests":
        return
    for line, name in includes(tree, path):
        if HOSTS_OWN.match(name):
            tree.add(path, line, f"{name}: the kit gives what a plugin needs of it")
        if not name.startswith('"'):
            continue
        inner = name.strip('"')
        first = inner.split("/")[0]
        if first == "toimela":
            if inner.split("/", 1)[1] not in kit:
                tree.add(path, line, f"{name}: not a header of the kit")
            elif inner == "toimela/testing.h":
                tree.add(path, line, f"{name}: for tests only")
        elif not any(f"plugins/{plugin}/{base}{inner}" in tree.paths for base in ("", f"{room}/" if room else "")):
            tree.add(path, line, f"{name}: neither of the kit nor of this plugin")
        elif room in ORDER and first in ORDER and ORDER.index(first) > ORDER.index(room):
            tree.add(path, line, f"{name}: {room}/ comes before {first}/ and can not include it")
