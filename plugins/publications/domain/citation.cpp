#include "domain/citation.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace toimela::publications {

namespace {

using Json = nlohmann::ordered_json;

std::vector<const Contributor*> named(const Publication& p, Credit role) {
  std::vector<const Contributor*> found;
  for (const Contributor& each : p.contributors)
    if (each.role == role) found.push_back(&each);
  return found;
}

/// Length in bytes of the UTF-8 character that begins here.
std::size_t letterLength(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

std::string readableName(const Contributor& each) {
  return each.isPerson() ? each.family() + ", " + initials(each.given()) : each.name;
}

std::string readableNames(const std::vector<const Contributor*>& people, const std::string& andOthers) {
  std::string text;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (i == 3 && people.size() > 3) return text + " " + andOthers;
    if (i > 0) text += i + 1 == people.size() ? " & " : ", ";
    text += readableName(*people[i]);
  }
  return text;
}

/// A title may end with a sign of its own.
std::string ended(std::string sentence) {
  return sentence.ends_with('.') || sentence.ends_with('?') || sentence.ends_with('!') ? sentence : sentence + ".";
}

/// One line: line breaks would end a field.
std::string oneLine(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return text;
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '\\': result += "\\textbackslash{}"; break;
      case '{': case '}': case '&': case '%': case '$': case '#': case '_':
        result += '\\';
        result += c;
        break;
      case '~': result += "\\textasciitilde{}"; break;
      case '^': result += "\\textasciicircum{}"; break;
      default: result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return result;
}

std::string_view bibtexType(Kind kind) {
  switch (kind) {
    case Kind::report: return "techreport";
    case Kind::handbook: return "book";
    case Kind::thesis: return "thesis";
    case Kind::article: return "article";
    default: return "misc";
  }
}
std::string_view risType(Kind kind) {
  switch (kind) {
    case Kind::report: return "RPRT";
    case Kind::handbook: return "BOOK";
    case Kind::magazine: return "MGZN";
    case Kind::thesis: return "THES";
    case Kind::article: return "JOUR";
    case Kind::podcast: return "SOUND";
    case Kind::video: return "VIDEO";
    case Kind::slides: return "SLIDE";
    case Kind::dataset: return "DATA";
    case Kind::cards: return "GEN";
  }
  return "GEN";
}
std::string_view cslType(Kind kind) {
  switch (kind) {
    case Kind::report: return "report";
    case Kind::handbook: return "book";
    case Kind::magazine: return "periodical";
    case Kind::thesis: return "thesis";
    case Kind::article: return "article-journal";
    case Kind::podcast: return "song";
    case Kind::video: return "motion_picture";
    case Kind::slides: return "speech";
    case Kind::dataset: return "dataset";
    case Kind::cards: return "document";
  }
  return "document";
}

std::string keyOf(const Publication& p) {
  std::string key;
  const std::string from = p.contributors.empty() ? p.publisher : p.contributors.front().family();
  for (const char c : from)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) key += c;
  return (key.empty() ? std::string("toimela") : key) + std::to_string(p.issued->year()) + p.shortCode;
}

std::string linkOf(const Cited& cited) {
  return cited.publication.identifier ? cited.publication.identifier->text() : cited.address;
}

}  // namespace

std::string initials(std::string_view given) {
  std::string text;
  bool isStart = true;
  for (std::size_t i = 0; i < given.size();) {
    const std::size_t length = std::min(letterLength(static_cast<unsigned char>(given[i])), given.size() - i);
    if (given[i] == ' ' || given[i] == '-') {
      if (!text.empty() && text.back() == '.') text += given[i];
      isStart = true;
    } else if (isStart) {
      text.append(given.substr(i, length)).append(".");
      isStart = false;
    }
    i += length;
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '-')) text.pop_back();
  return text;
}

std::string readableCitation(const Cited& cited) {
  const Publication& p = cited.publication;
  auto people = named(p, Credit::creator);
  std::string text;
  if (!people.empty()) {
    text = readableNames(people, cited.andOthers);
  } else if (people = named(p, Credit::editor); !people.empty()) {
    text = readableNames(people, cited.andOthers) + " " + cited.editorsWord;
  } else {
    text = p.publisher;
  }
  if (!text.empty()) text += " ";
  text += std::to_string(p.issued->year()) + ". " + ended(p.title.pick(cited.locale).text);
  if (!cited.series.empty()) text += " " + cited.series + (cited.issue.empty() ? "" : " " + cited.issue) + ".";
  if (!p.publisher.empty() && text.find(p.publisher) != 0) text += " " + p.publisher + ".";
  return oneLine(text + " " + linkOf(cited));
}

