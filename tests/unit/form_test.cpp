#include "toimela/form.h"

#include <catch2/catch.hpp>

#include "pages/templates.h"
#include "scratch_folder.h"

using namespace toimela;

namespace {

Fields sent(std::initializer_list<std::pair<const char*, std::string>> values) {
  Fields fields;
  for (const auto& [name, value] : values) fields.add(name, value);
  return fields;
}

Form readOne(Field field, std::string value) {
  const std::string name = field.name;
  Fields fields;
  fields.add(name, std::move(value));
  return Form::read({std::move(field)}, fields);
}

std::string errorOf(const Form& form) { return form.ok() ? "" : form.errors().front().key; }

/// The page that the core's own partial makes of a form, with the core's own texts.
std::string shown(const Form& form, Locale locale = Locale::en) {
  pages::Catalogue catalogue;
  const std::filesystem::path web = std::filesystem::path(TOIMELA_SOURCE_FOLDER) / "web";
  testing::ScratchFolder locales, templates;
  for (const char* language : {"fi", "sv", "en"}) {
    const std::string name = "form." + std::string(language) + ".json";
    std::filesystem::copy_file(web / "locales" / name, locales.path() / name);
    locales.write("t." + std::string(language) + ".json",
                  R"({"t.name":"Name","t.hint":"As in the <register>","t.red":"Red"})");
  }
  catalogue.add("core", locales.path());
  for (const char* name : {"form.mustache", "form_errors.mustache", "form_fields.mustache", "form_label.mustache"}) {
    std::filesystem::copy_file(web / "templates" / name, templates.path() / name);
  }
  templates.write("page.mustache", "{{#form}}{{> form}}{{/form}}");
  const pages::Assets assets;
  pages::Templates all(catalogue, assets);
  all.add("core", templates.path());
  all.compile();
  View view;
  view.set("hint", "of the page")
      .set("value", "of the page")
      .group("form", form.view(catalogue, locale));
  return all.render("page", locale, view);
}

bool has(const std::string& html, std::string_view part) { return html.find(part) != html.npos; }

}  // namespace

TEST_CASE("a form reads its own fields and no others") {
  const Form form = Form::read({Field::text("name", "t.name").required()},
                               sent({{"name", "  Pirkan Apu ry \xC2\xA0"}, {"admin", "1"}}));
  CHECK(form.ok());
  CHECK(form.text("name") == "Pirkan Apu ry");
  CHECK_THROWS_AS(form.text("admin"), std::out_of_range);
}

TEST_CASE("a required field that is empty or only blanks is an error") {
  for (const char* value : {"", "   ", "\t\r\n", "\xC2\xA0"}) {
    CHECK(errorOf(readOne(Field::text("name", "t.name").required(), value)) ==
          "form.error.required");
  }
  CHECK(errorOf(Form::read({Field::text("name", "t.name").required()}, Fields())) ==
        "form.error.required");
  CHECK(readOne(Field::text("name", "t.name"), "").ok());
}

TEST_CASE("length is counted in characters, not in bytes") {
  CHECK(readOne(Field::text("name", "t.name").longest(3), "\u00e5\u00e4\u00f6").ok());
  const Form form =
      readOne(Field::text("name", "t.name").longest(3), "\u00e5\u00e4\u00f6\U0001F600");
  REQUIRE(errorOf(form) == "form.error.too_long");
  CHECK(form.errors().front().arguments.at(0).second == "3");
  CHECK(form.errors().front().arguments.at(1).second == "4");
  CHECK(form.text("name") == "\u00e5\u00e4\u00f6\U0001F600");
}

TEST_CASE("control characters and broken UTF-8 are refused and can not do harm when shown again") {
  for (const std::string& value :
       {std::string("a\0b", 3), std::string("a\x1b[31mb"), std::string("a\nb"),
        std::string("a\x7f"
                    "b"),
        std::string("a\xC2\x85"
                    "b"),
        std::string("a\xFF"
                    "b"),
        std::string("a\xC0\x80"
                    "b"),
        std::string("a\xED\xA0\x80"
                    "b")}) {
    const Form form = readOne(Field::text("name", "t.name"), value);
    CHECK(errorOf(form) == "form.error.characters");
    CHECK(form.text("name").starts_with("a\uFFFD"));
    CHECK(form.text("name").ends_with("b"));
  }
}

TEST_CASE("long texts keep their lines, whatever the browser ends them with") {
  const Form form =
      readOne(Field::multiline("purpose", "t.name"), "\r\none\r\n\ttwo\rthree\nfour \n");
  CHECK(form.ok());
  CHECK(form.text("purpose") == "one\n\ttwo\nthree\nfour");
}

TEST_CASE("a password is taken exactly as it was typed") {
  CHECK(readOne(Field::password("password", "t.name"), "  correct horse  ").text("password") ==
        "  correct horse  ");
}

