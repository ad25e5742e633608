"""A deck of sixty cards printed: A6 on sheets of A4 with bleed, both sides."""

import http.client
import json
import re
import subprocess
import sys
import time
from pathlib import Path

from harness import Page, Refused, kept_alive
from report import Outcome, Row

CONTROL = Path(__file__).resolve().parent / "lib" / "print_control.py"
CARDS, MOST_MILLISECONDS = 60, 2000
CHOICE = "size=a6&sheet=a4&sides=both&turned=long&bleed=1&marks=1"
API = "/api/v1/trendcards"


class Editor:
    """A program of somebody who may make decks for the whole country."""

    def __init__(self, bench, server):
        self.server = server
        done = subprocess.run(
            [bench.options.program, "token", "create", "--email", bench.account("national_admin")["email"],
             "--name", "print", "--scope", "trendcards:read", "--scope", "trendcards:write"],
            env=server.environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Refused(f"no token: {done.stdout}{done.stderr}")
        self.token = done.stdout.split()[-1]

    def send(self, method, path, body, kind="application/json"):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        connection.request(method, API + path, body if isinstance(body, bytes) else json.dumps(body),
                           {"Authorization": f"Bearer {self.token}", "Content-Type": kind})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        if response.status not in (200, 201):
            raise Refused(f"{path} was answered with {response.status}: {content[:300]!r}")
        return json.loads(content)


def cards_of(root):
    """Texts and pictures of the demonstration, again and again until there are enough."""
    found = []
    for deck in sorted((root / "plugins" / "trendcards" / "demo" / "decks").glob("*/fi.json")):
        found += [(card, deck.parent / card["image"]) for card in json.loads(deck.read_text())["cards"]]
    return [found[i % len(found)] for i in range(CARDS)]


def make_deck(editor, cards):
    """A published edition; deck and edition."""
    deck = editor.send("POST", "/decks", {"title": "Kuusikymmentä korttia", "language": "fi", "theme": "Kaikki",
                                          "colour": "green", "licence": "CC-BY-4.0"})
    edition = deck["editions"][0]["id"]
    for card, picture in cards:
        fields = {name: card[name] for name in ("title", "front", "back", "sources", "tags")}
        made = editor.send("POST", f"/editions/{edition}/cards", {"theme": deck["themes"][0]["key"], **fields})
        editor.send("PUT", f"/cards/{made['id']}/picture?alternative=Kuva", picture.read_bytes(), "image/png")
    editor.send("POST", f"/editions/{edition}/publish", {})
    return deck["id"], edition


def printed(server, deck, edition):
    """Milliseconds until the whole file is here."""
    began = time.perf_counter()
    status, _, body = server.get(Page(f"/fi/trendcards/{deck}/print.pdf?edition={edition}&{CHOICE}"))
    took = (time.perf_counter() - began) * 1000
    if status != 200 or not body.startswith(b"%PDF"):
        raise Refused(f"the PDF was answered with {status}")
    return took, body


def pages_of(pdf, scratch):
    file = scratch / "cards.pdf"
    file.write_bytes(pdf)
    told = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"^Pages: +(\d+)", told, re.M)[1])


def run(bench):
    server = bench.toimela()
    editor = Editor(bench, server)
    cards = cards_of(bench.root)
    deck, edition = make_deck(editor, cards)
    alone = subprocess.Popen(kept_alive(sys.executable, CONTROL, *(picture for _, picture in cards), core=bench.server_core),
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    first, busy, again, control = [], [], [], []
    try:
        for _ in range(bench.options.rounds):
            # Nobody has asked for a new version before.
            edition = editor.send("POST", f"/editions/{edition}/versions", {})["id"]
            editor.send("POST", f"/editions/{edition}/publish", {})
            before = server.cpu_seconds()
            took, pdf = printed(server, deck, edition)
            first.append(took)
            busy.append((server.cpu_seconds() - before) * 1000)
            again.append(printed(server, deck, edition)[0])
            alone.stdin.write("once more\n")
            alone.stdin.flush()
            control.append(float(alone.stdout.readline()))
        if pages_of(pdf, bench.scratch) != CARDS:
            raise Refused("the PDF does not have two cards on a page")
    finally:
        alone.stdin.close()
        alone.wait(60)
    return Outcome(
        [Row(f"{CARDS} cards, of which nobody asked for a file before", first, MOST_MILLISECONDS, at_most=True, unit="ms"),
         Row("… processor time of it", busy, unit="ms"),
         Row("… Cairo with the pictures of the same cards, and nothing else", control, unit="ms"),
         Row("… the same file asked for again", again, unit="ms")],
        [f"{CARDS} pages of A4 with two cards of A6 each, fronts and backs, bleed and crop marks; texts and pictures are "
         "those of the demonstration. Measured from the request to the last byte."])
