"""The directory with 110,000 organisations and 30,000 people: searching, and lists against those of
1,000 organisations, on SQLite and on PostgreSQL."""

import html
import http.client
import json
import random
import re
import sqlite3
import statistics
import time
import urllib.parse

from harness import Refused
from report import Outcome, Row

LARGE, SMALL = (110_000, 30_000), (1_000, 300)
MOST_MILLISECONDS = 20
MOST_LIST_RATIO = 1.2
LIST_REQUESTS = 40
ROWS_A_PAGE = 25
LETTERS = "aehijklmnoprstuvyäö"
COMMON = ["yhdistys", "seura", "ry", "helsingin", "helsingin nuoriso", "tampereen yhdistys",
          "urheilu ry", "oy", "koulu", "helsing föreningen"]
NOWHERE = ["qqxyz", "zzzz", "helsingin qqxyz", "äöåäöå", "1234567890"]
ORGANISATIONS, PEOPLE, CONTACTS = "/fi/organisations", "/fi/admin/people", "/fi/contacts/people"


class Reader:
    """One kept-alive connection of somebody who is signed in: nothing comes from the page cache."""

    def __init__(self, server, cookie):
        self.name = server.name
        self.headers = {"Cookie": cookie}
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)

    def get(self, path):
        """The body, and how many milliseconds it took."""
        begun = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        response = self.connection.getresponse()
        body = response.read()
        took = (time.perf_counter() - begun) * 1000
        if response.status != 200:
            raise Refused(f"{self.name} answers {path} with {response.status}")
        return body, took


def asked(path, words):
    return f"{path}?q={urllib.parse.quote(words)}"


