"""Each rule of scripts/check is broken once in a small tree of its own, and must be noticed there."""

import importlib
import pathlib
import subprocess
import sys
import tempfile
import unittest

CHECK = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "check"
sys.dont_write_bytecode = True
sys.path.insert(0, str(CHECK.parent / "check.d"))

from tree import Tree  # noqa: E402

AREAS = ("form", "texts", "templates", "sql", "routes", "rooms", "repeats", "libraries", "symbols")
REGISTRY = "https://registry." + "npmjs" + ".org/x"

GOOD = {
    "plugins/things/CMakeLists.txt": "find_library(THING thing REQUIRED)  # find_library(NO no)\ntoimela_add_plugin(things)\n",
    "web/thing/package.json": '{"dependencies": {"thing.js": "1.0.0"}}\n',
    "docs/libraries.md": "| library | what for | licence | from |\n| --- | --- | --- | --- |\n"
                         "| Thing | all `things` | MIT | `libthing-dev`; `thing`, `thing.js 1.0.0` |\n",
    "scripts/install-dependencies": "packages=(\n  libthing-dev\n)\n",
    "plugins/things/things.cpp": '#include "handlers/things.h"\n#include "toimela/plugin.h"\n'
                                 'void add(Registry& registry) {\n  registry.routes({\n'
                                 '      get("/things", listThings).anyone().described("All things, (whatever) they are"),\n'
                                 '      post("/things", addThing).needs(kAdd).anywhere().described("Adds one"),\n  });\n}\n',
    "plugins/things/handlers/things.h": '#include "store/things.h"\n',
    "plugins/things/store/things.h": "#pragma once\n",
    "plugins/things/store/things.cpp": 'constexpr Sql kFind{"things.thing.find", "SELECT name "\n  "FROM things_thing"};\n',
    "plugins/things/view/things.cpp": 'auto a = words.text("things.title");\nauto b = words.text("things.kind." + code);\n',
    "plugins/things/migrations/0001_things.sql": "CREATE TABLE things_thing (id ${ID});\n",
    "plugins/things/migrations/0002_more.sqlite.sql": "CREATE INDEX things_more ON things_thing (id);\n",
    "plugins/things/migrations/0002_more.postgresql.sql": "CREATE INDEX things_more ON things_thing (id);\n",
    "plugins/things/templates/list.mustache": '<p class="a{{#b}} b{{/b}}"{{#c}} lang="{{c}}"{{/c}}>{{t things.lead}}</p>\n'
                                              '{{> part}}<script src="{{asset things/a.js}}" defer></script>\n'
                                              "<div>{{{html.text}}}</div>\n",
    "plugins/things/templates/part.mustache": '<img src="{{src}}" alt="">\n',
    "plugins/things/assets/a.js": "start();\n",
    "core/include/toimela/plugin.h": "#include <string>\n",
    "scripts/check.d/texts_made": "things.kind.*  the kind of a thing\n",
    "README.md": "A thing.\n",
}
TEXTS = {"things.title": "{count, plural, one {# thing} other {# things of {owner}}}", "things.lead": "It''s '{'fine'}'",
         "things.kind.a": "A"}
for language in ("fi", "sv", "en"):
    GOOD[f"plugins/things/locales/{language}.json"] = (
        "{\n" + ",\n".join(f'  "{key}": "{text}"' for key, text in TEXTS.items()) + "\n}\n")

ALIKE = "".join(f"  const int number{i} = {i};\n" for i in range(6))


