"""Translations: whole in three languages, and neither missing nor left over."""

import fnmatch
import json
import re

from tree import LANGUAGES, line_of, literals

TEMPLATE_KEY = re.compile(r"\{\{t\s+([^}\s]+)\s*\}\}")
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_-]+)+")
# Where C++ names a text as a whole: the call, and which of its arguments is the key.
NAMED = re.compile(
    r"""(?:(?:\.|->)(?:text|format|count)\(\s*"(?P<words>[^"]+)"\s*[,)]
    |(?:TableColumn|Field)::\w+\(\s*"[^"]*",\s*"(?P<field>[^"]+)"
    |(?:RequestError|NotFound)\(\s*[^,()"]*,?\s*"(?P<error>[^"]+)"\s*[,)]
    |\.(?:labelKey|hintKey|titleKey)\s*=\s*"(?P<label>[^"]+)")""", re.VERBOSE)
# What an audit row is noted as, one of two at times.
NOTED = re.compile(r"(?:\.action\s*=|\bentry(?:For)?\()(?P<what>[^,;]*)")


def check(tree):
    texts = {}  # key → path and line of its Finnish text
    for folder in sorted({path.rsplit("/", 1)[0]
                          for path in tree.matching(r"(web|plugins/[^/]+)/locales/[^/]+\.json")}):
        check_folder(tree, folder, texts)
    used = {}
    named = {}
    find_uses(tree, used, named, texts)
    # A view may put a prefix of its own before what it names; such a name begins like no text does.
    begins = {key.partition(".")[0] for key in texts}
    for key, (path, line) in sorted(named.items()):
        if key not in texts and key.partition(".")[0] in begins:
            tree.add(path, line, f"there is no text {key!r}")
    check_unused(tree, texts, used)


def check_folder(tree, folder, texts):
    plugin = folder.split("/")[1] if folder.startswith("plugins/") else None
    groups = {}
    for path in tree.matching(re.escape(folder) + r"/[^/]+\.json"):
        parts = path.rsplit("/", 1)[1].split(".")
        language, group = parts[-2], ".".join(parts[:-2])
        if language not in LANGUAGES:
            tree.add(path, 1, f"{language!r} is no language of this service")
            continue
        groups.setdefault(group, {})[language] = read(tree, path)
    for group, files in groups.items():
        for language in LANGUAGES:
            if language not in files:
                name = f"{group}.{language}.json".lstrip(".")
                tree.add(f"{folder}/{name}", 1, "the file of this language is missing")
        for key in sorted(set().union(*(file.keys() for file in files.values()))):
            compare(tree, folder, group, files, key)
        for key, (_, path, line) in files.get("fi", {}).items():
            if key in texts:
                tree.add(path, line, f"{key!r} stands in {texts[key][0]} too")
            texts[key] = (path, line)
            if plugin and not key.startswith(plugin + "."):
                tree.add(path, line, f"{key!r} does not begin with {plugin + '.'!r}")


def read(tree, path):
    """Key → (text, path, line)."""
    text = tree.text(path)
    lines = {}
    for match in re.finditer(r'^\s*"([^"]+)"\s*:', text, re.MULTILINE):
        if match[1] in lines:
            tree.add(path, line_of(text, match.start(1)), f"{match[1]!r} stands here twice")
        lines.setdefault(match[1], line_of(text, match.start(1)))
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        tree.add(path, error.lineno, error.msg)
        return {}
    return {key: (value, path, lines.get(key, 1)) for key, value in content.items()}


