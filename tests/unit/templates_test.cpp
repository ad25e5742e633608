#include "pages/templates.h"

#include <catch2/catch.hpp>
#include <thread>

#include "scratch_folder.h"

using namespace toimela;
using toimela::pages::Assets;
using toimela::pages::Catalogue;
using toimela::pages::Templates;
using toimela::testing::complaintOf;
using toimela::testing::ScratchFolder;

namespace {

/// Templates with a few texts and one asset.
struct Workshop {
  ScratchFolder locales, assetFiles, core, plugin;
  Catalogue catalogue;
  Assets assets;
  Templates templates{catalogue, assets};

  Workshop() {
    locales.write("fi.json", R"({"hello":"Hei <sinä> & \"muut\"","filled":"{n} kpl"})")
        .write("sv.json", R"({"hello":"Hej","filled":"{n} st."})")
        .write("en.json", R"({"hello":"Hello","filled":"{n} pcs"})");
    catalogue.add("core", locales.path());
    assetFiles.write("app.css", "p{color:red}");
    assets.add("core", assetFiles.path());
  }
  void compile() {
    templates.add("core", core.path());
    templates.add("contacts", plugin.path());
    templates.compile();
  }
};

std::string rendered(const std::string& source, View view, Locale locale = Locale::fi) {
  Workshop workshop;
  workshop.core.write("page.mustache", source);
  workshop.compile();
  return workshop.templates.render("page", locale, view);
}
std::string rendered(const std::string& source) { return rendered(source, View()); }

std::string refusal(const std::string& source) {
  Workshop workshop;
  workshop.core.write("page.mustache", source);
  return complaintOf([&] { workshop.compile(); });
}

View named(const char* name, std::string value) {
  View view;
  view.set(name, std::move(value));
  return view;
}

}  // namespace

TEST_CASE("what a view holds is shown as text, never as markup") {
  CHECK(rendered("<p title=\"{{x}}\">{{x}}</p>", named("x", "<b a=\"1\" c='2'>&")) ==
        "<p title=\"&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;\">&lt;b a=&quot;1&quot; "
        "c=&#39;2&#39;&gt;&amp;</p>");
  CHECK(rendered("<p>{{x}}</p>", named("x", "1234567<89012345678>")) ==
        "<p>1234567&lt;89012345678&gt;</p>");
}

TEST_CASE("values that contain tags are not templates") {
  CHECK(rendered("<p>{{x}}</p>", named("x", "{{y}}{{> page}}")) == "<p>{{y}}{{&gt; page}}</p>");
}

TEST_CASE("a name that the view lacks shows nothing") {
  CHECK(rendered("<p>{{x}}{{#x}}a{{/x}}{{^x}}b{{/x}}{{a.b}}</p>") == "<p>b</p>");
}

TEST_CASE("the same name set again has its last value") {
  View view;
  view.set("x", "old").set("x", "new").flag("y", true).flag("y", false);
  CHECK(rendered("<p>{{x}}{{#y}}y{{/y}}</p>", std::move(view)) == "<p>new</p>");
}

TEST_CASE("names of the same beginning are told apart") {
  View view;
  view.set("organisation_name", "A")
      .set("organisation_nam", "B")
      .set("organisat", "C")
      .set("organisa", "D");
  CHECK(rendered(
            "<p>{{organisation_name}}{{organisation_nam}}{{organisat}}{{organisa}}{{organis}}</p>",
            std::move(view)) == "<p>ABCD</p>");
}

TEST_CASE("lists repeat their section, and what the item lacks is found around it") {
  std::vector<View> items;
  for (const char* name : {"Anu", "Bo"}) items.push_back(named("name", name));
  View view;
  view.set("base", "/fi").set("name", "outer").list("items", std::move(items)).list("none", {});
  CHECK(rendered("{{#items}}<a "
                 "href=\"{{base}}/x\">{{name}}</a>{{/items}}{{^none}}<p>none</p>{{/none}}{{name}}",
                 std::move(view)) ==
        "<a href=\"/fi/x\">Anu</a><a href=\"/fi/x\">Bo</a><p>none</p>outer");
}

