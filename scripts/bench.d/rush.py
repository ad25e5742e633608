"""A rush for places: 10,000 clients for 2,000 of them through two processes, at the same moment and within
seconds; and how many registrations a minute one event takes, in groups and each committed by itself."""

import json
import os
import subprocess
import time
from pathlib import Path

from harness import TICKS, Refused, kept_alive
from report import Outcome, Row

CLIENTS, PLACES = 10_000, 2_000
MOST_MILLISECONDS = 1_000
# All at the same moment is what a crowd can at worst be; this is how fast people are with a button.
SPREAD = 5
LEAST_A_MINUTE = {"SQLite": 600_000, "PostgreSQL": 300_000}
# Threads that wait for the commit of a group: the more, the larger the groups. In a crowd most of them
# need no connection of their own.
WORKERS, CONNECTIONS = 128, 40

CALLERS = 256
LETTERS_EVERY, SETTLE_SECONDS = 6, 300  # the job that writes letters runs every five seconds

NEW_EVENT = (
    "INSERT INTO events_event (region, kind, status, visibility, audience, attendance, "
    "title_fi, title_sv, title_en, summary_fi, summary_sv, summary_en, description_fi, "
    "description_sv, description_en, place_fi, place_sv, place_en, address, accessibility_fi, "
    "accessibility_sv, accessibility_en, online_link, starts_at, ends_at, has_waiting_list, "
    "approves_first, contact_name, contact_email, contact_phone, project, retention_days, sequence, "
    "next_position, created_at, revision) VALUES ('06', 'network', 'published', 'everyone', '', "
    "'on_site', 'Ruuhka', '', '', '', '', '', '', '', '', 'Talo', '', '', '', '', '', '', '', {from_}, "
    "{to}, 1, 0, '', '', '', '', 90, 0, 0, {from_}, 1)")
NEW_POOL = ("INSERT INTO events_pool (event_id, kind, key, capacity, taken) "
            "SELECT MAX(id), 'event', 0, {places}, 0 FROM events_event")
COUNTS = ("SELECT state, COUNT(*), COUNT(DISTINCT position), COUNT(DISTINCT email_key) "
          "FROM events_participant WHERE event_id = (SELECT MAX(id) FROM events_event) "
          "GROUP BY state ORDER BY state")


class Data:
    """The database behind the processes, seen from outside."""

    def __init__(self, bench, address):
        self.bench, self.address = bench, address

    def ask(self, sql):
        command = (["psql", "-XtAF|", self.address, "-c", sql] if self.address
                   else ["sqlite3", "-cmd", ".timeout 10000", str(self.bench.database), sql])
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Refused(f"the database refuses: {done.stderr}")
        return [line.split("|") for line in done.stdout.splitlines() if line]


def token_of(bench, server):
    account = bench.account("contact_person")
    done = subprocess.run(
        [bench.options.program, "token", "create", "--email", account["email"], "--name", "rush",
         "--scope", "events:write"], env=server.environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refused(f"no token: {done.stdout}{done.stderr}")
    return done.stdout.split()[-1]


def new_event(data):
    begins = int(time.time() * 1000) + 30 * 86_400_000
    data.ask(NEW_EVENT.format(from_=begins, to=begins + 3_600_000))
    data.ask(NEW_POOL.format(places=PLACES))
    return data.ask("SELECT MAX(id) FROM events_event")[0][0]


def spent(bench, servers):
    """Processor seconds of the servers and of PostgreSQL with all of its processes, until now."""
    roots = {server.process.pid for server in servers} | {process.pid for process in bench.databases}
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(pid): int(parent) for pid, parent in map(str.split, listed.splitlines())}
    seconds = 0
    for pid in parents:
        forebear = pid
        while forebear and forebear not in roots:
            forebear = parents.get(forebear, 0)
        if not forebear:
            continue
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        # Its own, and that of its children which have ended.
        seconds += sum(map(int, fields[11:15])) / TICKS
    return seconds


def settle(bench, servers):
    """Waits until nobody has anything to do: what a process does when it starts, and the letters of the crowd
    before, are no part of a crowd."""
    end = time.monotonic() + SETTLE_SECONDS
    before = spent(bench, servers)
    while time.monotonic() < end:
        time.sleep(LETTERS_EVERY)
        now = spent(bench, servers)
        if now - before < 0.02 * LETTERS_EVERY:
            return
        before = now
    raise Refused("the servers do not come to rest")


