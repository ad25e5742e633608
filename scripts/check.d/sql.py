"""SQL stands in stores, as named constants; migrations follow one another."""

import re

from tree import line_of, literals

CONSTANT = re.compile(r"\bSql\s+(k\w+)\s*\{\s*\"([^\"]*)\"")
LIST = re.compile(r"\bSql\s+k\w+\[\]\s*=\s*\{")
ENTRY = re.compile(r"(\{)\s*\"([^\"]*)\"\s*,")
NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
STATEMENT = re.compile(r"\s*(SELECT\s|INSERT INTO\s|UPDATE\s\w+ SET\s|DELETE FROM\s|WITH (RECURSIVE )?\w+ (\(.*\) )?AS"
                       r"|CREATE (UNIQUE )?(TABLE|INDEX)\s|DROP (TABLE|INDEX)\s|ALTER TABLE\s)")
MIGRATION = re.compile(r"(\d{4})_[a-z0-9_]+(\.(sqlite|postgresql))?\.sql")
MADE = re.compile(r"\bCREATE\s+(?:UNIQUE\s+)?(?:TABLE|INDEX)\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)", re.IGNORECASE)


def check(tree):
    makers = {pattern for _, _, pattern in tree.entries("sql_made")}
    for pattern in sorted(makers - set(tree.paths)):
        tree.add("scripts/check.d/sql_made", 1, f"{pattern}: there is no such file")
    names = {}
    for path in tree.matching(r"(core/src|plugins/[^/]+)/.*\.(cpp|h)"):
        if "/tests/" in path:
            continue
        code = tree.code(path)
        check_constants(tree, path, code, names)
        if path not in makers:
            check_statements(tree, path, code)
    components = {"core": "db/migrations"}
    components.update({plugin: f"plugins/{plugin}/migrations" for plugin in tree.plugins()})
    for component, folder in components.items():
        check_migrations(tree, component, folder)


def check_constants(tree, path, code, names):
    for match in constants(code):
        line, name = line_of(code, match.start()), match[2]
        if not NAME.fullmatch(name):
            tree.add(path, line, f"{match[1].lstrip('{')}: the statement needs a name like \"room.thing.verb\"")
        elif name in names:
            tree.add(path, line, f"{name} is the name of {names[name]} too; the log could not tell them apart")
        else:
            names[name] = f"{path}:{line}"
        if path.startswith("plugins/") and not name.startswith(path.split("/")[1] + "."):
            tree.add(path, line, f"{name}: the name of a plugin's statement begins with the plugin's")


def constants(code):
    yield from CONSTANT.finditer(code)
    for match in LIST.finditer(code):
        yield from ENTRY.finditer(code, match.end(), end_of(code, match.end()))


def check_statements(tree, path, code):
    spans = [(m.start(), end_of(code, m.end())) for m in re.finditer(r"\bSql\s+k\w+(?:\[\]\s*=)?\s*\{", code)]
    spans += [(m.start(), m.end()) for m in re.finditer(r"^\s*#\s*define(?:[^\n]*\\\n)*[^\n]*", code, re.MULTILINE)]
    for at, literal in literals(code):
        if not STATEMENT.match(literal):
            continue
        if not any(start <= at < end for start, end in spans):
            tree.add(path, line_of(code, at), "SQL that is no named constant: constexpr Sql kName{\"room.thing.verb\", \"…\"}")
        elif path.startswith("plugins/") and path.split("/")[2] != "store":
            tree.add(path, line_of(code, at), "SQL outside store/")
    for start, end in spans:
        put_together = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', code[start:end])
        if re.search(r'""\s*\+|\+\s*""|\.append\(|format\(', put_together):
            tree.add(path, line_of(code, start), "SQL put together; bind values, and write alternatives as statements")
    for match in re.finditer(r"\bSql\s*\{", code):
        tree.add(path, line_of(code, match.start()), "a statement made while running; see scripts/check.d/sql_made")


def end_of(code, at):
    depth = 1
    for match in re.compile(r'"(?:[^"\\\n]|\\.)*"|R"([^(]*)\(.*?\)\1"|[{}]', re.DOTALL).finditer(code, at):
        depth += {"{": 1, "}": -1}.get(match.group(0), 0)
        if depth == 0:
            return match.end()
    return len(code)


def check_migrations(tree, component, folder):
    numbers = {}
    for path in tree.matching(re.escape(folder) + r"/[^/]+"):
        match = MIGRATION.fullmatch(path.rsplit("/", 1)[1])
        if not match:
            tree.add(path, 1, "a migration is named 0001_what.sql, or ….sqlite.sql beside ….postgresql.sql")
            continue
        numbers.setdefault(int(match[1]), []).append((path, match[3]))
        prefix = component + "_"
        text = re.sub(r"--[^\n]*", "", tree.text(path))
        for made in MADE.finditer(text):
            if not made[1].startswith(prefix):
                tree.add(path, line_of(text, made.start()), f"{made[1]} does not begin with {prefix}")
    for number, files in numbers.items():
        kinds = sorted(kind or "" for _, kind in files)
        if kinds not in ([""], ["postgresql", "sqlite"]):
            tree.add(files[0][0], 1, f"the number {number:04} is there {len(files)} times")
    for expected, number in enumerate(sorted(numbers), 1):
        if expected != number:
            tree.add(numbers[number][0][0], 1, f"the migration before is missing: {expected:04}")
            break
