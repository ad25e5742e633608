"""The files of the tree and what was found in them. Each file is read once."""

import functools
import os
import pathlib
import re
import subprocess

LANGUAGES = ("fi", "sv", "en")
# What is made or downloaded; git knows them too, but a tree may come without git.
LEFT_OUT = {".git", "build", "node_modules", "data", ".cache", "__pycache__"}


class Tree:
    def __init__(self, root):
        self.root = root
        self.found = []
        self.paths = sorted(self._list())

    def _list(self):
        listed = subprocess.run(
            ["git", "-C", str(self.root), "ls-files", "-z", "-co", "--exclude-standard"],
            capture_output=True, check=False)
        if listed.returncode == 0:
            names = listed.stdout.decode().split("\0")
            return [n for n in names if n and (self.root / n).is_file() and not (self.root / n).is_symlink()]
        names = []
        for folder, folders, files in os.walk(self.root):
            folders[:] = [f for f in folders if f not in LEFT_OUT]
            for file in files:
                path = pathlib.Path(folder, file)
                if not path.is_symlink():
                    names.append(str(path.relative_to(self.root)))
        return names

    def add(self, path, line, what):
        self.found.append((path, line, what))

    def findings(self):
        return [f"{path}:{line}: {what}" for path, line, what in sorted(set(self.found))]

    def matching(self, pattern):
        wanted = re.compile(pattern)
        return [path for path in self.paths if wanted.fullmatch(path)]

    @functools.lru_cache(maxsize=None)
    def text(self, path):
        """None if it is not text."""
        data = (self.root / path).read_bytes()
        if b"\0" in data:
            return None
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return None

    @functools.lru_cache(maxsize=None)
    def code(self, path):
        """C++ with comments blanked; lines and columns stay where they are."""
        return without_comments(self.text(path) or "")

    def plugins(self):
        return sorted({path.split("/")[1] for path in self.paths
                       if path.startswith("plugins/") and path.endswith("/CMakeLists.txt")
                       and path.count("/") == 2})

    def entries(self, name):
        """Lines of a list beside the checks: "PATTERN  why it is there"; # begins a comment."""
        path = f"scripts/check.d/{name}"
        if path not in self.paths:
            return
        for number, line in enumerate((self.text(path) or "").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            pattern, _, why = line.partition("  ")
            if not why.strip():
                self.add(path, number, "say why, after two blanks")
            yield path, number, pattern.strip()


def line_of(text, at):
    return text.count("\n", 0, at) + 1


TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^()\s]{0,16})\(.*?\)(?P=mark)"|"(?:[^"\\\n]|\\.)*"'
    r"|(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'", re.DOTALL)


def without_comments(text):
    def blank(match):
        found = match.group(0)
        return re.sub(r"[^\n]", " ", found) if found.startswith(("//", "/*")) else found
    return TOKEN.sub(blank, text)


def literals(code):
    """(position, contents) of the string literals of C++ without comments."""
    for match in TOKEN.finditer(code):
        found = match.group(0)
        if found.startswith('"'):
            yield match.start(), found[1:-1]
        elif found.startswith('R"'):
            yield match.start(), found[found.index("(") + 1:found.rindex(")")]
