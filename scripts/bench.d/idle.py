"""The region's page under load while 10,000 other visitors keep their connections open."""

import subprocess
import sys
from functools import partial
from pathlib import Path

from harness import Load, Page, Refused, kept_alive
from report import Outcome, Row, ratios

REGION = "/fi/regions/pirkanmaa/contacts"
IDLE = 10_000
CONNECTIONS = 500
HOLDER = Path(__file__).resolve().parent / "lib" / "hold.py"


class Crowd:
    """Connections that each got one page and then say nothing, in a process on the load's core."""

    def __init__(self, bench, server, page):
        self.process = subprocess.Popen(
            kept_alive(sys.executable, HOLDER, server.port, page.path, IDLE, core=bench.load_core),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.hear("open")

    def hear(self, word):
        line = self.process.stdout.readline().split()
        if line != [word, str(IDLE)]:
            raise Refused(f"of {IDLE} idle connections: {' '.join(line) or 'nothing'}")

    def still_there(self):
        """Every one of them gets the page once more over its connection."""
        self.process.stdin.write("ask\n")
        self.process.stdin.flush()
        self.hear("answered")

    def leave(self):
        self.process.stdin.close()
        self.process.wait(30)


def run(bench):
    toimela = bench.toimela()
    region = bench.expect(toimela, Page(REGION))
    nginx = bench.nginx([region])
    memory = {"toimela": [], "nginx": []}

    def crowded(server, seconds):
        crowd = Crowd(bench, server, region)
        try:
            load = bench.load(server, region, CONNECTIONS, seconds)
            memory[server.name].append(server.memory() / 1e6)
            crowd.still_there()
        finally:
            crowd.leave()
        return load

    def check():
        for server in (toimela, nginx):
            bench.check(server, region, exactly=True)

    check()
    contenders = {}
    for server in (toimela, nginx):
        contenders[server.name] = partial(bench.load, server, region, CONNECTIONS)
        contenders[f"{server.name} crowded"] = partial(crowded, server)
    found = bench.rounds(contenders)
    check()

    def cost(name):
        pairs: list[tuple[Load, Load]] = list(zip(found[f"{name} crowded"], found[name]))
        return [1 - with_crowd.rate / alone.rate for with_crowd, alone in pairs]

    return Outcome([
        Row(f"Throughput lost to {IDLE:,} idle connections", cost("toimela"), 0.2, at_most=True),
        Row("… nginx", cost("nginx")),
        Row("Processor time a request, with the idle connections: to without",
            ratios(found["toimela crowded"], found["toimela"], "cpu")),
        Row(f"Resident memory with {IDLE + CONNECTIONS:,} connections", memory["toimela"], 250,
            at_most=True, unit="MB"),
        Row("… nginx", memory["nginx"], unit="MB"),
    ])
