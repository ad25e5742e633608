"""The search with a million documents of inflected Finnish: asking it, and making its index, on SQLite
and on PostgreSQL."""

import json
import os
import subprocess

from harness import Refused
from report import Outcome, Row

MOST_MILLISECONDS = 20
LEAST_A_SECOND = 2_000
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def measured(bench, tag, **settings):
    environment = os.environ | {"TOIMELA_TEST_POSTGRESQL": bench.postgresql()} | settings
    done = subprocess.run([bench.options.program.parent / "unit_bench", f"[{tag}]"],
                          env=environment, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not lines:
        raise Refused("the search did not answer: " + done.stdout[-500:])
    return lines


def asking(name, line):
    if line["plain_ms"]["answered"] < 1_000:
        raise Refused(f"{name}: most questions found nothing")
    return [
        Row(f"{name}: asked, ten best with snippets: 99th percentile", [line["plain_ms"]["p99"]],
            MOST_MILLISECONDS, at_most=True, unit="ms"),
        Row(f"{name}: the same with all facets", [line["faceted_ms"]["p99"]],
            MOST_MILLISECONDS, at_most=True, unit="ms"),
        Row("… when everything found is weighed", [line["control_ms"]["p99"]], unit="ms"),
    ]


def run(bench):
    rows, memory = [], []
    made = measured(bench, "search-bench", TOIMELA_BENCH_DOCUMENTS=str(bench.options.documents))
    if {line["database"] for line in made} != set(NAMES):
        raise Refused("the search was not measured on both databases")
    for line in made:
        name = f"{NAMES[line['database']]}, {line['documents']:,} documents"
        rows += [
            *asking(name, line),
            Row(f"{name}: documents indexed a second", [line["indexed_a_second"]], LEAST_A_SECOND),
            Row("… for each second of processor time", [line["indexed_a_processor_second"]]),
        ]
        memory.append(f"{name}: {line['largest_memory_megabytes']:.0f} MB of memory at most, "
                      f"an index of {line['index_megabytes']:.0f} MB.")
    if bench.options.index:
        line = measured(bench, "search-asking", TOIMELA_BENCH_INDEX=str(bench.options.index.resolve()))[0]
        rows += asking(f"An index made before, {line['documents']:,} documents", line)
    return Outcome(rows, [
        "2,000 questions of one to three words, as often as they come in the texts, one after another.",
        "Documents of 80 words; one word in six is a compound of two.",
        *memory,
    ])