TEST_CASE("lists in lists and flags between them keep their places") {
  std::vector<View> rows;
  for (int i = 1; i <= 2; ++i) {
    std::vector<View> cells;
    for (int j = 1; j <= 2; ++j) cells.push_back(named("cell", std::to_string(10 * i + j)));
    View row;
    row.set("row", i).flag("first", i == 1).list("cells", std::move(cells));
    rows.push_back(std::move(row));
  }
  View view;
  view.list("rows", std::move(rows)).flag("shown", true);
  CHECK(rendered("{{#shown}}{{#rows}}{{#first}}*{{/first}}{{#cells}}{{row}}:{{cell}} "
                 "{{/cells}}{{/rows}}{{/shown}}",
                 std::move(view)) == "*1:11 1:12 2:21 2:22 ");
}

TEST_CASE("a group is opened as a section or reached with a dot") {
  View inner;
  inner.set("title", "T").flag("yes", true);
  View view;
  view.group("shell", std::move(inner));
  CHECK(rendered("<p>{{shell.title}}{{#shell}}{{title}}{{/shell}}{{#shell.yes}}!{{/"
                 "shell.yes}}{{shell.no}}</p>",
                 std::move(view)) == "<p>TT!</p>");
}

TEST_CASE("an empty text counts as no") {
  CHECK(rendered("<p>{{#x}}a{{/x}}{{^x}}b{{/x}}</p>", named("x", "")) == "<p>b</p>");
  CHECK(rendered("<p>{{#x}}a{{/x}}{{^x}}b{{/x}}</p>", named("x", "0")) == "<p>a</p>");
}

TEST_CASE("a content text tells its language only when it is not the reader's") {
  const std::string source = "<p{{#name_lang}} lang=\"{{name_lang}}\"{{/name_lang}}>{{name}}</p>";
  const LocalText text{"talo", "", "house"};
  View finnish, swedish;
  finnish.text("name", text, Locale::fi);
  swedish.text("name", text, Locale::sv);
  CHECK(rendered(source, std::move(finnish)) == "<p>talo</p>");
  CHECK(rendered(source, std::move(swedish), Locale::sv) == "<p lang=\"fi\">talo</p>");
}

TEST_CASE("interface texts are put in each language, escaped") {
  CHECK(rendered("<p title=\"{{t hello}}\">{{ t hello }}</p>") ==
        "<p title=\"Hei &lt;sin\u00e4&gt; &amp; &quot;muut&quot;\">Hei &lt;sin\u00e4&gt; &amp; "
        "&quot;muut&quot;</p>");
  CHECK(rendered("<p>{{t hello}}</p>", View(), Locale::sv) == "<p>Hej</p>");
}

TEST_CASE("assets get their fingerprinted address") {
  const std::string html = rendered("<link rel=\"stylesheet\" href=\"{{asset app.css}}\">");
  CHECK(html.starts_with("<link rel=\"stylesheet\" href=\"/assets/app."));
  CHECK(html.ends_with(".css\">"));
}

TEST_CASE("only HTML that the kit made is put in unescaped") {
  View view;
  view.html("body", markdown("*hei*")).set("body", "plain");
  CHECK(rendered("<div>{{{html.body}}}</div>{{body}}", std::move(view)) ==
        "<div><p><em>hei</em></p>\n</div>plain");
  CHECK(rendered("<div>{{{html.body}}}</div>", named("body", "<b>")) == "<div></div>");
  CHECK(rendered("{{#html.body}}<p>x</p>{{/html.body}}{{^html.body}}<p>y</p>{{/html.body}}") ==
        "<p>y</p>");
}

TEST_CASE("every form that is sent by POST gets its token") {
  CHECK(rendered("<form method=\"post\" action=\"/x\"><p></p></form>", named("csrf", "a\"b")) ==
        "<form method=\"post\" action=\"/x\"><input type=\"hidden\" name=\"csrf\" "
        "value=\"a&quot;b\"><p></p></form>");
  CHECK(rendered("<FORM METHOD='POST'></FORM>", named("csrf", "t")) ==
        "<FORM METHOD='POST'><input type=\"hidden\" name=\"csrf\" value=\"t\"></FORM>");
  CHECK(rendered("<form method=\"get\"></form><form></form>", named("csrf", "t")) ==
        "<form method=\"get\"></form><form></form>");
  CHECK(rendered("<form action=\"/post\" {{#x}}class=\"a>b\"{{/x}} method=\"post\"></form>",
                 named("csrf", "t"))
            .find("value=\"t\"") != std::string::npos);
}

