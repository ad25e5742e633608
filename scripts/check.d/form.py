"""What an editor should have done: .editorconfig, and nothing that belongs to one machine."""

import re

from tree import line_of

# .clang-format breaks at 100 what it can break. What stays longer is a text that must not be broken;
# beyond this nobody reads it any more.
LONGEST = 165
MEASURED = (".cpp", ".h", ".py", ".js", ".mjs", ".sql", ".sh", ".cmake")
# What came from elsewhere stays as it came, and examples of files are what they are to be.
FOREIGN = re.compile(r"web/assets/(base\.css|.*\.min\.js|.*licence.*)|LICENSE|tests/fixtures/.*|tests/fuzz/corpus/.*"
                     r"|.*/golden/.*|.*/fixtures/.*|.*\.(csv|svg)")
TABS = re.compile(r".*(\.lua|\.conf|\.tsv)")
REGISTRY = re.compile(r"\b(npmjs|yarnpkg|pypi|pythonhosted|crates|rubygems|proxy\.golang)[.](org|com|io)\b")
HOME = re.compile(r"(?<![\w.}])/(root|Users|work)/\w|(?<![\w.}])/home/(?!example\b)\w")


def check(tree):
    for path in tree.paths:
        if FOREIGN.fullmatch(path):
            continue
        text = tree.text(path)
        if not text:
            continue
        if "\r" in text:
            tree.add(path, line_of(text, text.index("\r")), "a carriage return; lines end with a line feed alone")
        if not text.endswith("\n"):
            tree.add(path, text.count("\n") + 1, "the last line does not end")
        elif text.endswith("\n\n"):
            tree.add(path, text.count("\n"), "an empty line at the end")
        for number, line in enumerate(text.split("\n"), 1):
            check_line(tree, path, number, line)


def check_line(tree, path, number, line):
    if line != line.rstrip() and not path.endswith(".md"):
        tree.add(path, number, "blanks at the end of the line")
    if "\t" in line and not TABS.fullmatch(path):
        tree.add(path, number, "a tab; indent with blanks, write \\t in texts")
    if len(line) > LONGEST and path.endswith(MEASURED):
        tree.add(path, number, f"{len(line)} columns; break it at 100 where possible, at {LONGEST} in any case")
    if REGISTRY.search(line):
        tree.add(path, number, "the address of a package registry; name the package only")
    if HOME.search(line):
        tree.add(path, number, "a path of one machine; make it relative or a setting")