def words_of(reader):
    """Words of names from all over the list, as somebody might type them. The whole list is gone
    through by the cursors that the API gives."""
    names, cursor = [], None
    while cursor or not names:
        body, _ = reader.get("/api/v1/organisations?limit=200" + (f"&after={cursor}" if cursor else ""))
        page = json.loads(body)
        names += [item["name"]["fi"] for item in page["items"]]
        cursor = page["next"]
    if len(names) < LARGE[0]:
        raise Refused(f"{reader.name} lists {len(names)} organisations")
    chosen = names[::len(names) // 400]
    return [[word for word in re.findall(r"\w+", name) if len(word) > 2] for name in chosen]


def questions(reader):
    """Pairs of a path and whether it must find something; None where nobody knows."""
    dice = random.Random(3)
    known = [words for words in words_of(reader) if len(words) > 1]
    dice.shuffle(known)
    begun = {word[0].lower() for words in known for word in words}
    chosen = [(asked(ORGANISATIONS, letter), letter in begun or None) for letter in LETTERS]
    chosen += [(asked(CONTACTS, letter), True) for letter in LETTERS[:8]]
    chosen += [(asked(PEOPLE, letter), True) for letter in LETTERS[:8]]
    chosen += [(asked(ORGANISATIONS, words[0][:3]), True) for words in known[:80]]
    chosen += [(asked(ORGANISATIONS, f"{words[0][:4]} {words[1][:5]}"), True)
               for words in known[80:160]]
    chosen += [(asked(ORGANISATIONS, " ".join(words)), True) for words in known[160:190]]
    chosen += [(asked(ORGANISATIONS, words), None) for words in COMMON]
    chosen += [(asked(path, name), None) for path in (PEOPLE, CONTACTS)
               for name in ("korhonen", "mäkinen maria", "kor", "vir", "juh", "koivul", "helena salo")]
    chosen += [(asked(CONTACTS, words), None) for words in ("tuettu", "selkokieli", "helsingin", "digi ry")]
    chosen += [(asked(path, words), False) for path in (ORGANISATIONS, PEOPLE, CONTACTS)
               for words in NOWHERE]
    dice.shuffle(chosen)
    return chosen


def search(reader, chosen):
    """Milliseconds of every question; what comes back is looked at."""
    times = []
    for path, finds in chosen:
        body, took = reader.get(path)
        if finds is not None and finds == (b'class="empty"' in body):
            raise Refused(f"{reader.name}: {path} finds {'nothing' if finds else 'something'}")
        times.append((took, path))
    return times


def amid(reader, rows):
    """The page after that many organisations, reached by the links to the next page."""
    path = ORGANISATIONS
    for _ in range(rows // ROWS_A_PAGE):
        body, _ = reader.get(path)
        found = re.search(rb'href="([^"]*)" rel="next"', body)
        if not found:
            raise Refused(f"{reader.name}: {path} has no next page")
        path = html.unescape(found[1].decode())
    return path


def percentile(times, share):
    ordered = sorted(took for took, _ in times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def slowest(times, count=3):
    return ", ".join(f"{urllib.parse.unquote(path)} {took:.0f} ms"
                     for took, path in sorted(times, reverse=True)[:count])


def list_ratio(large, small):
    """Both are pairs of a reader and a path. One after the other, so that they have the same machine."""
    times = {large: [], small: []}
    for _ in range(LIST_REQUESTS):
        for reader, path in (large, small):
            body, took = reader.get(path)
            if b'class="empty"' in body:
                raise Refused(f"{reader.name}: {path} is empty")
            times[reader, path].append(took)
    return statistics.median(times[large]) / statistics.median(times[small])


def scan(database, chosen):
    """The control: the same words looked for in every name, as one would without an index."""
    times = []
    with sqlite3.connect(database) as connection:
        for path, _ in chosen:
            base, _, query = path.partition("?q=")
            if base != ORGANISATIONS:
                continue
            words = urllib.parse.unquote(query).split()
            begun = time.perf_counter()
            connection.execute(
                "SELECT id, name_fi FROM core_organisation WHERE " +
                " AND ".join("LOWER(name_fi) LIKE ?" for _ in words) +
                " ORDER BY name_fi, id LIMIT 25",
                [f"%{word.lower()}%" for word in words]).fetchall()
            connection.execute(
                "SELECT COUNT(*) FROM core_organisation WHERE " +
                " AND ".join("LOWER(name_fi) LIKE ?" for _ in words),
                [f"%{word.lower()}%" for word in words]).fetchall()
            times.append(((time.perf_counter() - begun) * 1000, path))
    return times


def reader_of(bench, name, database, size):
    begun = time.monotonic()
    server = bench.toimela(name, database, ("demo", "--scale", *map(str, size)))
    bench.wait_for_index(server)
    print(f"  {name}: filled, started and indexed in {time.monotonic() - begun:.0f} s", flush=True)
    return Reader(server, bench.sign_in(server, bench.account("national_admin")))


def measure(bench, kind, databases):
    large = reader_of(bench, f"{kind}-large", databases[0], LARGE)
    database = bench.database
    small = reader_of(bench, f"{kind}-small", databases[1], SMALL)
    for address in filter(None, databases):
        bench.settle(address)
    chosen = questions(large)
    lists = {"first page of organisations": (ORGANISATIONS, ORGANISATIONS),
             "a page amid them": (amid(large, LARGE[0] // 2), amid(small, SMALL[0] // 2)),
             "first page of people": (CONTACTS, CONTACTS)}
    search(large, chosen)  # warms up
    times, ratios = [], {what: [] for what in lists}
    for number in range(bench.options.rounds):
        times.append(search(large, chosen))
        for what, (of_large, of_small) in lists.items():
            ratios[what].append(list_ratio((large, of_large), (small, of_small)))
        print(f"    round {number + 1}: p99 {percentile(times[-1], 0.99):.1f} ms; " + ", ".join(
            f"{what} {values[-1]:.2f}" for what, values in ratios.items()), flush=True)
    rows = [Row(f"{kind}: a search, 99th percentile", [percentile(t, 0.99) for t in times],
                MOST_MILLISECONDS, at_most=True, unit="ms"),
            Row("… half of them", [percentile(t, 0.5) for t in times], unit="ms")]
    if kind == "SQLite":
        control = [scan(database, chosen) for _ in range(min(3, bench.options.rounds))]
        rows.append(Row("… the statements alone without the index: 99th percentile",
                        [percentile(t, 0.99) for t in control], unit="ms"))
    rows += [Row(f"{kind}: {what}: to the same with {SMALL[0]:,} organisations", values,
                 MOST_LIST_RATIO, at_most=True) for what, values in ratios.items()]
    return rows, f"{kind}: {len(chosen)} searches a round; the slowest of the last: {slowest(times[-1])}."


def run(bench):
    rows, notes = measure(bench, "SQLite", (None, None))
    found = [(rows, notes)]
    address = bench.postgresql()
    found.append(measure(bench, "PostgreSQL", (address, bench.another(address))))
    return Outcome([row for rows, _ in found for row in rows], [note for _, note in found])
