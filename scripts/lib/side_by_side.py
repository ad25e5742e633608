"""Runs programs side by side, for the runners of tests beside it."""

import concurrent.futures
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

LOG_LINES_SHOWN = 40


class Programs:
    """Those that run now."""

    def __init__(self):
        self.lock = threading.Lock()
        self.running = set()
        self.is_over = False

    def run(self, command, log, timeout, environment, folder):
        """The exit code, negative for a signal; None for a program that had to be ended."""
        with open(log, "wb") as output, self.lock:
            if self.is_over:
                return None
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                cwd=folder, env=environment, start_new_session=True)
            self.running.add(process)
        try:
            return process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None
        finally:
            with self.lock:
                self.running.discard(process)
            self.end(process)

    @staticmethod
    def end(process):
        """Also what the program started and left behind."""
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()

    def end_all(self):
        with self.lock:
            self.is_over = True
            for process in self.running:
                self.end(process)


def death(code):
    if code is None:
        return "had to be ended: it ran too long"
    if code < 0:
        return f"died of {signal.Signals(-code).name}"
    return f"ended with {code}"


def shorten(path):
    relative = os.path.relpath(path) if path else ""
    return path if relative.startswith("..") else relative


def add_options(parser):
    """What run_all needs to be told."""
    parser.add_argument("--counts", required=True, type=Path,
                        help="gets 'passed failed', and below it in a few lines what failed and why")
    parser.add_argument("--jobs", type=int, default=2, help="programs that run side by side")


def run_all(tests, examine, options):
    """Runs `examine(programs, test)` for each of the tests, which tells how many test cases passed and
    failed, the lines that there are to say, and those of them that must not be overlooked. The exit
    code for the whole."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    passed = failed = 0
    briefs = []
    programs = Programs()
    with concurrent.futures.ThreadPoolExecutor(max(1, options.jobs)) as pool:
        try:
            begun = [pool.submit(examine, programs, test) for test in tests]
            # What a program has to say comes in one piece, as soon as it has ended.
            for done in concurrent.futures.as_completed(begun):
                count, failures, said, brief = done.result()
                passed += count
                failed += failures
                briefs += brief
                if said:
                    print("\n".join(said), flush=True)
        finally:
            programs.end_all()
            pool.shutdown(cancel_futures=True)
    options.counts.write_text("\n".join([f"{passed} {failed}", *briefs, ""]))
    return 1 if failed else 0
