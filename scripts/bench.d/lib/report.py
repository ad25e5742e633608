"""Ratios, and their place in docs/benchmarks.md."""

from dataclasses import dataclass, field

from harness import Refused, median


@dataclass
class Row:
    """One thing that was measured, a value a round. `target` is what it must reach (or, with
    `at_most`, keep under); `aim` is what would be good."""
    what: str
    values: list
    target: float | None = None
    at_most: bool = False
    aim: str = ""
    unit: str = ""

    def met(self):
        if self.target is None:
            return True
        reached = median(self.values)
        return reached <= self.target if self.at_most else reached >= self.target

    def shown(self, value):
        if self.unit:
            return f"{value:.0f} {self.unit}"
        return f"{value:.2f}" if value < 10 else f"{value:.1f}"

    def cells(self):
        low, middle, high = min(self.values), median(self.values), max(self.values)
        target = "" if self.target is None else (
            f"at {'most' if self.at_most else 'least'} {self.target:g}" +
            (f" {self.unit}" if self.unit else ""))
        wish = "; ".join(text for text in (target, self.aim) if text)
        verdict = "" if self.target is None else "met" if self.met() else "**missed**"
        return [self.what, self.shown(low), f"**{self.shown(middle)}**", self.shown(high), wish,
                verdict]


@dataclass
class Outcome:
    rows: list
    notes: list = field(default_factory=list)

    def markdown(self):
        lines = ["| What | Least | Median | Most | Target | |",
                 "| --- | --: | --: | --: | --- | --- |"]
        lines += ["| " + " | ".join(row.cells()) + " |" for row in self.rows]
        if self.notes:
            lines += ["", *(f"- {note}" for note in self.notes)]
        return "\n".join(lines)

    def missed(self):
        return [f"{row.what}: {row.shown(median(row.values))}"
                for row in self.rows if not row.met()]


def ratios(upper, lower, of="rate"):
    """Round by round, for neighbours in time had the same machine."""
    return [getattr(a, of) / getattr(b, of) for a, b in zip(upper, lower)]


def put(file, name, outcome):
    """Replaces what stands between the marks of the benchmark."""
    begin, end = f"<!-- results: {name} -->", f"<!-- end of results: {name} -->"
    text = file.read_text()
    if text.count(begin) != 1 or text.count(end) != 1:
        raise Refused(f"{file.name} has no place for the results of {name}")
    head, _, rest = text.partition(begin)
    tail = rest.partition(end)[2]
    file.write_text(f"{head}{begin}\n{outcome.markdown()}\n{end}{tail}")
