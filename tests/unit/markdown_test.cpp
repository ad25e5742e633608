#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "toimela/search.h"
#include "toimela/view.h"

using toimela::markdown;

namespace {

std::string html(std::string_view source) { return markdown(source).text(); }
bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("what people write in Markdown becomes a text with its structure") {
  CHECK(html("*a* **b**\n\n- c\n- d") ==
        "<p><em>a</em> <strong>b</strong></p>\n<ul>\n<li>c</li>\n<li>d</li>\n</ul>\n");
  CHECK(has(html("|a|b|\n|-|-|\n|1|2|"), "<table>"));
  CHECK(has(html("~~old~~"), "<del>old</del>"));
  CHECK(html("").empty());
}

TEST_CASE("raw HTML is left out") {
  for (const char* source :
       {"<script>alert(1)</script>", "a <b onclick=\"x()\">b</b>", "<img src=x onerror=alert(1)>",
        "<!-- x --><iframe src=\"/x\"></iframe>", "<style>p{}</style>"}) {
    CAPTURE(source);
    const std::string result = html(source);
    CHECK_FALSE(has(result, "<script"));
    CHECK_FALSE(has(result, "onclick"));
    CHECK_FALSE(has(result, "onerror"));
    CHECK_FALSE(has(result, "<iframe"));
    CHECK_FALSE(has(result, "<style"));
  }
}

TEST_CASE("a link never runs a script") {
  for (const char* source : {"[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))",
                             "[a](vbscript:x)", "[a](data:text/html,x)", "[a](file:///etc/passwd)",
                             "<javascript:alert(1)>", "![a](javascript:alert(1))",
                             "[a](java&#115;cript:alert(1))", "[a]: javascript:alert(1)\n\n[a]"}) {
    CAPTURE(source);
    const std::string result = html(source);
    CAPTURE(result);
    CHECK_FALSE(has(result, "=\"javascript"));
    CHECK_FALSE(has(result, "=\"JaVaScRiPt"));
    CHECK_FALSE(has(result, "=\"vbscript"));
    CHECK_FALSE(has(result, "=\"data:"));
    CHECK_FALSE(has(result, "=\"file:"));
  }
}

TEST_CASE("links to other sites say that they are other people's") {
  const std::string rel = "<a rel=\"nofollow ugc noopener\" href=\"";
  CHECK(html("[a](https://example.org)") == "<p>" + rel + "https://example.org\">a</a></p>\n");
  CHECK(has(html("see https://example.org now"), rel + "https://example.org\""));
  CHECK(has(html("[a](//example.org)"), rel + "//example.org\""));
  CHECK(html("[a](/fi/organisations)") == "<p><a href=\"/fi/organisations\">a</a></p>\n");
  CHECK(has(html("maija@apu.fi"), "<a href=\"mailto:maija@apu.fi\">"));
}

TEST_CASE("text that looks like a link of HTML is text") {
  const std::string result = html("`<a href=\"http://x\">`");
  CHECK(has(result, "&lt;a href="));
  CHECK_FALSE(has(result, "rel="));
}

TEST_CASE("the page keeps its only first heading") {
  CHECK(html("# One") == "<h2>One</h2>\n");
  CHECK(html("###### Six") == "<h6>Six</h6>\n");
}

TEST_CASE("pictures of other sites become links, so that nobody is told who reads") {
  CHECK(html("![a *map*](https://example.org/m.png)") ==
        "<p><a rel=\"nofollow ugc noopener\" href=\"https://example.org/m.png\">a "
        "<em>map</em></a></p>\n");
  CHECK(has(html("![](https://example.org/m.png)"), ">https://example.org/m.png</a>"));
  CHECK(html("[![a](http://example.org/m.png)](/x)") == "<p><a href=\"/x\">a</a></p>\n");
  CHECK(has(html("![a](/assets/m.png)"), "<img src=\"/assets/m.png\""));
}

TEST_CASE("bytes that are no UTF-8 do not reach the page") {
  CHECK(html("a\xFF"
             "b") == "<p>a\uFFFDb</p>\n");
  CHECK(html(std::string_view("a\0b", 3)) == "<p>a\uFFFDb</p>\n");
}

TEST_CASE("deep nesting neither hangs nor crashes") {
  CHECK_FALSE(html(std::string(5000, '>')).empty());
  CHECK_FALSE(html(std::string(5000, '[')).empty());
  CHECK_FALSE(html(std::string(5000, '*') + "a").empty());
}

TEST_CASE("what is searched and quoted of Markdown is what is read: its words without its signs") {
  CHECK(toimela::search::plainText("## Kysymyksiä\n\n- Mitä **tiedämme**?\n- Miksi\n  juuri [nyt](https://example.org)?\n\n1. Ensin `tämä`\n") ==
        "Kysymyksiä\nMitä tiedämme?\nMiksi juuri nyt?\nEnsin tämä\n");
  CHECK(toimela::search::plainText("rivi\\\ntoinen <b>rivi</b> &amp; loppu") == "rivi\ntoinen rivi & loppu\n");
  CHECK(toimela::search::plainText("> lainaus\n\n```\nkoodia - tässä\n```\n") == "lainaus\nkoodia - tässä\n");
  CHECK(toimela::search::plainText("").empty());
}

TEST_CASE("many threads write Markdown at once") {
  std::vector<std::string> results(8);
  std::vector<std::thread> threads;
  for (auto& result : results) {
    threads.emplace_back([&result] {
      for (int n = 0; n < 100; ++n) result = html("~~a~~ www.example.org *b*");
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& result : results) CHECK(result == html("~~a~~ www.example.org *b*"));
}

TEST_CASE("pictures of other sites stay links however their address is written") {
  for (const char* address : {"https://evil.example/x.png", "HTTPS://evil.example/x.png",
                              "https:evil.example/x.png", "//evil.example/x.png",
                              "hTtp:/evil.example/x.png"}) {
    CAPTURE(address);
    const std::string result = html("![a](" + std::string(address) + ")");
    CAPTURE(result);
    CHECK_FALSE(has(result, "<img"));
    CHECK(has(result, "rel=\"nofollow ugc noopener\""));
  }
  CHECK(has(html("![a](/fi/picture?a=b:c)"), "<img src=\"/fi/picture?a=b:c\""));
}

TEST_CASE("a text that would become a page of megabytes is shown as it was typed") {
  std::string source = "[a]: /" + std::string(9'000, 'x') + "\n\n";
  while (source.size() < 18'000) source += "[a]";
  CHECK(html(source).size() < 2 * source.size());
  CHECK(has(html(source), "[a][a]"));
  CHECK_FALSE(has(html(source + "<script>"), "<script"));
  std::string table = "|a|b|\n|-|-|\n";
  while (table.size() < 18'000) table += "|one|two|\n";
  CHECK(has(html(table), "<table>"));
}