class Check(unittest.TestCase):
    def findings(self, changes):
        """What is found in the good tree with some files changed; None takes a file away."""
        with tempfile.TemporaryDirectory() as folder:
            for path, text in (GOOD | changes).items():
                if text is None:
                    continue
                file = pathlib.Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode())
            tree = Tree(pathlib.Path(folder))
            for area in AREAS:
                importlib.import_module(area).check(tree)
            return tree.findings()

    def test_the_program_ends_with_what_it_found(self):
        with tempfile.TemporaryDirectory() as folder:
            for text, status in (("Good.\n", 0), ("Bad. \n", 1)):
                pathlib.Path(folder, "a.txt").write_text(text)
                run = subprocess.run([sys.executable, CHECK, "--root", folder], capture_output=True, check=False)
                self.assertEqual(run.returncode, status)

    def test_nothing_is_found_in_a_good_tree(self):
        self.assertEqual(self.findings({}), [])

    def test_each_broken_rule_is_found_and_nothing_else(self):
        for name, path, change, where, what in BROKEN:
            with self.subTest(name):
                text = change(GOOD.get(path, "")) if callable(change) else change
                found = self.findings({path: text})
                self.assertEqual(len(found), 1, found)
                self.assertTrue(found[0].startswith(where), found)
                self.assertIn(what, found[0])


def plus(more):
    return lambda text: text + more


def instead(old, new):
    return lambda text: text.replace(old, new)


