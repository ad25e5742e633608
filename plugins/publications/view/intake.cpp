#include "view/intake.h"

#include <algorithm>
#include <map>

#include "view/forms.h"

namespace toimela::publications::view {

namespace {

/// Several things in one cell.
constexpr const char* kBetween = " | ";

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text.append(text.empty() ? "" : kBetween).append(part);
  return text;
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find('|'), text.size());
    auto part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return parts;
}

std::string lines(std::string_view cell) {
  std::string text;
  for (const std::string& part : parted(cell)) text.append(text.empty() ? "" : "\n").append(part);
  return text;
}
std::string cell(std::string lines) {
  std::string text;
  for (const char c : lines) {
    if (c == '\n') text += kBetween;
    else text += c;
  }
  return text;
}

const Series* named(const std::vector<Series>& series, std::string_view title) {
  for (const Series& each : series)
    for (const Locale locale : kLocales)
      if (!title.empty() && each.title.in(locale) == title) return &each;
  return nullptr;
}

std::string titleOf(const Series& series) { return series.title.pick(Locale::fi).text; }

std::string_view kindOf(const std::string& bibtexType) {
  if (bibtexType == "book" || bibtexType == "booklet" || bibtexType == "manual") return "handbook";
  if (bibtexType == "thesis" || bibtexType == "mastersthesis" || bibtexType == "phdthesis") return "thesis";
  if (bibtexType == "article" || bibtexType == "incollection" || bibtexType == "inbook") return "article";
  if (bibtexType == "dataset") return "dataset";
  return "report";
}

}  // namespace

const std::vector<std::string>& columns() {
  static const std::vector<std::string> all{
      "address",  "state",    "withdrawn_why", "region",      "kind",        "title_fi",   "title_sv",       "title_en",
      "creators", "editors",  "publisher",     "issued",      "language",    "abstract_fi", "abstract_sv",   "abstract_en",
      "subjects", "keywords", "licence",       "isbn",        "issn",        "identifier", "project",        "series",
      "issue",    "collections", "version_of", "translation_of", "accompanies", "embargo"};
  return all;
}

Table fromTable(const std::vector<spreadsheet::Row>& rows, const std::vector<Series>& series) {
  Table table;
  if (rows.empty()) return table;
  const auto& header = rows.front().cells;
  for (const std::string& name : header)
    if (std::ranges::find(columns(), name) == columns().end()) table.unknown.push_back(name);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    Sent sent{.where = std::to_string(rows[i].number)};
    bool hasLicence = false, hasLanguage = false;
    for (std::size_t column = 0; column < header.size(); ++column) {
      const std::string& name = header[column];
      const std::string& text = rows[i].cell(column);
      if (name == "address") sent.shortCode = text;
      else if (name == "state") sent.state = text;
      else if (name == "withdrawn_why") sent.withdrawnWhy = text;
      else if (name == "region") sent.region = text.size() == 1 ? "0" + text : text;  // spreadsheets make numbers of codes
      else if (name == "creators" || name == "editors") sent.fields.add(name, lines(text));
      else if (name == "subjects") for (const auto& part : parted(text)) sent.fields.add(name, part);
      else if (name == "collections") for (const auto& part : parted(text)) {
        const Series* found = named(series, part);
        sent.fields.add(name, found ? found->id.text() : part);
      }
      else if (name == "series") {
        const Series* found = named(series, text);
        sent.fields.add(name, found ? found->id.text() : text);
      }
      else sent.fields.add(name, text);
      hasLicence |= name == "licence" && !text.empty();
      hasLanguage |= name == "language" && !text.empty();
    }
    if (!hasLicence) sent.fields.add("licence", "reserved");
    if (!hasLanguage) sent.fields.add("language", "fi");
    table.sent.push_back(std::move(sent));
  }
  return table;
}