std::string bibtex(const Cited& cited) {
  const Publication& p = cited.publication;
  std::string text = "@" + std::string(bibtexType(p.kind)) + "{" + keyOf(p);
  const auto field = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text.append(",\n  ").append(name).append(" = {").append(value).append("}");
  };
  const auto people = [&](Credit role) {
    std::string names;
    for (const Contributor* each : named(p, role)) {
      if (!names.empty()) names += " and ";
      names += each->isPerson() ? escaped(each->name) : "{" + escaped(each->name) + "}";
    }
    return names;
  };
  field("author", people(Credit::creator));
  field("editor", people(Credit::editor));
  field("title", escaped(p.title.pick(cited.locale).text));
  field("year", std::to_string(p.issued->year()));
  if (p.issued->month()) field("month", std::to_string(*p.issued->month()));
  const char* house = p.kind == Kind::report ? "institution" : p.kind == Kind::thesis ? "school" : "publisher";
  field(house, escaped(p.publisher));
  field(p.kind == Kind::article ? "journal" : "series", escaped(cited.series));
  field("number", escaped(cited.issue));
  field("isbn", p.isbn ? p.isbn->text() : "");
  field("issn", p.issn ? p.issn->text() : "");
  field("doi", p.identifier ? escaped(p.identifier->doi()) : "");
  field("url", linkOf(cited));
  field("language", p.language);
  field("abstract", escaped(p.abstract.pick(cited.locale).text));
  return text + "\n}\n";
}

std::string ris(const Cited& cited) {
  const Publication& p = cited.publication;
  std::string text;
  const auto line = [&](std::string_view tag, const std::string& value) {
    if (!value.empty()) text.append(tag).append("  - ").append(oneLine(value)).append("\r\n");
  };
  line("TY", std::string(risType(p.kind)));
  for (const Contributor* each : named(p, Credit::creator)) line("AU", each->name);
  for (const Contributor* each : named(p, Credit::editor)) line("ED", each->name);
  line("TI", p.title.pick(cited.locale).text);
  line("PY", std::to_string(p.issued->year()));
  std::string day = p.issued->text();
  std::ranges::replace(day, '-', '/');
  line("DA", day);
  line("PB", p.publisher);
  line("T2", cited.series);
  line("IS", cited.issue);
  line("SN", p.isbn ? p.isbn->text() : p.issn ? p.issn->text() : "");
  line("DO", p.identifier ? p.identifier->doi() : "");
  line("UR", linkOf(cited));
  line("LA", p.language);
  for (const std::string& keyword : p.keywords) line("KW", keyword);
  line("AB", p.abstract.pick(cited.locale).text);
  return text + "ER  - \r\n";
}

std::string cslJson(const Cited& cited) {
  const Publication& p = cited.publication;
  Json item{{"id", keyOf(p)}, {"type", cslType(p.kind)}, {"title", p.title.pick(cited.locale).text}};
  for (const Credit role : kCredits) {
    Json people = Json::array();
    for (const Contributor* each : named(p, role))
      people.push_back(each->isPerson() ? Json{{"family", each->family()}, {"given", each->given()}}
                                        : Json{{"literal", each->name}});
    if (!people.empty()) item[role == Credit::creator ? "author" : "editor"] = std::move(people);
  }
  Json date = Json::array({p.issued->year()});
  if (p.issued->month()) date.push_back(*p.issued->month());
  if (p.issued->day()) date.push_back(*p.issued->day());
  item["issued"] = {{"date-parts", Json::array({date})}};
  const auto text = [&](const char* name, const std::string& value) {
    if (!value.empty()) item[name] = value;
  };
  text("publisher", p.publisher);
  text("collection-title", cited.series);
  text("number", cited.issue);
  text("ISBN", p.isbn ? p.isbn->text() : "");
  text("ISSN", p.issn ? p.issn->text() : "");
  text("DOI", p.identifier ? p.identifier->doi() : "");
  text("URL", linkOf(cited));
  text("language", p.language);
  text("abstract", p.abstract.pick(cited.locale).text);
  return Json::array({item}).dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace toimela::publications
