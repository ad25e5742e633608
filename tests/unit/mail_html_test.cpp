#include <catch2/catch.hpp>

#include "mail/html.h"

using toimela::Locale;
using toimela::mail::htmlOf;

namespace {

std::string bodyOf(std::string_view text) {
  const std::string html = htmlOf(text, Locale::fi, "https://toimela.example");
  const auto from = html.find("<body>\n") + 7;
  return html.substr(from, html.find("</body>") - from);
}

}  // namespace

TEST_CASE("a mail's paragraphs, lists and headings look like themselves in HTML") {
  CHECK(bodyOf("Hei\nMaija\n\n# Uutta\n- yksi\n- kaksi\nloppu\n") ==
        "<p>Hei<br>\nMaija</p>\n<h2>Uutta</h2>\n<ul>\n<li>yksi</li>\n<li>kaksi</li>\n</ul>\n<p>loppu</p>\n");
  CHECK(htmlOf("x", Locale::sv, "").find("<html lang=\"sv\">") != std::string::npos);
}

TEST_CASE("only addresses of this service become links in a mail") {
  CHECK(bodyOf("Avaa https://toimela.example/fi/a?b=1&c=2.") ==
        "<p>Avaa <a href=\"https://toimela.example/fi/a?b=1&amp;c=2\">https://toimela.example/fi/a?b=1&amp;c=2</a>.</p>\n");
  CHECK(bodyOf("https://toimela.example.evil/x").find("<a") == std::string::npos);
  CHECK(bodyOf("https://evil.example/x").find("<a") == std::string::npos);
  CHECK(bodyOf("[Paina](https://evil.example)").find("<a") == std::string::npos);
}

TEST_CASE("what a person wrote can not become markup in a mail") {
  const std::string body = bodyOf("- <script>alert(1)</script>\n\n\"><img src=x>\n\nhttps://toimela.example/\"><b>");
  CHECK(body.find("<script") == std::string::npos);
  CHECK(body.find("<img") == std::string::npos);
  CHECK(body.find("<b>") == std::string::npos);
}