Sent fromBibtex(const BibtexEntry& entry) {
  const auto text = [&](const char* name) {
    const auto found = entry.fields.find(name);
    return found == entry.fields.end() ? std::string() : found->second;
  };
  const auto either = [&](std::initializer_list<const char*> names) {
    for (const char* name : names)
      if (auto value = text(name); !value.empty()) return value;
    return std::string();
  };
  Sent sent{.where = entry.key.empty() ? std::to_string(entry.line) : entry.key};
  std::string language = either({"language", "langid"});
  if (language == "finnish") language = "fi";
  if (language == "swedish") language = "sv";
  if (language == "english") language = "en";
  if (!isLanguage(language)) language = "fi";
  const std::string content = language == "sv" || language == "en" ? language : "fi";
  sent.fields.add("kind", std::string(kindOf(entry.type)));
  sent.fields.add("title_" + content, text("title"));
  sent.fields.add("abstract_" + content, text("abstract"));
  sent.fields.add("creators", bibtexPeople(text("author")));
  sent.fields.add("editors", bibtexPeople(text("editor")));
  sent.fields.add("publisher", either({"publisher", "institution", "school", "organization"}));
  std::string issued = either({"date", "year"});
  if (const auto month = parseId(text("month")); month && *month <= 12 && issued.size() == 4)
    issued += (*month < 10 ? "-0" : "-") + std::to_string(*month);
  sent.fields.add("issued", issued);
  sent.fields.add("language", language);
  sent.fields.add("licence", "reserved");
  sent.fields.add("isbn", text("isbn"));
  sent.fields.add("issn", text("issn"));
  const std::string doi = text("doi");
  sent.fields.add("identifier", doi.empty() ? text("url") : doi);
  sent.fields.add("keywords", text("keywords"));
  return sent;
}

std::vector<spreadsheet::Cell> toRow(const Publication& p, const std::vector<Series>& series) {
  std::map<std::string, std::string> row{
      {"address", p.shortCode},
      {"state", std::string(code(p.state))},
      {"withdrawn_why", p.withdrawnWhy},
      {"region", p.region ? p.region->text() : ""},
      {"kind", std::string(code(p.kind))},
      {"title_fi", p.title.fi}, {"title_sv", p.title.sv}, {"title_en", p.title.en},
      {"creators", cell(contributorLines(p.contributors, Credit::creator))},
      {"editors", cell(contributorLines(p.contributors, Credit::editor))},
      {"publisher", p.publisher},
      {"issued", p.issued->text()},
      {"language", p.language},
      {"abstract_fi", p.abstract.fi}, {"abstract_sv", p.abstract.sv}, {"abstract_en", p.abstract.en},
      {"subjects", joined(p.subjects)},
      {"licence", std::string(code(p.licence))},
      {"isbn", p.isbn ? p.isbn->text() : ""},
      {"issn", p.issn ? p.issn->text() : ""},
      {"identifier", p.identifier ? p.identifier->text() : ""},
      {"project", p.project},
      {"embargo", p.embargo ? p.embargo->text() : ""}};
  std::string& keywords = row["keywords"];
  for (const std::string& word : p.keywords) keywords.append(keywords.empty() ? "" : ", ").append(word);
  for (const Related& each : p.relations) row[std::string(code(each.relation))] = each.target.text();
  std::vector<std::string> collections;
  for (const Placement& placement : p.placements)
    for (const Series& each : series) {
      if (each.id != placement.series) continue;
      if (each.isCollection) collections.push_back(titleOf(each));
      else {
        row["series"] = titleOf(each);
        row["issue"] = placement.issue;
      }
    }
  row["collections"] = joined(collections);
  std::vector<spreadsheet::Cell> cells;
  for (const std::string& name : columns()) cells.emplace_back(row[name]);
  return cells;
}

Judged judge(const Sent& sent, const std::vector<Series>& series, const Words& words) {
  Judged judged{.where = sent.where};
  Form form = Form::read(publicationFields(series, words), sent.fields);
  Publication base;
  base.shortCode = isShortCode(sent.shortCode) ? sent.shortCode : std::string();
  base.withdrawnWhy = sent.withdrawnWhy;
  if (!sent.region.empty()) {
    base.region = RegionCode::parse(sent.region);
    if (!base.region || !words.region(base.region)) form.error("", "publications.error.region");
  }
  if (!sent.state.empty()) {
    const auto state = parseState(sent.state);
    if (!state) form.error("", "publications.error.state");
    judged.state = state.value_or(State::draft);
  }
  if (!sent.shortCode.empty() && base.shortCode.empty()) form.error("", "publications.error.address");
  judged.publication = readPublication(form, std::move(base), series);
  for (const auto& message : form.messages(words.texts(), words.locale()))
    judged.problems.push_back((message.field.empty() ? "" : message.field + ": ") + message.text);
  return judged;
}

}  // namespace toimela::publications::view
