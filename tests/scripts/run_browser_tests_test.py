"""The runner of browser tests says which test failed, why and where, before it says everything."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

RUNNER = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "lib" / "run_browser_tests.py"

HELPER = """import assert from "node:assert/strict";
export async function same(found, wanted) {
  await null;
  assert.deepEqual(found, wanted);
}
"""
HEAD = """import { after, test } from "node:test";
import { same } from "./helper.mjs";
"""


class RunBrowserTests(unittest.TestCase):
    def run_file(self, text):
        """What the runner prints of a file, with the lines it leaves for the end of a long run."""
        with tempfile.TemporaryDirectory() as folder:
            here = pathlib.Path(folder)
            (here / "helper.mjs").write_text(HELPER)
            (here / "a.test.mjs").write_text(HEAD + text)
            run = subprocess.run([sys.executable, RUNNER, "--counts", "counts", "a.test.mjs"],
                                 cwd=here, capture_output=True, text=True, check=False)
            counts, *brief = (here / "counts").read_text().splitlines()
            self.assertEqual(run.returncode, 0 if counts.endswith(" 0") else 1)
            return run.stdout.splitlines(), counts, brief

    def assert_told(self, text, counts, brief):
        """The brief lines stand right below the file's own, too."""
        said, found, told = self.run_file(text)
        self.assertEqual((found, told), (counts, brief))
        self.assertRegex(said[0], r"^  FAILED  a\.test\.mjs: ")
        self.assertEqual(said[1:1 + len(told)], [f"    {line}" for line in told])
        return said

    def test_what_passes_is_one_line(self):
        said, counts, brief = self.run_file('test("good", () => {});\n')
        self.assertEqual((len(said), counts, brief), (1, "1 0", []))

    def test_an_assertion_is_told_with_its_difference_and_the_way_to_it(self):
        said = self.assert_told('test("one # of two", async () => await same(1, 2));\ntest("good", () => {});\n', "1 1", [
            "FAILED: one # of two (a.test.mjs:3)",
            "  helper.mjs:4, from a.test.mjs:3: Expected values to be strictly deep-equal:",
            "  1 !== 2"])
        self.assertIn("      |     Expected values to be strictly deep-equal:", said)

    def test_of_a_long_message_the_beginning_is_told_and_all_of_it_below(self):
        said = self.assert_told(
            'test("slow", () => {\n'
            '  throw new Error("locator.click: Timeout exceeded.\\nCall log:\\n\\x1b[2m  - waiting for it\\x1b[22m\\n" +\n'
            '                  "  - resolved to a button\\n  - it is covered");\n});\n', "0 1", [
                "FAILED: slow (a.test.mjs:3)", "  a.test.mjs:4: locator.click: Timeout exceeded.",
                "  - waiting for it", "  - resolved to a button"])
        self.assertIn("      |       - it is covered", said)

    def test_of_tests_within_a_test_the_inner_one_is_told(self):
        self.assert_told('test("outer", (t) => t.test("inner", () => { throw new Error("no"); }));\n', "0 2", [
            "FAILED: inner (a.test.mjs:3)", "  a.test.mjs:3: no"])

    def test_a_test_that_takes_too_long_is_told(self):
        self.assert_told('test("endless", { timeout: 20 }, () => new Promise((end) => setTimeout(end, 5000)));\n', "0 1", [
            "FAILED: endless (a.test.mjs:3)", "  test timed out after 20ms"])

    def test_what_goes_wrong_before_and_after_the_tests_is_told(self):
        self.assert_told('throw new Error("no browser");\n', "0 1", [
            "FAILED: a.test.mjs (a.test.mjs:1)", "  Error: no browser"])
        self.assert_told('after(() => { throw new Error("the program died"); });\ntest("good", () => {});\n', "1 1", [
            "FAILED: a.test.mjs (a.test.mjs:3)", "  a.test.mjs:3: the program died"])


if __name__ == "__main__":
    unittest.main()