TEST_CASE("a link only leads to addresses that can not run a script") {
  const std::string source = "<a href=\"{{x}}\">a</a>";
  const auto link = [&](const char* address) { return rendered(source, named("x", address)); };
  for (const char* good : {"/fi/x", "#f-name", "?page=2", "https://yhdistys.fi/a:b", "HTTP://a.fi",
                           "mailto:a@b.fi", "tel:+358401234567", "sivu.html", "a/b:c", ""}) {
    CAPTURE(good);
    CHECK(link(good) == "<a href=\"" + std::string(good) + "\">a</a>");
  }
  for (const char* bad : {"javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)",
                          "java\tscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,x",
                          "vbscript:x", "unknown:x"}) {
    CAPTURE(bad);
    CHECK(link(bad) == "<a href=\"#\">a</a>");
  }
  CHECK(rendered("<a href=\"{{#s}}/a{{/s}}{{x}}\">a</a>", named("x", "javascript:alert(1)")) ==
        "<a href=\"#\">a</a>");
  CHECK(rendered("<a title=\"{{x}}\" href=\"/a?{{x}}\">a</a>", named("x", "a:b")) ==
        "<a title=\"a:b\" href=\"/a?a:b\">a</a>");
}

TEST_CASE("white space that nobody sees is not sent") {
  CHECK(rendered("<ul>\n    {{#items}}\n    <li>\n      {{x}}</li>\n    "
                 "{{/items}}\n</ul>\n\n\n<p>a  b</p>\n",
                 [] {
                   std::vector<View> items;
                   items.push_back(named("x", "1"));
                   items.push_back(named("x", "2"));
                   View view;
                   view.list("items", std::move(items));
                   return view;
                 }()) == "<ul>\n<li>\n1</li>\n<li>\n2</li>\n</ul>\n<p>a  b</p>\n");
  CHECK(rendered("<a\n   class=\"x\n   y\"\n   href=\"/\">a</a>") ==
        "<a\n class=\"x\n   y\" href=\"/\">a</a>");
}

TEST_CASE("white space in preformatted text and text areas is kept") {
  CHECK(rendered("<pre>a\n   b\n{{#x}}\n   c\n{{/x}}</pre>", named("x", "1")) ==
        "<pre>a\n   b\n   c\n</pre>");
  CHECK(rendered("<textarea name=\"x\">\n{{x}}</textarea>\n  <p></p>", named("x", "\n  a")) ==
        "<textarea name=\"x\">\n\n  a</textarea>\n<p></p>");
}

TEST_CASE("comments leave nothing behind") {
  CHECK(rendered("<p>a{{! x }}b</p>\n  {{! a\n line }}\n<p></p>") == "<p>ab</p>\n<p></p>");
}

TEST_CASE("a plugin's partial goes before core's, and core's serves where there is none") {
  Workshop workshop;
  workshop.core.write("card.mustache", "<p>core card {{x}}</p>")
      .write("note.mustache", "<p>core note</p>");
  workshop.plugin.write("card.mustache", "<p>own card {{x}}</p>")
      .write("page.mustache", "<div>\n  {{> card}}\n  {{> note}}\n</div>");
  workshop.core.write("page.mustache", "{{> card}}");
  workshop.compile();
  View view = named("x", "1");
  CHECK(workshop.templates.render("contacts/page", Locale::fi, view) ==
        "<div>\n<p>own card 1</p><p>core note</p></div>");
  CHECK(workshop.templates.render("page", Locale::fi, view) == "<p>core card 1</p>");
  CHECK(workshop.templates.has("contacts/card"));
  CHECK_FALSE(workshop.templates.has("card_of_nobody"));
}

