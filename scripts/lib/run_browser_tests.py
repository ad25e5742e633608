#!/usr/bin/env python3
"""Runs the files of browser tests, two at a time, and adds up their test cases.

Each file starts a site and a browser of its own, which wait for each other more than they work; one
file after the other leaves half of two cores idle.
"""

import argparse
import os
import re
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True

from side_by_side import add_options, death, run_all  # noqa: E402

TIMEOUT = 2400  # seconds for a file
LONGEST = "accessibility.test.mjs"  # walks every page there is, so it begins first


def counted(tap, what):
    """The sum that the report ends with; None when it did not get there."""
    found = re.findall(rf"^# {what} (\d+)$", tap, re.MULTILINE)
    return int(found[-1]) if found else None


def failures(tap):
    """What the report says of each failed test, with the name first."""
    blocks = re.split(r"^(?=(?:not )?ok \d+ )", tap, flags=re.MULTILINE)
    for block in blocks:
        if block.startswith("not ok"):
            name, _, rest = block.partition("\n")
            yield re.sub(r"^not ok \d+ - ", "", name), rest.split("\n  ...")[0].splitlines()


def examine(programs, file, logs, pattern):
    """Runs one file: how many tests passed and failed, and what there is to say."""
    log = logs / (file.name + ".tap")
    command = ["node", "--test", "--test-reporter=tap"]
    if pattern:
        command.append(f"--test-name-pattern={pattern}")
    began = time.monotonic()
    code = programs.run([*command, str(file)], log, TIMEOUT, dict(os.environ), Path.cwd())
    seconds = f"{time.monotonic() - began:.1f} s"
    tap = log.read_text(errors="replace")
    passed, failed = counted(tap, "pass"), counted(tap, "fail")
    if passed is None or failed is None or code is None:
        return 0, 1, [f"  FAILED  {file.name} {death(code)} ({seconds})", *tap.splitlines()[-40:]]
    failed += counted(tap, "cancelled") or 0  # those whose hooks failed or that hung
    if code != 0 and failed == 0:
        failed = 1
    if failed == 0:
        return passed, 0, [f"  ok      {file.name}: {passed} passed ({seconds})"] if passed else []
    said = [f"  FAILED  {file.name}: {passed} passed, {failed} failed ({seconds})"]
    for name, lines in failures(tap):
        said += [f"✖ {name}", *(f"    {line}" for line in lines)]
    return passed, failed, said


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