def compare(tree, folder, group, files, key):
    wanted = None
    for language in LANGUAGES:
        if language not in files:
            continue
        if key not in files[language]:
            path = f"{folder}/" + f"{group}.{language}.json".lstrip(".")
            tree.add(path, 1, f"{key!r} is missing")
            continue
        text, path, line = files[language][key]
        if not isinstance(text, str) or not text.strip():
            tree.add(path, line, f"{key!r} is no text")
            continue
        try:
            found = arguments(text)
        except ValueError as error:
            tree.add(path, line, f"{key!r}: {error}")
            continue
        if wanted is None:
            wanted = found
        elif found != wanted:
            tree.add(path, line, f"{key!r} has other arguments than in the first language: "
                                 f"{' '.join(sorted(found)) or 'none'}, not {' '.join(sorted(wanted)) or 'none'}")


def arguments(message):
    """Names of the arguments of an ICU message (MessageFormat), those in its branches too."""
    found = set()
    at = branches(message, 0, found)
    if at != len(message):
        raise ValueError("a } too many")
    return found


def branches(message, at, found):
    while at < len(message):
        sign = message[at]
        if sign == "'":
            if message[at + 1:at + 2] == "'":
                at += 2
            elif message[at + 1:at + 2] in ("{", "}", "#", "|"):
                end = message.find("'", at + 1)
                at = len(message) if end < 0 else end + 1
            else:
                at += 1
        elif sign == "{":
            at = argument(message, at + 1, found)
        elif sign == "}":
            return at
        else:
            at += 1
    return at


def argument(message, at, found):
    match = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*|\d+)\s*([,}])").match(message, at)
    if not match:
        raise ValueError("a { that begins no argument")
    found.add(match[1])
    at = match.end()
    if match[2] == "}":
        return at
    while at < len(message) and message[at] != "}":
        if message[at] == "{":
            at = branches(message, at + 1, found)
            if at >= len(message):
                raise ValueError("a { that is never closed")
        at += 1
    if at >= len(message):
        raise ValueError("a { that is never closed")
    return at + 1


def find_uses(tree, used, named, texts):
    for path in tree.matching(r"(web|plugins/[^/]+)/templates/[^/]+\.mustache"):
        text = tree.text(path)
        for match in TEMPLATE_KEY.finditer(text):
            used[match[1]] = named[match[1]] = (path, line_of(text, match.start()))
    for path in tree.matching(r"(core|plugins|web/assets)/.*\.(cpp|h|js)"):
        if "/tests/" in path or path.endswith(".min.js"):
            continue
        code = tree.code(path)
        for at, literal in literals(code):
            if literal in texts or KEY.fullmatch(literal):
                used.setdefault(literal, (path, 0))
        for match in NAMED.finditer(code):
            key = next(value for value in match.groups() if value)
            if KEY.fullmatch(key):
                named.setdefault(key, (path, line_of(code, match.start())))
        for match in NOTED.finditer(code):
            for _, action in literals(match["what"]):
                if KEY.fullmatch(action):
                    key = action.replace(".", ".audit.", 1)
                    named.setdefault(key, (path, line_of(code, match.start())))


def check_unused(tree, texts, used):
    left = {key for key in texts if key not in used and not made_by_rule(tree, key, used)}
    for path, number, pattern in tree.entries("texts_made"):
        made = {key for key in left if fnmatch.fnmatchcase(key, pattern)}
        if not made and "*" in pattern:
            tree.add(path, number, f"{pattern}: no such text is looked for any more; take the line out")
        left -= made
    for key in sorted(left):
        tree.add(*texts[key], f"{key!r} is used nowhere; take it out, or name it in scripts/check.d/texts_made")


def made_by_rule(tree, key, used):
    """The two kinds of text that the kit finds by itself."""
    owner, _, rest = key.partition(".")
    # "events.audit.place.cancel" says what tx.audit() noted as "events.place.cancel".
    if rest.startswith("audit."):
        return f"{owner}.{rest.removeprefix('audit.')}" in used
    # Host::page() without a title takes "events.figures.title" for figures.mustache.
    if key.endswith(".title"):
        name = rest.removesuffix(".title")
        return any(f"{folder}/templates/{name}.mustache" in tree.paths
                   for folder in (f"plugins/{owner}", "web"))
    return False
