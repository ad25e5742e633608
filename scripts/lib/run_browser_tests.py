#!/usr/bin/env python3
"""Runs the files of browser tests, two at a time, and adds up their test cases.

Each file starts a site and a browser of its own, which wait for each other more than they work; one
file after the other leaves half of two cores idle.
"""

import argparse
import itertools
import os
import re
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True

from side_by_side import LOG_LINES_SHOWN, add_options, death, run_all, shorten  # noqa: E402

TIMEOUT = 2400  # seconds for a file
LINES_SHOWN, LONGEST_LINE = 3, 300  # of a message, before all of it
LONGEST = "accessibility.test.mjs"  # walks every page there is, so it begins first


def counted(tap, what):
    """The sum that the report ends with; None when it did not get there."""
    found = re.findall(rf"^# {what} (\d+)$", tap, re.MULTILINE)
    return int(found[-1]) if found else None


class Failure:
    """What the report says of one failed test."""

    def __init__(self, name, lines):
        self.lines = [line for line in lines if not re.search(r"(^ *(async )?|\()node:internal/", line)]
        self.name = place(re.sub(r"\\(.)", r"\1", name))

    def field(self, name):
        """The lines of a value, as YAML has them: behind its name or indented below."""
        for at, line in enumerate(self.lines):
            if match := re.match(rf" *{name}: (.*)", line):
                indent = line[:line.index(name)] + "  "
                below = itertools.takewhile(lambda each: not each or each.startswith(indent), self.lines[at + 1:])
                return [each.strip() for each in below] if match[1].startswith("|") else [match[1].strip("'")]
        return []

    def brief(self):
        """Which test, why and where, in a few lines: the log of a long run may be cut."""
        noise = ("", "Call log:", "+ actual - expected", "[", "]", "{", "}")
        message = [line for line in self.field("error") if line not in noise]
        if message == ["test failed"]:  # not even loaded: what was thrown stands in comments
            message = [line[2:] for line in self.lines if re.match(r"# \w*Error\b", line)] or message
        frames = [line for line in self.field("stack") if "/" in line and "/node_modules/" not in line]
        at = ", from ".join(dict.fromkeys(place(frame) for frame in frames))
        title = " ".join(["FAILED:", self.name, *(f"({place(each)})" for each in self.field("location"))])
        first, *more = (message or [""])[:LINES_SHOWN]
        return [title, *(f"  {line[:LONGEST_LINE]}" for line in (f"{at}: {first}" if at else first, *more))]


def place(text):
    """A file and perhaps a line, as they are written in the tree; what is none stays."""
    match = re.search(r"(?:^|\()(?:file://)?(/[^():]+)(:\d+)?(?::\d+)?\)?$", text)
    return shorten(match[1]) + (match[2] or "") if match else text


def failures(tap):
    """Those tests that failed; one that holds others fails with them, and has nothing to add."""
    comments = re.findall(r"^# (?!Subtest).*", tap, re.MULTILINE)
    for match in re.finditer(r"^( *)not ok \d+ - (.*)\n((?:\1  .*\n|\n)*)", tap, re.MULTILINE):
        lines = match[3].splitlines()[1:-1]  # without the dashes and dots around
        failure = Failure(match[2], lines + (comments[:LOG_LINES_SHOWN] if "  error: 'test failed'" in lines else []))
        if failure.field("failureType") != ["subtestsFailed"]:
            yield failure


def examine(programs, file, logs, pattern):
    """Runs one file, for run_all."""
    log = logs / (file.name + ".tap")
    command = ["node", "--test", "--test-reporter=tap"]
    if pattern:
        command.append(f"--test-name-pattern={pattern}")
    began = time.monotonic()
    code = programs.run([*command, str(file)], log, TIMEOUT, dict(os.environ), Path.cwd())
    seconds = f"{time.monotonic() - began:.1f} s"
    tap = re.sub(r"\x1b\[[\d;]*m", "", log.read_text(errors="replace"))  # Playwright colours what it says
    passed, failed = counted(tap, "pass"), counted(tap, "fail")
    if passed is None or failed is None or code is None:
        said = f"{file.name} {death(code)} ({seconds})"
        return 0, 1, [f"  FAILED  {said}", *tap.splitlines()[-LOG_LINES_SHOWN:]], [said]
    failed += counted(tap, "cancelled") or 0  # those whose hooks failed or that hung
    if code != 0 and failed == 0:
        failed = 1
    if failed == 0:
        return passed, 0, [f"  ok      {file.name}: {passed} passed ({seconds})"] if passed else [], []
    said, brief = [f"  FAILED  {file.name}: {passed} passed, {failed} failed ({seconds})"], []
    for failure in failures(tap):
        brief += failure.brief()
        said += [*(f"    {line}" for line in failure.brief()), *(f"      | {line}" for line in failure.lines)]
    return passed, failed, said, brief


def main():
    options = argparse.ArgumentParser()
    add_options(options)
    options.add_argument("--pattern", default="", help="a regular expression for names of tests")
    options.add_argument("files", nargs="+", type=Path)
    options = options.parse_args()

    files = sorted(options.files, key=lambda file: (file.name != LONGEST, -file.stat().st_size))
    with tempfile.TemporaryDirectory() as logs:
        return run_all(
            files, lambda programs, file: examine(programs, file, Path(logs), options.pattern), options)


if __name__ == "__main__":
    sys.exit(main())