TEST_CASE("each kind of field has its own check, and a wrong value reads as nothing") {
  const Form email = readOne(Field::email("x", "t.name"), "maija@");
  CHECK(errorOf(email) == "form.error.email");
  CHECK_FALSE(email.email("x"));
  CHECK(readOne(Field::email("x", "t.name"), "maija@apu.fi").email("x")->text() == "maija@apu.fi");

  const Form date = readOne(Field::date("x", "t.name"), "31.2.2026");
  CHECK(errorOf(date) == "form.error.date");
  CHECK_FALSE(date.date("x"));
  CHECK(readOne(Field::date("x", "t.name"), "2026-11-22").date("x")->text() == "2026-11-22");

  CHECK(errorOf(readOne(Field::businessId("x", "t.name"), "1234567-2")) ==
        "form.error.business_id");
  CHECK(readOne(Field::businessId("x", "t.name"), "1234567-1").businessId("x"));
}

TEST_CASE("a number must be whole and within its limits") {
  const auto read = [](const char* value) {
    return readOne(Field::number("x", "t.name", -5, 20), value);
  };
  CHECK(read("20").number("x") == 20);
  CHECK(read("-5").number("x") == -5);
  CHECK(errorOf(read("21")) == "form.error.range");
  CHECK_FALSE(read("21").number("x"));
  for (const char* value : {"1.5", "1,5", "1e3", "+1", "0x1", "1 2", "99999999999999999999"}) {
    CAPTURE(value);
    CHECK_FALSE(read(value).ok());
    CHECK_FALSE(read(value).number("x"));
  }
}

TEST_CASE("only what was offered can be chosen") {
  const std::vector<Choice> choices{{"red", "t.red"}, {"7", "Apu ry", true}};
  CHECK(readOne(Field::choice("x", "t.name", choices), "7").ok());
  CHECK(errorOf(readOne(Field::choice("x", "t.name", choices), "8")) == "form.error.choice");
  CHECK(errorOf(readOne(Field::choice("x", "t.name", choices).required(), "")) ==
        "form.error.choose");
  CHECK(readOne(Field::choice("x", "t.name", choices), "").ok());
}

TEST_CASE("a box that is not ticked is not sent") {
  CHECK(readOne(Field::flag("x", "t.name"), "on").flag("x"));
  CHECK_FALSE(Form::read({Field::flag("x", "t.name")}, Fields()).flag("x"));
  CHECK(errorOf(Form::read({Field::flag("x", "t.name").required()}, Fields())) ==
        "form.error.tick");
}

TEST_CASE("a text in three languages is required in one of them") {
  const FormSpec spec{Field::localText("name", "t.name").required().longest(5)};
  CHECK(errorOf(Form::read(spec, Fields())) == "form.error.required_local");
  const Form swedish = Form::read(spec, sent({{"name_sv", "hus"}}));
  CHECK(swedish.ok());
  CHECK(swedish.localText("name") == LocalText{"", "hus", ""});

  const Form tooLong = Form::read(spec, sent({{"name_fi", "talo"}, {"name_en", "houses"}}));
  REQUIRE(tooLong.errors().size() == 1);
  CHECK(tooLong.errors().front().field == "name_en");
}

TEST_CASE("a form is filled from what is stored and takes errors of its handler") {
  Form form({Field::text("email", "t.name"), Field::localText("name", "t.name")});
  form.fill("email", "a@b.fi").fill("name", LocalText{"talo", "hus", ""});
  CHECK(form.email("email")->text() == "a@b.fi");
  CHECK(form.localText("name").sv == "hus");
  CHECK(form.ok());
  form.error("email", "t.red");
  CHECK_FALSE(form.ok());
  CHECK_THROWS_AS(form.fill("nobody", "x"), std::out_of_range);
}

TEST_CASE("a field is tied to its label, its hint and its error") {
  const Form form = readOne(
      Field::text("name", "t.name").required().hint("t.hint").autocomplete("organization"), "");
  const std::string html = shown(form);
  CHECK(has(html, "<label class=\"field__label\" for=\"f-name\">Name"));
  CHECK(has(html, "(required)"));
  CHECK(has(html, "id=\"f-name-hint\">As in the &lt;register&gt;</p>"));
  CHECK(has(html, "id=\"f-name-error\">Fill in the field \u201cName\u201d.</p>"));
  CHECK(has(html, "aria-describedby=\"f-name-hint f-name-error\""));
  CHECK(has(html, "aria-invalid=\"true\""));
  CHECK(has(html, "autocomplete=\"organization\""));
  CHECK(has(html, " required"));
}

TEST_CASE("the summary of errors leads to every field that has one") {
  Form form = readOne(Field::localText("name", "t.name").required(), "");
  form.error("", "t.red");
  const std::string html = shown(form);
  CHECK(has(html, "role=\"alert\""));
  CHECK(has(html, "<a href=\"#f-name_fi\">Fill in \u201cName\u201d in at least one language.</a>"));
  CHECK(has(html, "<li>Red</li>"));
}