TEST_CASE("a page is the layout with its content, and both see the same view") {
  Workshop workshop;
  workshop.core
      .write("layout.mustache", "<html lang=\"{{lang}}\"><body>{{> content}}</body></html>")
      .write("home.mustache", "<h1>{{title}}</h1>");
  workshop.plugin.write("home.mustache", "<h2>{{title}} {{t hello}}</h2>");
  workshop.compile();
  View view = named("title", "Koti");
  view.set("lang", "sv");
  CHECK(workshop.templates.renderPage("home", Locale::sv, view) ==
        "<html lang=\"sv\"><body><h1>Koti</h1></body></html>");
  CHECK(workshop.templates.renderPage("contacts/home", Locale::sv, view) ==
        "<html lang=\"sv\"><body><h2>Koti Hej</h2></body></html>");
  CHECK(workshop.templates.render("home", Locale::sv, view) == "<h1>Koti</h1>");
  CHECK_THROWS_AS(workshop.templates.renderPage("nothing", Locale::sv, view), std::runtime_error);
}

TEST_CASE("a layout has its content exactly once") {
  for (const char* layout : {"<body></body>", "<body>{{> content}}{{> content}}</body>"}) {
    Workshop workshop;
    workshop.core.write("layout.mustache", layout).write("home.mustache", "<p></p>");
    CHECK(complaintOf([&] { workshop.compile(); }).find("{{> content}} exactly once") !=
          std::string::npos);
  }
}

TEST_CASE("a plain text for mails has nothing escaped and keeps its lines") {
  Workshop workshop;
  workshop.core.write("invite.txt.mustache",
                      "{{t hello}}\n\n  {{x}} < 5\n{{#yes}}\nshown\n{{/yes}}\n");
  workshop.compile();
  View view = named("x", "a & b");
  view.flag("yes", true);
  CHECK(workshop.templates.render("invite.txt", Locale::fi, view) ==
        "Hei <sin\u00e4> & \"muut\"\n\n  a & b < 5\nshown\n");
  CHECK_THROWS_AS(workshop.templates.renderPage("invite.txt", Locale::fi, view),
                  std::runtime_error);
}

TEST_CASE("a template may have thousands of tags") {
  std::string source, expected;
  for (int i = 0; i < 3000; ++i) {
    source += "{{#x}}<p>{{x}}</p>{{/x}}";
    expected += "<p>1</p>";
  }
  CHECK(rendered(source, named("x", "1")) == expected);
}

