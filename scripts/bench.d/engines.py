"""Engines for the search beside each other, bare: Xapian, FTS5 of SQLite and tsvector of PostgreSQL with the
same documents and questions. What decision 0014 rests on."""

import json
import random
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path

import xapian

from harness import Refused
from report import Outcome, Row

WORDS, QUESTIONS, BEST = 80, 1_000, 10
MOST_DOCUMENTS = 200_000  # as many as the figures in the decision are about


class Speech:
    """Words of this project's own Finnish texts as often as they come there; one in six is a compound of
    two. Which language it is does not matter here: no engine is told."""

    def __init__(self, root):
        self.luck = random.Random(14)
        counted = Counter()
        for file in sorted(root.glob("**/locales/*fi.json")):
            for text in json.loads(file.read_text()).values():
                counted.update(word for word in "".join(c.lower() if c.isalpha() else " " for c in text).split()
                               if len(word) > 1)
        self.words, self.weights = zip(*sorted(counted.items()))

    def say(self, count):
        words = self.luck.choices(self.words, self.weights, k=count)
        return [word + self.luck.choice(self.words) if self.luck.random() < 1 / 6 else word for word in words]

    def ask(self):
        return self.luck.choices(self.words, self.weights, k=self.luck.randint(1, 3))

    def commonest(self):
        return [max(zip(self.weights, self.words))[1]]


class Xapian:
    name = "Xapian"

    def __init__(self, folder, _):
        self.path = str(folder / "xapian")

    def fill(self, documents):
        index = xapian.WritableDatabase(self.path, xapian.DB_CREATE)
        for words in documents:
            document = xapian.Document()
            for place, word in enumerate(words, 1):
                document.add_posting(word, place)
            index.add_document(document)
        index.commit()
        self.enquire = xapian.Enquire(xapian.Database(self.path))

    def ask(self, words):
        self.enquire.set_query(xapian.Query(xapian.Query.OP_AND, words))
        return len(list(self.enquire.get_mset(0, BEST)))


class Fts5:
    name = "FTS5"

    def __init__(self, folder, _):
        self.data = sqlite3.connect(folder / "fts5.db")
        self.data.execute("PRAGMA journal_mode = WAL")
        self.data.execute("CREATE VIRTUAL TABLE doc USING fts5(body, content = '', tokenize = 'unicode61')")

    def fill(self, documents):
        self.data.executemany("INSERT INTO doc (rowid, body) VALUES (?, ?)",
                              ((number, " ".join(words)) for number, words in enumerate(documents, 1)))
        self.data.execute("INSERT INTO doc (doc) VALUES ('optimize')")
        self.data.commit()

    def ask(self, words):
        asked = " ".join(f'"{word}"' for word in words)
        return len(self.data.execute("SELECT rowid FROM doc WHERE doc MATCH ? ORDER BY rank LIMIT ?",
                                     (asked, BEST)).fetchall())


class Tsvector:
    name = "tsvector"

    def __init__(self, _, address):
        self.address = address

    def psql(self, *arguments, text=""):
        done = subprocess.run(["psql", "-XtAq", "-v", "ON_ERROR_STOP=1", self.address, *arguments],
                              input=text, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Refused(f"psql: {done.stderr}")
        return done.stdout

    def fill(self, documents):
        self.psql("-c", "CREATE TABLE doc (id BIGINT PRIMARY KEY, body TEXT, words TSVECTOR)")
        self.psql("-c", "COPY doc (id, body) FROM STDIN",
                  text="".join(f"{number}\t{' '.join(words)}\n" for number, words in enumerate(documents, 1)))
        self.psql("-c", "UPDATE doc SET words = to_tsvector('simple', body)")
        self.psql("-c", "CREATE INDEX doc_words ON doc USING gin (words)")
        self.psql("-c", "VACUUM (FULL, ANALYZE) doc")

    def times(self, questions):
        """The server's own time for each, in ms."""
        asked = "".join(
            "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) SELECT id FROM doc, plainto_tsquery('simple', '"
            + " ".join(words) + f"') q WHERE words @@ q ORDER BY ts_rank(words, q) DESC LIMIT {BEST};\n\\echo ;\n"
            for words in questions)
        plans = [json.loads(plan)[0] for plan in self.psql(text=asked).split(";\n") if plan.strip()]
        return [plan["Planning Time"] + plan["Execution Time"] for plan in plans]


def times_of(engine, questions):
    if isinstance(engine, Tsvector):
        return engine.times(questions)
    took = []
    for words in questions:
        begun = time.perf_counter()
        engine.ask(words)
        took.append((time.perf_counter() - begun) * 1000)
    return took


def at(times, share):
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def run(bench):
    documents = min(bench.options.documents, MOST_DOCUMENTS)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind in (Xapian, Fts5, Tsvector):
            speech = Speech(Path(bench.root))
            engine = kind(Path(folder), bench.postgresql() if kind is Tsvector else None)
            begun = time.perf_counter()
            engine.fill(speech.say(WORDS) for _ in range(documents))
            speed = documents / (time.perf_counter() - begun)
            questions = [speech.ask() for _ in range(QUESTIONS)]
            times_of(engine, questions[:50])
            times = times_of(engine, questions)
            found[kind.name] = {"median": at(times, 0.5), "p99": at(times, 0.99), "speed": speed,
                                "common": at(times_of(engine, [speech.commonest()] * 20), 0.5)}
            print(f"  {kind.name}: {found[kind.name]}", flush=True)
    control = found["Xapian"]
    rows = []
    for name in ("FTS5", "tsvector"):
        for what, words in (("median", "in the median"), ("p99", "at the 99th percentile"),
                            ("common", "for the commonest word")):
            rows.append(Row(f"{name}: time of an answer {words}, to Xapian's", [found[name][what] / control[what]]))
        rows.append(Row(f"{name}: documents indexed a second, to Xapian's", [found[name]["speed"] / control["speed"]]))
    return Outcome(rows, [f"{documents:,} documents of {WORDS} words, {QUESTIONS:,} questions of one to three words, "
                          f"all of which a document must have; the {BEST} best.",
                          "Making the documents is a part of each indexing. PostgreSQL's answers are timed by itself."])
