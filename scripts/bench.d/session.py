"""Card sessions live: 1,000 people in one, and 100 of 20, on two processes; how long a change takes to
reach everybody, what a participant who listens costs, and how long the page takes that everybody fetches
when the result is shown."""

import http.client
import json
import subprocess
import sys
import time
from pathlib import Path

from harness import Page, Refused, free_port, kept_alive
from report import Outcome, Row

LIB = Path(__file__).resolve().parent / "lib"
CROWD, CONTROL = LIB / "session_crowd.py", LIB / "fan_out.py"
MOST_MILLISECONDS, MOST_KIB = 300, 64
MOST_MILLISECONDS_OF_PAGE = 500
# Fewer threads than a thousandth of those who wait: a waiting client can not hold one.
WORKERS = 8
SHAPES = {"1,000 in one session": (1, 1_000, 0.0), "100 sessions of 20": (100, 20, 0.02)}


def call(server, token, method, path, body):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request(method, path, json.dumps(body),
                       {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    response = connection.getresponse()
    content = response.read()
    connection.close()
    if response.status not in (200, 201):
        raise Refused(f"{path} was answered with {response.status}: {content[:300]!r}")
    return json.loads(content)


def token_of(bench, server):
    account = bench.account("contact_person")
    done = subprocess.run(
        [bench.options.program, "token", "create", "--email", account["email"], "--name", "session",
         "--scope", "trendcards:read", "--scope", "trendcards:write"], env=server.environment, capture_output=True, text=True,
        check=False)
    if done.returncode != 0:
        raise Refused(f"no token: {done.stdout}{done.stderr}")
    return done.stdout.split()[-1]


def edition_of(bench):
    """A published edition of the demonstration."""
    done = subprocess.run(
        ["sqlite3", "-cmd", ".timeout 10000", str(bench.database),
         "SELECT e.id FROM trendcards_edition e WHERE e.state = 'published' ORDER BY e.id LIMIT 1"],
        capture_output=True, text=True, check=False)
    if done.returncode != 0 or not done.stdout.strip():
        raise Refused(f"the demo content has no edition: {done.stderr}")
    return done.stdout.strip()


class Listening:
    """A crowd in a process on the load's core."""

    def __init__(self, bench, **settings):
        self.process = subprocess.Popen(kept_alive(sys.executable, CROWD, core=bench.load_core),
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.tell(settings)
        if self.hear()["open"] != settings["each"] * len(settings["sessions"]):
            raise Refused("not everybody came in")

    def tell(self, what):
        self.process.stdin.write((what if isinstance(what, str) else json.dumps(what)) + "\n")
        self.process.stdin.flush()

    def hear(self):
        line = self.process.stdout.readline()
        if not line:
            raise Refused("the crowd gave up")
        return json.loads(line)

    def change(self):
        return self.do("change")

    def do(self, what):
        self.tell(what)
        return self.hear()

    def leave(self):
        self.process.stdin.close()
        self.process.wait(60)


def begun(server, token, region, edition, number, exercise, ceiling):
    return call(server, token, "POST", "/api/v1/trendcards/sessions",
                {"title": f"Mittaus {number}", "region": region, "edition": edition, "exercise": exercise,
                 "ceiling": ceiling})


def results(bench, servers, token, region, edition):
    """A thousand have ranked the cards that they drew, and see what came of it."""
    session = begun(servers[0], token, region, edition, "tulos", "rank", 1_000)
    crowd = Listening(bench, ports=[server.port for server in servers], token=token, each=1_000, pause=0.0,
                      sessions=[{"id": session["id"], "code": session["code"]}])
    found = []
    try:
        call(servers[0], token, "POST", f"/api/v1/trendcards/sessions/{session['id']}/phase", {"phase": "voting"})
        crowd.do("rank")
        for _ in range(bench.options.rounds):
            shown = crowd.do("result")
            if shown["refused"]:
                raise Refused(f"pages of the result were answered with {shown['refused']}")
            found.append(shown)
    finally:
        crowd.leave()
    return [Row("1,000 see the result of what they ranked: a page, 99th percentile", [r["p99"] for r in found],
                MOST_MILLISECONDS_OF_PAGE, at_most=True, unit="ms"),
            Row("… half of them", [r["p50"] for r in found], unit="ms")]


def run(bench):
    one = bench.toimela("one", settings={"TOIMELA_WORKERS": str(WORKERS)})
    two = bench.twin(one, "two")
    token = token_of(bench, one)
    region = bench.account("contact_person")["scope"].split()[-1]
    edition = edition_of(bench)
    control_port = free_port()
    bench.start("fan-out", control_port, kept_alive(sys.executable, CONTROL, control_port, core=bench.server_core))
    rows = []
    for name, (count, each, pause) in SHAPES.items():
        print(f"  {name}", flush=True)
        sessions = [begun((one, two)[i % 2], token, region, edition, i, "ideas", each) for i in range(count)]
        before = one.memory() + two.memory()
        crowd = Listening(bench, ports=[one.port, two.port], token=token, each=each, pause=pause,
                          sessions=[{"id": s["id"], "code": s["code"]} for s in sessions])
        alone = Listening(bench, ports=[control_port], token="none", control=True, each=each * count, pause=0.0,
                          sessions=[{"id": "1", "code": ""}]) if count == 1 else None
        found, control = [], []
        try:
            for _ in range(bench.options.rounds):
                found.append(crowd.change())
                # Everybody waits, and the pages are served all the same.
                for server in (one, two):
                    status, _, _ = server.get(Page("/fi/trendcards"))
                    if status != 200:
                        raise Refused(f"a page was answered with {status}")
                if alone:
                    control.append(alone.change())
                time.sleep(0.5)
            memory = (one.memory() + two.memory() - before) / (count * each) / 1024
        finally:
            crowd.leave()
            if alone:
                alone.leave()
        rows.append(Row(f"{name}: a change reaches everybody, 99th percentile", [r["p99"] for r in found],
                        MOST_MILLISECONDS, at_most=True, unit="ms"))
        rows.append(Row("… half of them", [r["p50"] for r in found], unit="ms"))
        if control:
            rows.append(Row("… a server that does nothing but hand the frame on, 99th percentile",
                            [r["p99"] for r in control], unit="ms"))
        rows.append(Row(f"{name}: memory a participant, both processes", [memory], MOST_KIB, at_most=True, unit="KiB"))
    print("  1,000 see a result", flush=True)
    rows += results(bench, (one, two), token, region, edition)
    return Outcome(rows, [
        f"Two processes with {WORKERS} worker threads each; participants are spread over both, and a change is "
        "made through either. From the moment the facilitator's request is sent until a participant has the "
        "frame: rights, a durable commit and the way to the other process are in it.",
        "The result: everybody's stream says that it is shown, and everybody fetches the page once, at some moment of the "
        "2.5 seconds that session.js spreads a thousand over, from that request until the last byte. Somebody has "
        "ranked anew just before, and nothing but 200 was answered."])