TEST_CASE("many threads show the same page at once") {
  Workshop workshop;
  workshop.core.write("page.mustache", "{{#items}}<p>{{x}}{{outer}}</p>{{/items}}");
  workshop.compile();
  std::vector<std::string> failures(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < failures.size(); ++i) {
    threads.emplace_back([&, i] {
      const std::string own = std::to_string(i);
      for (int n = 0; n < 200; ++n) {
        std::vector<View> items;
        items.push_back(named("x", own));
        items.push_back(named("x", "&"));
        View view = named("outer", own);
        view.list("items", std::move(items));
        const std::string html = workshop.templates.render("page", Locale::fi, view);
        if (html != "<p>" + own + own + "</p><p>&amp;" + own + "</p>") failures[i] = html;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& failure : failures) CHECK(failure.empty());
}

TEST_CASE("what would be unsafe whatever the data is refused when the program starts") {
  const std::vector<std::pair<const char*, const char*>> unsafe{
      {"{{{x}}}", "not escaped"},
      {"{{{ x.html }}}", "not escaped"},
      {"{{&x}}", "not escaped"},
      {"{{html.x}}", "it is HTML"},
      {"<a href={{x}}>a</a>", "in quotes"},
      {"<a href=/x>a</a>", "in quotes"},
      {"<a {{x}}>a</a>", "not in a quoted attribute"},
      {"<a {{x}}=\"1\">a</a>", "not in a quoted attribute"},
      {"<{{x}}>", "not in a quoted attribute"},
      {"<a data-{{x}}=\"1\">a</a>", "not in a quoted attribute"},
      {"<div title=\"{{{html.x}}}\"></div>", "between elements"},
      {"<div title=\"{{> page}}\"></div>", "between elements"},
      {"<script>alert(1)</script>", "a script must be an asset"},
      {"<script type=\"module\">\n</script>", "a script must be an asset"},
      {"<script src=\"/a.js\">alert(1)</script>", "a script must be an asset"},
      {"<script src=\"/a.js\">{{x}}</script>", "inside a script"},
      {"<svg><ScRiPt>x</ScRiPt></svg>", "a script must be an asset"},
      {"<style>p{}</style>", "styles must be in an asset"},
      {"<p style=\"color:red\"></p>", "style attribute"},
      {"<p STYLE='a'></p>", "style attribute"},
      {"<p onclick=\"x()\"></p>", "inline script"},
      {"<p title=\"a\"onMouseOver=\"x()\"></p>", "inline script"},
      {"<p {{#x}}onclick=\"x()\"{{/x}}></p>", "inline script"},
      {"<iframe srcdoc=\"x\"></iframe>", "srcdoc"},
      {"<base href=\"/x\">", "<base>"},
      {"<a href=\"javascript:x()\">a</a>", "a script in the attribute"},
      {"<a href=\" Java\nScript:x()\">a</a>", "a script in the attribute"},
      {"<form method=\"{{x}}\"></form>", "written out"},
      {"<form method=\"{{#x}}post{{/x}}\"></form>", "written out"},
      {"<form method=\"post\"><input type=\"hidden\" name=\"csrf\"></form>", "by itself"},
      {"<!-- {{x}} -->", "comment"},
      {"<p>1 < 2</p>", "&lt;"},
      {"<p title=\"a", "ends in the middle"},
      {"<html lang=\"{{name_lang}}\">", "may be empty"},
  };
  for (const auto& [source, why] : unsafe) {
    CAPTURE(source);
    const std::string complaint = refusal(source);
    CAPTURE(complaint);
    CHECK(complaint.find(why) != complaint.npos);
  }
}

TEST_CASE("what is harmless is let through") {
  for (const char* source :
       {"<script src=\"/a.js\" defer></script>", "<input disabled value='1'>",
        "<br/><img src=\"/a.png\" alt=\"\" />", "<p data-on=\"2\"></p>",
        "<!doctype html><!-- a < b --><p></p>", "<a\nhref = \"/x\"\n>a</a>",
        "<option value=\"1\"{{#x}} selected{{/x}}>a</option>", "<p class=\"a{{#x}} b{{/x}}\"></p>",
        "<h2 title=\"a > b\">x > y</h2>", "<html lang=\"{{lang}}\"></html>",
        "<meta name=\"csrf\" content=\"a\">"}) {
    CAPTURE(source);
    CHECK(refusal(source).empty());
  }
}

TEST_CASE("a template whose tags do not fit together is refused") {
  const std::vector<std::pair<const char*, const char*>> broken{
      {"<p>\n{{#x}}</p>", "never closed"},
      {"{{/x}}", "never opened"},
      {"{{#x}}{{#y}}{{/x}}{{/y}}", "closes the section {{#y}}"},
      {"{{#x}}<a href=\"{{/x}}\">", "different places"},
      {"<a {{#x}}href=\"a\" title=\"b{{/x}}\">", "different places"},
      {"{{x", "never closed"},
      {"{{}}", "empty tag"},
      {"{{.}}", "no name"},
      {"{{x y}}", "no name"},
      {"{{=<% %>=}}", "delimiters"},
      {"{{> nobody}}", "no template \"nobody\""},
      {"{{> page}}", "contains itself"},
      {"{{t no.such}}", "no text for the key"},
      {"{{t filled}}", "something to fill in"},
      {"{{asset no.css}}", "no asset"},
  };
  for (const auto& [source, why] : broken) {
    CAPTURE(source);
    const std::string complaint = refusal(source);
    CAPTURE(complaint);
    CHECK(complaint.find(why) != complaint.npos);
  }
}

TEST_CASE("templates that contain each other in a ring are refused") {
  Workshop workshop;
  workshop.core.write("a.mustache", "{{> b}}")
      .write("b.mustache", "{{> c}}")
      .write("c.mustache", "{{> a}}");
  CHECK(complaintOf([&] { workshop.compile(); }).find("contains itself") != std::string::npos);
}

TEST_CASE("a mistake is told with file and line") {
  CHECK(refusal("<p>\n{{! a\n comment }}\n{{#x}}\n</p>\n{{/x}}\n<p>{{t no.such}}</p>")
            .find("page.mustache:7: ") != std::string::npos);
  CHECK(refusal("<p>\n\n{{{x}}}</p>").find("page.mustache:3: ") != std::string::npos);
}