VIEW, STORE, LIST = (f"plugins/things/{p}" for p in ("view/things.cpp", "store/things.cpp", "templates/list.mustache"))
MAIN, FI, SV = (f"plugins/things/{p}" for p in ("things.cpp", "locales/fi.json", "locales/sv.json"))
BROKEN = [
    ("a tab", "README.md", "A\tthing.\n", "README.md:1", "a tab"),
    ("a blank at the end", VIEW, plus("int a; \n"), VIEW + ":3", "blanks at the end"),
    ("a carriage return", "README.md", "A\r\nb.\n", "README.md:1", "a carriage return"),
    ("no last line end", "README.md", "A", "README.md:1", "does not end"),
    ("an endless line", VIEW, plus("int a" + "a" * 200 + ";\n"), VIEW + ":3", "columns"),
    ("a registry", "README.md", REGISTRY + "\n", "README.md:1", "registry"),
    ("a path of a machine", "README.md", "See /ho" + "me/anna/x\n", "README.md:1", "one machine"),
    ("a language lacks a text", SV, instead(',\n  "things.kind.a": "A"', ""), SV + ":1", "'things.kind.a' is missing"),
    ("a language lacks", SV, None, SV, "missing"),
    ("another argument", SV, instead("{owner}", "{name}"), SV + ":2", "other arguments"),
    ("a bracket that stays open", SV, instead("{owner}}}", "{owner}}"), SV + ":2", "never closed"),
    ("a text that is looked for", VIEW, plus('auto c = words.text("things.nothing");\n'), VIEW + ":3", "no text"),
    ("a deed in the log", VIEW, plus('tx.audit(entry("things.thing.add", id));\n'), VIEW + ":3", "'things.audit.thing.add'"),
    ("a text of a template", LIST, plus("{{t things.nothing}}\n"), LIST + ":4", "no text"),
    ("a text for nobody", VIEW, instead('words.text("things.title")', "1"), FI + ":2", "used nowhere"),
    ("a pattern without a text", "scripts/check.d/texts_made", plus("things.state.*  a state\n"),
     "scripts/check.d/texts_made:2", "no such text"),
    ("not escaped", LIST, plus("{{{name}}}\n"), LIST + ":4", "not escaped"),
    ("not escaped either", LIST, plus("{{& name}}\n"), LIST + ":4", "not escaped"),
    ("no part", LIST, plus("{{> nothing}}\n"), LIST + ":4", "no template"),
    ("no asset", LIST, plus('<img src="{{asset things/b.png}}" alt="">\n'), LIST + ":4", "no asset"),
    ("an attribute without quotation marks", LIST, plus("<p class={{x}}>\n"), LIST + ":4", "quotation marks"),
    ("a script in the page", LIST, plus("<script>start()</script>\n"), LIST + ":4", "a script in the page"),
    ("a style in the page", LIST, plus("<style>p {}</style>\n"), LIST + ":4", "a style in the page"),
    ("a style at an element", LIST, plus('<p style="color: red">\n'), LIST + ":4", "style="),
    ("a listener at an element", LIST, plus('<p onclick="a()">\n'), LIST + ":4", "on…="),
    ("a picture without words", LIST, plus('<img src="{{src}}">\n'), LIST + ":4", "alt="),
    ("SQL outside a store", VIEW, plus('constexpr Sql kAll{"things.all.list", "SELECT 1"};\n'), VIEW + ":3", "outside store/"),
    ("SQL without a name", STORE, plus('run("DELETE FROM things_thing");\n'), STORE + ":3", "no named constant"),
    ("SQL put together", STORE, plus('Sql kBad{"things.bad.list", "SELECT 1 FROM " + table};\n'), STORE + ":3", "put together"),
    ("SQL made while running", STORE, plus('run(Sql{"things.bad", text});\n'), STORE + ":3", "while running"),
    ("two statements of one name", STORE, plus('constexpr Sql kB{"things.thing.find", "SELECT 1"};\n'), STORE + ":3", "name of"),
    ("a statement with another's name", STORE, plus('constexpr Sql kB{"others.a.find", "SELECT 1"};\n'), STORE + ":3", "begins with"),
    ("a gap between migrations", "plugins/things/migrations/0004_x.sql", "SELECT 1;\n",
     "plugins/things/migrations/0004_x.sql:1", "0003"),
    ("a number twice", "plugins/things/migrations/0001_x.sql", "SELECT 1;\n",
     "plugins/things/migrations/0001_", "2 times"),
    ("another's table", "plugins/things/migrations/0003_x.sql", "CREATE TABLE core_x (id ${ID});\n",
     "plugins/things/migrations/0003_x.sql:1", "core_x"),
    ("a route for whom", MAIN, instead(".anyone()", ""), MAIN + ":5", "without a rule"),
    ("a route for what", MAIN, instead('.described("Adds one")', ""), MAIN + ":6", "described"),
    ("a route elsewhere", "plugins/things/handlers/more.cpp",
     'void more(Registry& r) {\n  r.routes({get("/more", f).anyone().described("More")});\n}\n',
     "plugins/things/handlers/more.cpp:2", "plugins/things/things.cpp only"),
    ("another plugin's header", MAIN, plus('#include "../others/others.h"\n'), MAIN + ":9", "neither of the kit"),
    ("a room that comes later", "plugins/things/store/things.h", '#include "handlers/things.h"\n',
     "plugins/things/store/things.h:1", "store/ comes before handlers/"),
    ("a header that the kit has not", MAIN, plus('#include "toimela/none.h"\n'), MAIN + ":9", "not a header of the kit"),
    ("a library in the kit", "core/include/toimela/plugin.h", "#include <Poco/Net/Socket.h>\n",
     "core/include/toimela/plugin.h:1", "the kit includes"),
    ("the ground stands on nothing", "core/src/wire/a.cpp", '#include "host/a.h"\n', "core/src/wire/a.cpp:1", "nothing of host"),
    ("a library that is not listed", "plugins/things/CMakeLists.txt", plus("find_package(Other REQUIRED)\n"),
     "plugins/things/CMakeLists.txt:3", "'Other' is missing"),
    ("a package that is not listed", "scripts/install-dependencies", instead("libthing-dev", "libthing-dev more"),
     "scripts/install-dependencies:1", "'more' is missing"),
    ("a served file that is not listed", "web/assets/a.min.js", "a();\n", "web/assets/a.min.js:1", "'a.min.js' is missing"),
    ("a library that is used no more", "docs/libraries.md", plus("| Old | old things | MIT | `old` |\n"),
     "docs/libraries.md:4", "used nowhere"),
    ("another version than the listed one", "docs/libraries.md", instead("`thing.js 1.0.0`", "`thing.js *`, `thing.js 0.9.0`"),
     "docs/libraries.md:3", "another version"),
    ("a library without a licence", "docs/libraries.md", instead("| MIT |", "| |"), "docs/libraries.md:3", "a row says"),
    ("six lines twice", VIEW, plus("void a() {\n" + ALIKE + "}\nvoid b() {\n" + ALIKE + "}\n"), VIEW, "6 lines or more"),
]

if __name__ == "__main__":
    unittest.main()
