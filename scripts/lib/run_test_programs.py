#!/usr/bin/env python3
"""Runs the test programs that are registered with CTest, two at a time, and adds up their test cases.

Catch2 programs report each test case; a program labelled `plain` is one test case, passed when it
ends with 0. A program that dies or hangs counts as a failed test case, whatever it said before.
"""

import argparse
import json
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

sys.dont_write_bytecode = True

from side_by_side import LOG_LINES_SHOWN, add_options, death, run_all, shorten  # noqa: E402

LINES_SHOWN = 3  # of a failure, once more at the end of all


def registered(build):
    """The tests as CTest knows them."""
    listing = subprocess.run(
        ["ctest", "--test-dir", str(build), "--show-only=json-v1"],
        check=True, capture_output=True, text=True).stdout
    for test in json.loads(listing)["tests"]:
        properties = {entry["name"]: entry["value"] for entry in test.get("properties", [])}
        if not properties.get("DISABLED"):
            yield test["name"], test.get("command"), properties


def catch_filter(text):
    """A Catch2 test specification for names that contain the text; tags are taken as they are."""
    if text.startswith(("[", "~")):
        return text
    escaped = "".join("\\" + letter if letter in '\\,["*' else letter for letter in text)
    return f"*{escaped}*"


class Report:
    """What a Catch2 program wrote with its XML reporter, read as far as it goes."""

    def __init__(self, path):
        self.passed = 0
        self.failures = []  # pairs of a headline and lines
        self.running = None  # the test case that was begun and not ended
        self.complete = False
        open_elements = []
        lines = []
        parser = ElementTree.XMLPullParser(["start", "end"])
        try:
            parser.feed(path.read_bytes())
        except (OSError, ElementTree.ParseError):
            pass  # not there or cut off: `complete` stays false
        try:
            for event, element in parser.read_events():
                if event == "start":
                    open_elements.append(element)
                    if element.tag == "TestCase":
                        self.running, lines = element, []
                    continue
                open_elements.pop()
                if element.tag in ("Expression", "Failure", "Exception", "FatalErrorCondition",
                                   "Info", "Warning") and element.get("success") != "true":
                    if not (open_elements and open_elements[-1].tag == "Expression"):
                        lines += self.told(element, open_elements)
                elif element.tag == "OverallResult" and self.running is not None:
                    if element.get("success") == "true":
                        self.passed += 1
                    else:
                        self.failures.append((self.title(self.running), lines))
                    self.running = None
                elif element.tag == "Catch":
                    self.complete = True
        except ElementTree.ParseError:
            pass

    @staticmethod
    def title(test_case):
        return (f"{test_case.get('name', '').strip()} "
                f"({shorten(test_case.get('filename', ''))}:{test_case.get('line', '')})")

    @staticmethod
    def told(element, above):
        sections = [e.get("name", "").strip() for e in above if e.tag == "Section"]
        at = f"{shorten(element.get('filename', ''))}:{element.get('line')}: " \
            if element.get("filename") else ""
        if element.tag == "Expression":
            text = (f"{element.get('type', '')}( {(element.findtext('Original') or '').strip()} ), "
                    f"that is: {(element.findtext('Expanded') or '').strip()}")
            for inner in element:
                if inner.tag in ("Exception", "FatalErrorCondition"):
                    text += f"\n{inner.tag}: {(inner.text or '').strip()}"
        else:
            text = f"{element.tag}: {(element.text or '').strip()}"
        where = [f"in {' / '.join(sections)}"] if sections and element.tag != "Info" else []
        return where + (at + text).splitlines()


def examine(programs, options, logs, name, command, properties):
    """Runs one program, for run_all."""
    plain = "plain" in properties.get("LABELS", [])
    log, result = logs / f"{name}.txt", logs / f"{name}.xml"
    result.unlink(missing_ok=True)
    failures, crash, count, began = [], None, 0, time.monotonic()
    if not command:
        crash = "is registered and was not built"
    else:
        environment = dict(os.environ)
        environment.update(entry.split("=", 1) for entry in properties.get("ENVIRONMENT", []))
        arguments = []
        if not plain:
            arguments = ["--reporter", "xml", "--out", str(result.resolve())]
            # Commas are "or" and juxtaposition is "and" in a test specification.
            specification = catch_filter(options.filter) if options.filter else ""
            if options.fast:
                specification += "~[slow]"
            if specification:
                arguments.append(specification)
        code = programs.run(options.prefix.split() + command + arguments, log,
                            float(properties.get("TIMEOUT", 0)) or options.timeout, environment,
                            properties.get("WORKING_DIRECTORY", options.build))
        if plain:
            count = int(code == 0)
            crash = None if code == 0 else death(code)
        else:
            report = Report(result)
            count, failures = report.passed, report.failures
            if report.running is not None:
                crash = f"{death(code)} in: {report.title(report.running)}"
            elif not report.complete or (code != 0 and not failures):
                crash = death(code)
    failed = len(failures) + (crash is not None)
    seconds = f"{time.monotonic() - began:.1f} s"
    said = []
    if not failed:
        if count or not options.filter:
            said.append(f"  ok      {name}: {count} passed ({seconds})")
        return count, failed, said, []
    brief = []
    said.append(f"  FAILED  {name}: {count} passed, {failed} failed ({seconds})")
    for title, lines in failures:
        said.append(f"    FAILED: {title}")
        said += [f"      {line}" for line in lines]
        brief += [f"FAILED: {title}", *(f"  {line}" for line in lines[:LINES_SHOWN])]
    if crash is not None:
        said.append(f"    {name} {crash}")
        brief.append(f"{name} {crash}")
    tail = log.read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:] if log.exists() else []
    if tail:
        said.append(f"    the end of what it printed ({shorten(str(log))}):")
        said += [f"      | {line}" for line in tail]
    return count, failed, said, brief


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--build", required=True, type=Path)
    options.add_argument("--fast", action="store_true", help="without test cases tagged [slow]")
    options.add_argument("--filter", default="")
    options.add_argument("--timeout", type=float, default=3600, help="seconds for each program")
    options.add_argument("--prefix", default="", help="a command to run each program with")
    add_options(options)
    options = options.parse_args()

    logs = options.build / "test-logs"
    logs.mkdir(parents=True, exist_ok=True)
    tests = [test for test in registered(options.build)
             if not ("plain" in test[2].get("LABELS", []) and options.filter and
                     options.filter.lower() not in test[0].lower())]
    return run_all(tests, lambda programs, test: examine(programs, options, logs, *test), options)


if __name__ == "__main__":
    sys.exit(main())
