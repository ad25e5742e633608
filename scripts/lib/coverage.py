#!/usr/bin/env python3
"""Which lines of core and of each plugin ran in the tests, as gcovr reads it from a build with
--coverage. Programs that a test kills count for nothing, so the truth is a little higher."""

import argparse
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# core/src, core/include, and plugins without their tests.
SOURCES = r"(core/(src|include)|plugins/[^/]+/(?!tests/))"


def part_of(path):
    """"core" or the plugin's name."""
    pieces = path.split("/")
    return pieces[1] if pieces[0] == "plugins" else "core"


def measured(build):
    """gcovr's own account of every line; its report is written beside."""
    report = build / "report"
    report.mkdir(exist_ok=True)
    account = build / "coverage.json"
    subprocess.run(
        ["gcovr", "--root", str(ROOT), "--filter", re.escape(f"{ROOT}/") + SOURCES,
         "--exclude-throw-branches", "--gcov-ignore-parse-errors", "--json", str(account),
         "--html-details", str(report / "index.html"), str(build)],
        check=True, stdout=subprocess.DEVNULL)
    return json.loads(account.read_text())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    options = parser.parse_args()
    lines = defaultdict(lambda: [0, 0])  # part → lines that ran, lines there are
    for file in measured(options.build)["files"]:
        sums = lines[part_of(file["file"])]
        for line in file["lines"]:
            if not line.get("gcovr/noncode"):
                sums[0] += line["count"] > 0
                sums[1] += 1
    if not lines:
        print("nothing ran that was built to be counted", file=sys.stderr)
        return 1
    for part in sorted(lines, key=lambda name: (name != "core", name)):
        ran, there = lines[part]
        print(f"  {part:14}{100 * ran / there:6.1f} %  {ran} of {there} lines")
    print(f"  every line: {options.build / 'report' / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