TEST_CASE(
    "a form without errors says nothing of errors, and takes nothing from the page around it") {
  const std::string html = shown(Form({Field::text("name", "t.name")}));
  CHECK_FALSE(has(html, "alert"));
  CHECK_FALSE(has(html, "aria-"));
  CHECK_FALSE(has(html, "of the page"));
  CHECK_FALSE(has(html, "autocomplete"));
  CHECK(has(html, "value=\"\""));
}

TEST_CASE("what was typed is shown again, safely; a password never is") {
  const Form form = Form::read(
      {Field::text("name", "t.name"), Field::multiline("text", "t.name"),
       Field::password("password", "t.name")},
      sent({{"name", "\"><b>"}, {"text", "</textarea>\r\n<b>"}, {"password", "secret-secret"}}));
  const std::string html = shown(form);
  CHECK(has(html, "value=\"&quot;&gt;&lt;b&gt;\""));
  CHECK(has(html, ">\n&lt;/textarea&gt;\n&lt;b&gt;</textarea>"));
  CHECK_FALSE(has(html, "secret-secret"));
}

TEST_CASE("nothing is chosen on behalf of the reader") {
  const std::vector<Choice> choices{{"red", "t.red"}, {"7", "Apu & muut", true}};
  const std::string unset = shown(Form({Field::choice("x", "t.name", choices).required()}));
  CHECK(has(unset, "<option value=\"\" selected>Choose</option>"));
  CHECK(has(unset, "<option value=\"7\">Apu &amp; muut</option>"));

  Form chosen({Field::choice("x", "t.name", choices).required()});
  chosen.fill("x", "red");
  CHECK(has(shown(chosen), "<option value=\"red\" selected>Red</option>"));
  CHECK_FALSE(has(shown(chosen), "Choose"));
}

TEST_CASE("each input of a text in three languages says its language") {
  Form form({Field::localMultiline("purpose", "t.name").required()});
  form.fill("purpose", LocalText{"apu", "hj\u00e4lp", ""});
  const std::string html = shown(form);
  CHECK(has(html, "<fieldset"));
  CHECK(has(html, "<legend class=\"field__label\">Name"));
  CHECK(has(html, "<label class=\"field__label\" for=\"f-purpose_sv\">In Swedish</label>"));
  CHECK(has(html, "name=\"purpose_sv\" lang=\"sv\""));
  CHECK(has(html, ">\nhj\u00e4lp</textarea>"));
}

TEST_CASE("a date is given to the browser's date field as it wants it") {
  CHECK(has(shown(readOne(Field::date("x", "t.name"), "22.11.2026")),
            "type=\"date\" id=\"f-x\" name=\"x\" value=\"2026-11-22\""));
}

TEST_CASE("every error has its words in all three languages") {
  const std::vector<Form> forms{readOne(Field::text("x", "t.name").required(), ""),
                                readOne(Field::text("x", "t.name").longest(1), "ab"),
                                readOne(Field::text("x", "t.name"), "\x01"),
                                readOne(Field::email("x", "t.name"), "a"),
                                readOne(Field::date("x", "t.name"), "a"),
                                readOne(Field::number("x", "t.name", 1, 2), "a"),
                                readOne(Field::number("x", "t.name", 1, 2), "3"),
                                readOne(Field::businessId("x", "t.name"), "a"),
                                readOne(Field::choice("x", "t.name", {}), "a"),
                                readOne(Field::choice("x", "t.name", {}).required(), ""),
                                readOne(Field::flag("x", "t.name").required(), ""),
                                readOne(Field::localText("x", "t.name").required(), "")};
  for (const Form& form : forms) {
    REQUIRE(form.errors().size() == 1);
    for (const Locale locale : kLocales) {
      const std::string html = shown(form, locale);
      CAPTURE(html);
      CHECK_FALSE(has(html, "form.error"));
      CHECK_FALSE(has(html, "{"));
      CHECK((has(html, "\u201dName\u201d") || has(html, "\u201cName\u201d")));
    }
  }
}

TEST_CASE("of several choices those that were ticked come back ticked, and no others are taken") {
  const std::vector<Choice> choices{{"red", "t.red"}, {"7", "Apu & muut", true}};
  const Form form =
      Form::read({Field::several("x", "t.name", choices).required()}, sent({{"x", "7"}, {"x", "red"}}));
  CHECK(form.ok());
  CHECK(form.texts("x") == std::vector<std::string>{"7", "red"});
  CHECK(has(shown(form), "id=\"f-x-2\" name=\"x\" value=\"7\" checked"));

  CHECK_FALSE(Form::read({Field::several("x", "t.name", choices)}, sent({{"x", "blue"}})).ok());
  const Form none = Form::read({Field::several("x", "t.name", choices).required()}, sent({}));
  CHECK_FALSE(none.ok());
  CHECK(has(shown(none), "href=\"#f-x-1\""));
}