def crowd(bench, data, token, servers, seconds):
    """One rush, of clients that come within so many seconds; milliseconds in which 99 of 100 had their answer,
    and microseconds of processor time that a registration took."""
    settle(bench, servers)
    event = new_event(data)
    began = spent(bench, servers)
    done = subprocess.run(
        kept_alive(bench.options.control.parent / "toimela_bench_crowd", CLIENTS, seconds,
                   f"/api/v1/events/{event}/registrations", token,
                   *(server.port for server in servers), core=bench.load_core),
        capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refused(f"the crowd did not come: {done.stderr}")
    effort = (spent(bench, servers) - began) / CLIENTS * 1e6
    result = json.loads(done.stdout)
    wanted = {"confirmed": PLACES, "waiting": CLIENTS - PLACES}
    if result["outcomes"] != wanted:
        raise Refused(f"the clients were told {result['outcomes']}")
    stored = {state: int(people) for state, people, *_ in data.ask(COUNTS)}
    doubled = [row for row in data.ask(COUNTS) if row[1] != row[2] or row[1] != row[3]]
    if stored != wanted or doubled:
        raise Refused(f"the database has {stored}, doubled {doubled}")
    print(f"    half within {result['p50']:.0f} ms, 99 % within {result['p99']:.0f} ms, "
          f"{effort:.0f} µs of processor time each", flush=True)
    return result["p99"], effort


def sustained(bench, address):
    """Confirmed registrations a second of one event: in groups, and each committed by itself."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TOIMELA_")}
    environment |= {"RUSH_MS": str(bench.options.seconds * 1000), "RUSH_THREADS": str(CALLERS),
                    "RUSH_ROUNDS": str(bench.options.rounds)}
    if address:
        environment["TOIMELA_TEST_POSTGRESQL"] = address
    done = subprocess.run([bench.options.program.parent / "events_bench", "[.rush]"],
                          env=environment, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"database"')]
    if done.returncode != 0 or not lines:
        raise Refused(f"the registrations failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    kind = "postgresql" if address else "sqlite"
    return [line for line in lines if line["database"] == kind]


def measure(bench, kind, address):
    settings = {"TOIMELA_WORKERS": str(WORKERS), "TOIMELA_CONNECTIONS": str(CONNECTIONS),
                "TOIMELA_QUEUE": str(2 * CLIENTS)}
    one = bench.toimela(f"{kind}-one", address, settings=settings)
    two = bench.twin(one, f"{kind}-two")
    data = Data(bench, address)
    token = token_of(bench, one)
    print(f"  {kind}: {CLIENTS:,} clients for {PLACES:,} places", flush=True)
    times = [crowd(bench, data, token, (one, two), 0) for _ in range(bench.options.rounds)]
    spread = [crowd(bench, data, token, (one, two), SPREAD) for _ in range(bench.options.rounds)]
    for server in (one, two):
        server.stop()
    found = sustained(bench, address)
    groups = [line["groups"] * 60 for line in found]
    return [
        Row(f"{kind}: {CLIENTS:,} clients for {PLACES:,} places, two processes: 99th percentile",
            [within for within, _ in times], MOST_MILLISECONDS, at_most=True, unit="ms"),
        Row("… processor time a registration, both processes and the database", [effort for _, effort in times],
            unit="µs"),
        Row(f"… the same, coming within {SPREAD} seconds", [within for within, _ in spread], MOST_MILLISECONDS,
            at_most=True, unit="ms"),
        Row(f"{kind}: confirmed registrations a minute, one event", groups, LEAST_A_MINUTE[kind],
            unit="a minute"),
        Row("… to the same with a commit for each", [line["groups"] / line["alone"] for line in found]),
    ]


def run(bench):
    rows = measure(bench, "SQLite", None) + measure(bench, "PostgreSQL", bench.postgresql())
    return Outcome(rows, [
        "Every client was told what the database has: as many confirmed as there are places, the rest in "
        "the list, each place in it once."])
