"""Every route of a plugin stands in one file, says who may use it and what it is."""

import re

from tree import line_of

ROUTE = re.compile(r"(?<![\w.:>])(?:toimela::)?(get|post|put|patch|del)\(")
RULE = re.compile(r"\.(anyone|signedIn|needs|orOwner)\(")


def check(tree):
    for path in tree.matching(r"(core/src|plugins/[^/]+)/.*\.cpp"):
        if "/tests/" in path or path == "core/src/kit/route.cpp":
            continue
        text = tree.code(path)
        if "registry.route" not in text and "toimela/registry.h" not in text and not re.search(
                r"\bget\(\"/", text):
            continue
        for start, end in calls(text, "routes"):
            if not is_place(path):
                tree.add(path, line_of(text, start), f"routes stand in {place(path)} only")
            for at, route in elements(text, start, end):
                line = line_of(text, at)
                if not RULE.search(route):
                    tree.add(path, line, "a route without a rule: who may use it?")
                if ".described(" not in route:
                    tree.add(path, line, "a route without .described(…), which `toimela routes` and the API show")


def is_place(path):
    return path == place(path) if path.startswith("plugins/") else path.endswith("routes.cpp")


def place(path):
    if path.startswith("plugins/"):
        name = path.split("/")[1]
        return f"plugins/{name}/{name}.cpp"
    return "routes.cpp of the room"


def calls(text, name):
    """Spans of the arguments of registry.NAME({ … })."""
    for match in re.finditer(rf"\b{name}\(\{{", text):
        yield match.end(), closing(text, match.end() - 1)


def closing(text, at):
    """Where the bracket at `at` is closed; brackets in literals do not count."""
    depth = 0
    for match in re.compile(r'"(?:[^"\\\n]|\\.)*"|[(){}\[\]]').finditer(text, at):
        sign = match.group(0)
        if sign in "({[":
            depth += 1
        elif sign in ")}]":
            depth -= 1
            if depth == 0:
                return match.start()
    return len(text)


def elements(text, start, end):
    """The routes of a list, each with its chain of setters."""
    at = start
    depth = 0
    for match in re.compile(r'"(?:[^"\\\n]|\\.)*"|[(){}\[\],]').finditer(text, start, end):
        sign = match.group(0)
        if sign in "({[":
            depth += 1
        elif sign in ")}]":
            depth -= 1
        elif sign == "," and depth == 0:
            if ROUTE.search(text, at, match.start()):
                yield first(text, at), text[at:match.start()]
            at = match.end()
    if ROUTE.search(text, at, end):
        yield first(text, at), text[at:end]


def first(text, at):
    return at + len(text[at:]) - len(text[at:].lstrip())
