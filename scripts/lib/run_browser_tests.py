#!/usr/bin/env python3
"""Runs the files of browser tests, two at a time, and adds up their test cases.

Each file starts a site and a browser of its own, which wait for each other more than they work; one
file after the other leaves half of two cores idle.
"""

import argparse
import concurrent.futures
import os
import re
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True

from run_test_programs import Programs, death  # noqa: E402

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
    options.add_argument("--counts", required=True, type=Path, help="gets 'passed failed'")
    options.add_argument("--pattern", default="", help="a regular expression for names of tests")
    options.add_argument("--jobs", type=int, default=2, help="files that run side by side")
    options.add_argument("files", nargs="+", type=Path)
    options = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    passed = failed = 0
    programs = Programs()
    files = sorted(options.files, key=lambda file: (file.name != LONGEST, -file.stat().st_size))
    with tempfile.TemporaryDirectory() as logs, \
            concurrent.futures.ThreadPoolExecutor(max(1, options.jobs)) as pool:
        try:
            begun = [pool.submit(examine, programs, file, Path(logs), options.pattern) for file in files]
            for done in concurrent.futures.as_completed(begun):
                count, failures_of_file, said = done.result()
                passed += count
                failed += failures_of_file
                if said:
                    print("\n".join(said), flush=True)
        finally:
            programs.end_all()
            pool.shutdown(cancel_futures=True)

    options.counts.write_text(f"{passed} {failed}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
