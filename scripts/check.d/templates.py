"""Templates as the program's compiler wants them, said before the program is started."""

import re

from tree import line_of

TAG = re.compile(r"\{\{\{.*?\}\}\}|\{\{.*?\}\}", re.DOTALL)
ELEMENT = re.compile(r"<(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:\"[^\"]*\"|[^\"<>])*)>")
ATTRIBUTE = re.compile(r'\s+[^\s"\'=<>/]+(="[^"]*")?')


def check(tree):
    paths = tree.matching(r"(web|plugins/[^/]+)/templates/[^/]+\.mustache")
    names = {path for path in paths}
    for path in paths:
        text = tree.text(path)
        owner = path.split("/templates/")[0]
        check_tags(tree, path, text, owner, names)
        if not path.endswith(".txt.mustache"):
            check_html(tree, path, text)


def check_tags(tree, path, text, owner, names):
    ending = ".txt.mustache" if path.endswith(".txt.mustache") else ".mustache"
    for match in TAG.finditer(text):
        tag, line = match.group(0), line_of(text, match.start())
        inner = tag.strip("{}").strip()
        if tag.startswith("{{{") and not re.fullmatch(r"html\.[a-z][a-z0-9_.]*", inner):
            tree.add(path, line, f"{tag} is not escaped; only {{{{{{html.name}}}}}} may be")
        elif inner.startswith("&"):
            tree.add(path, line, f"{tag} is not escaped; only {{{{{{html.name}}}}}} may be")
        elif inner.startswith(">"):
            part = inner[1:].strip()
            if part != "content" and not any(
                    f"{folder}/templates/{part}{ending}" in names for folder in (owner, "web")):
                tree.add(path, line, f"there is no template {part!r}")
        elif inner.startswith("asset "):
            name = inner[6:].strip()
            plugin, slash, file = name.partition("/")
            wanted = f"plugins/{plugin}/assets/{file}" if slash else f"web/assets/{name}"
            if wanted not in tree.paths:
                tree.add(path, line, f"there is no asset {wanted}")


def check_html(tree, path, text):
    # A variable stands for a word, a section for nothing; line ends stay, for the numbers.
    def replaced(match):
        tag = match.group(0)
        kept = "\n" * tag.count("\n")
        return kept if tag[2:3] in "#^/!>" else kept + "x"
    html = TAG.sub(replaced, text)
    html = re.sub(r"<!--.*?-->", lambda m: "\n" * m.group(0).count("\n"), html, flags=re.DOTALL)
    for match in ELEMENT.finditer(html):
        check_element(tree, path, line_of(html, match.start()), match)
    for match in re.finditer(r"<script\b[^>]*>(.*?)</script>", html, re.DOTALL):
        opening = match.group(0).split(">")[0]
        is_data = 'type="application/' in opening
        if not is_data and ("src=" not in opening or match.group(1).strip()):
            tree.add(path, line_of(html, match.start()), "a script in the page; put it into assets/")
    for match in re.finditer(r"<style\b", html):
        tree.add(path, line_of(html, match.start()), "a style in the page; put it into assets/")


def check_element(tree, path, line, match):
    name, attributes = match["name"].lower(), match["attributes"]
    rest = ATTRIBUTE.sub("", attributes).strip()
    if rest not in ("", "/"):
        tree.add(path, line, f"<{name}>: an attribute without quotation marks: {rest[:40]!r}")
    if re.search(r"\sstyle=", attributes):
        tree.add(path, line, f"<{name}>: style= is refused by the content security policy; use a class")
    if re.search(r"\son[a-z]+=", attributes):
        tree.add(path, line, f"<{name}>: on…= is refused by the content security policy; listen in assets/")
    if re.search(r'="\s*javascript:', attributes, re.IGNORECASE):
        tree.add(path, line, f"<{name}>: a script as an address")
    if name == "img" and not re.search(r"\salt=", attributes):
        tree.add(path, line, "<img> without alt=; alt=\"\" if it only adorns")
