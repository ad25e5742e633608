#include "view/forms.h"

#include <algorithm>

namespace toimela::publications::view {

namespace {

constexpr const char* kAccepted =
    ".pdf,.epub,.mp3,.ogg,.m4a,.wav,.flac,.png,.jpg,.jpeg,.webp,.docx,.xlsx,.pptx,.odt,.ods,.odp,.csv,.txt";

struct Group {
  const char* name;
  std::vector<std::string_view> fields;
};
const std::vector<Group>& groups() {
  static const std::vector<Group> all{
      {"what", {"asked", "title", "kind", "issued", "language", "abstract", "subjects", "keywords"}},
      {"who", {"creators", "editors", "publisher"}},
      {"where", {"project", "series", "issue", "collections", "version_of", "translation_of", "accompanies"}},
      {"identifiers", {"identifier", "isbn", "issn"}},
      {"rights", {"licence", "embargo", "revision"}}};
  return all;
}

/// Is there something in it, or something wrong with it?
bool isTouched(const Field& field, const Form& form) {
  if (field.kind == Field::Kind::localText || field.kind == Field::Kind::localMultiline) return true;
  return !form.text(field.name).empty() ||
         std::ranges::any_of(form.errors(), [&](const auto& error) { return error.field == field.name; });
}

template <class Values>
std::vector<Choice> choices(const Values& values, std::string_view group) {
  std::vector<Choice> all;
  for (const auto value : values)
    all.push_back({std::string(code(value)), std::string("publications.").append(group).append(".").append(code(value))});
  return all;
}
template <class Codes>
std::vector<Choice> namedChoices(const Codes& codes, std::string_view group) {
  std::vector<Choice> all;
  for (const std::string_view code : codes)
    all.push_back({std::string(code), std::string("publications.").append(group).append(".").append(code)});
  return all;
}

std::vector<Choice> seriesChoices(const std::vector<Series>& series, bool collections, const Words& words) {
  std::vector<Choice> all;
  for (const Series& each : series)
    if (each.isCollection == collections) all.push_back({each.id.text(), words.pick(each.title), true});
  return all;
}

std::string nameOf(Relation relation) { return std::string(code(relation)); }

/// An optional value of a type with parse(), or an error at its field.
template <class T>
std::optional<T> parsed(Form& form, std::string_view field, const char* errorKey) {
  if (form.text(field).empty()) return std::nullopt;
  auto value = T::parse(form.text(field));
  if (!value) form.error(field, errorKey);
  return value;
}

std::vector<std::string> keywordsOf(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto end = [&] {
    while (!word.empty() && word.back() == ' ') word.pop_back();
    if (!word.empty() && std::ranges::find(words, word) == words.end()) words.push_back(word);
    word.clear();
  };
  for (const char c : text) {
    if (c == ',' || c == ';' || c == '\n' || c == '\r') end();
    else if (c != ' ' || !word.empty()) word += c;
  }
  end();
  return words;
}

void readContributors(Form& form, Publication& p, std::string_view field, Credit role) {
  auto lines = parseContributors(form.text(field), role);
  if (!lines.wrong.empty())
    form.error(field, "publications.error.contributor", {{"line", lines.wrong.front()}});
  if (lines.contributors.size() > 100) form.error(field, "publications.error.too_many_people");
  std::ranges::move(lines.contributors, std::back_inserter(p.contributors));
}

bool knows(const FormSpec& fields, std::string_view name) {
  return std::ranges::any_of(fields, [&](const Field& field) { return field.name == name; });
}

}  // namespace

FormSpec publicationFields(const std::vector<Series>& series, const Words& words) {
  FormSpec fields;
  fields.push_back(Field::localText("title", "publications.field.title").required().longest(300));
  fields.push_back(Field::choice("kind", "publications.field.kind", choices(kKinds, "kind")).required());
  fields.push_back(Field::text("issued", "publications.field.issued").hint("publications.hint.issued").required().longest(10));
  fields.push_back(Field::choice("language", "publications.field.language", namedChoices(kLanguages, "language")).required());
  fields.push_back(Field::multiline("creators", "publications.field.creators").hint("publications.hint.creators").longest(5000));
  fields.push_back(Field::multiline("editors", "publications.field.editors").hint("publications.hint.editors").longest(5000));
  fields.push_back(Field::text("publisher", "publications.field.publisher").longest(200));
  fields.push_back(Field::localMultiline("abstract", "publications.field.abstract").longest(5000));
  fields.push_back(Field::several("subjects", "publications.field.subjects", namedChoices(kSubjects, "subject")));
  fields.push_back(Field::text("keywords", "publications.field.keywords").hint("publications.hint.keywords").longest(1000));
  fields.push_back(Field::choice("licence", "publications.field.licence", choices(kLicences, "licence")).hint("publications.hint.licence").required());
  fields.push_back(Field::text("isbn", "publications.field.isbn").longest(20));
  fields.push_back(Field::text("issn", "publications.field.issn").longest(9));
  fields.push_back(Field::text("identifier", "publications.field.identifier").hint("publications.hint.identifier").longest(500));
  fields.push_back(Field::text("project", "publications.field.project").hint("publications.hint.project").longest(40));
  auto all = seriesChoices(series, false, words);
  if (!all.empty()) {
    all.insert(all.begin(), {"", "publications.field.no_series"});
    fields.push_back(Field::choice("series", "publications.field.series", std::move(all)));
    fields.push_back(Field::text("issue", "publications.field.issue").hint("publications.hint.issue").longest(40));
  }
  if (auto collections = seriesChoices(series, true, words); !collections.empty())
    fields.push_back(Field::several("collections", "publications.field.collections", std::move(collections)));
  for (const Relation relation : kRelations)
    fields.push_back(Field::text(nameOf(relation), "publications.field." + nameOf(relation)).longest(500));
  fields.push_back(Field::date("embargo", "publications.field.embargo").hint("publications.hint.embargo"));
  fields.push_back(Field::hidden("revision"));
  return fields;
}

std::vector<FieldGroup> publicationGroups(const FormSpec& fields, const Form& form) {
  const auto kind = parseKind(form.text("kind"));
  std::vector<FieldGroup> shown;
  for (const Group& group : groups()) {
    const std::string key = std::string("publications.group.") + group.name;
    FieldGroup& one = shown.emplace_back(FieldGroup{group.name, key, key + "_about", {}});
    for (const std::string_view name : group.fields)
      for (const Field& field : fields)
        if (field.name == name && (!kind || hasField(*kind, name) || isTouched(field, form))) one.fields.push_back(field);
  }
  return shown;
}

bool isOfOtherKind(Form& form) {
  const auto asked = parseKind(form.text("asked")), kind = parseKind(form.text("kind"));
  const bool isOther = asked && kind && std::ranges::any_of(groups(), [&](const Group& group) {
    return std::ranges::any_of(group.fields, [&](std::string_view name) { return hasField(*asked, name) != hasField(*kind, name); });
  });
  if (kind) form.fill("asked", std::string(code(*kind)));
  if (isOther) form.error("kind", "publications.error.other_kind");
  return isOther;
}

void fillPublication(Form& form, const Publication& p, const std::vector<Series>& series) {
  form.fill("title", p.title)
      .fill("kind", std::string(code(p.kind)))
      .fill("issued", p.issued ? p.issued->text() : "")
      .fill("language", p.language)
      .fill("creators", contributorLines(p.contributors, Credit::creator))
      .fill("editors", contributorLines(p.contributors, Credit::editor))
      .fill("publisher", p.publisher)
      .fill("abstract", p.abstract)
      .fill("subjects", p.subjects)
      .fill("licence", std::string(code(p.licence)))
      .fill("isbn", p.isbn ? p.isbn->text() : "")
      .fill("issn", p.issn ? p.issn->text() : "")
      .fill("identifier", p.identifier ? p.identifier->text() : "")
      .fill("project", p.project)
      .fill("embargo", p.embargo ? p.embargo->text() : "")
      .fill("revision", std::to_string(p.revision));
  std::string keywords;
  for (const std::string& word : p.keywords) keywords.append(keywords.empty() ? "" : ", ").append(word);
  form.fill("keywords", keywords);
  for (const Related& each : p.relations) form.fill(nameOf(each.relation), each.target.text());
  std::vector<std::string> collections;
  for (const Placement& placement : p.placements)
    for (const Series& each : series) {
      if (each.id != placement.series) continue;
      if (each.isCollection) collections.push_back(each.id.text());
      else form.fill("series", each.id.text()).fill("issue", placement.issue);
    }
  if (std::ranges::any_of(series, &Series::isCollection)) form.fill("collections", collections);
}

std::optional<Publication> readPublication(Form& form, Publication p, const std::vector<Series>& series) {
  p.title = form.localText("title");
  p.kind = parseKind(form.text("kind")).value_or(p.kind);
  p.issued = parsed<Issued>(form, "issued", "publications.error.issued");
  if (isLanguage(form.text("language"))) p.language = form.text("language");
  p.contributors.clear();
  readContributors(form, p, "creators", Credit::creator);
  readContributors(form, p, "editors", Credit::editor);
  p.publisher = form.text("publisher");
  p.abstract = form.localText("abstract");
  p.subjects = form.texts("subjects");
  p.keywords = keywordsOf(form.text("keywords"));
  p.licence = parseLicence(form.text("licence")).value_or(p.licence);
  p.isbn = parsed<Isbn>(form, "isbn", "publications.error.isbn");
  p.issn = parsed<Issn>(form, "issn", "publications.error.issn");
  p.identifier = parsed<Link>(form, "identifier", "publications.error.identifier");
  p.project = form.text("project");
  p.relations.clear();
  for (const Relation relation : kRelations)
    if (auto target = parsed<Link>(form, nameOf(relation), "publications.error.link"))
      p.relations.push_back({relation, *target});
  p.embargo = form.date("embargo");
  p.placements.clear();
  if (std::ranges::any_of(series, [](const Series& each) { return !each.isCollection; }))
    if (const auto id = parseId(form.text("series"))) p.placements.push_back({SeriesId{*id}, form.text("issue")});
  if (std::ranges::any_of(series, &Series::isCollection))
    for (const std::string& text : form.texts("collections"))
      if (const auto id = parseId(text)) p.placements.push_back({SeriesId{*id}, ""});
  if (const auto revision = parseId(form.text("revision"))) p.revision = *revision;
  for (const Problem& problem : problemsOf(p)) {
    const bool isSaid = std::ranges::any_of(form.errors(), [&](const auto& e) { return e.field == problem.field; });
    if (!isSaid) form.error(problem.field, std::string(problem.key));
  }
  return form.ok() ? std::optional(std::move(p)) : std::nullopt;
}

void explainStale(Form& form, const Form& stored, const FormSpec& fields) {
  form.error("", "publications.error.stale");
  if (knows(fields, "revision")) form.fill("revision", stored.text("revision"));
  for (const Field& field : fields) {
    using K = Field::Kind;
    if (field.kind != K::text && field.kind != K::multiline && field.kind != K::date) continue;
    if (form.text(field.name) != stored.text(field.name))
      form.error(field.name, "publications.error.now_is", {{"now", stored.text(field.name)}});
  }
}

FormSpec partFields(bool isNew) {
  FormSpec fields;
  if (isNew)
    fields.push_back(Field::file("file", "publications.field.file", kAccepted).hint("publications.hint.file"));
  fields.push_back(Field::choice("role", "publications.field.role", choices(kPartRoles, "part")).required());
  fields.push_back(Field::text("label", "publications.field.label").hint("publications.hint.label"));
  fields.push_back(Field::flag("accessible", "publications.field.accessible").hint("publications.hint.accessible"));
  return fields;
}
void fillPart(Form& form, const Part& part) {
  form.fill("role", std::string(code(part.role)))
      .fill("label", part.label)
      .fill("accessible", part.isAccessible ? "1" : "");
}
Part readPart(const Form& form, Part part) {
  part.role = parsePartRole(form.text("role")).value_or(part.role);
  part.label = form.text("label");
  part.isAccessible = form.flag("accessible");
  return part;
}
FormSpec versionFields() {
  FormSpec fields;
  fields.push_back(Field::file("file", "publications.field.file", kAccepted).hint("publications.hint.file"));
  fields.push_back(Field::text("note", "publications.field.note").hint("publications.hint.note"));
  return fields;
}

void explain(Form& form, files::Refusal refusal) { form.error("file", std::string(files::messageKey(refusal))); }

FormSpec seriesFields() {
  FormSpec fields;
  fields.push_back(Field::localText("title", "publications.series.title").required());
  fields.push_back(Field::choice("type", "publications.series.type",
                                 {{"series", "publications.series.is_series"}, {"collection", "publications.series.is_collection"}})
                       .hint("publications.series.type_hint")
                       .required());
  fields.push_back(Field::localMultiline("about", "publications.series.about").longest(3000));
  fields.push_back(Field::text("issn", "publications.field.issn").longest(9));
  fields.push_back(Field::hidden("revision"));
  return fields;
}
void fillSeries(Form& form, const Series& series) {
  form.fill("title", series.title)
      .fill("type", series.isCollection ? "collection" : "series")
      .fill("about", series.about)
      .fill("issn", series.issn ? series.issn->text() : "")
      .fill("revision", std::to_string(series.revision));
}
std::optional<Series> readSeries(Form& form, Series series) {
  series.title = form.localText("title");
  series.isCollection = form.text("type") == "collection";
  series.about = form.localText("about");
  series.issn = parsed<Issn>(form, "issn", "publications.error.issn");
  if (const auto revision = parseId(form.text("revision"))) series.revision = *revision;
  return form.ok() ? std::optional(std::move(series)) : std::nullopt;
}

const files::Rules& pictures() {
  static const files::Rules rules{.mostBytes = 8 * 1024 * 1024, .types = {"image/png", "image/jpeg", "image/webp"}};
  return rules;
}
FormSpec articleFields() {
  FormSpec fields;
  fields.push_back(Field::localText("title", "publications.field.title").required());
  fields.push_back(Field::localMultiline("body", "publications.articles.body").hint("publications.articles.body_hint").required().longest(50'000));
  fields.push_back(Field::text("author", "publications.articles.author").required());
  fields.push_back(Field::date("day", "publications.articles.day").required());
  fields.push_back(Field::file("file", "publications.articles.image", ".png,.jpg,.jpeg,.webp"));
  fields.push_back(Field::text("alt", "publications.articles.alt").hint("publications.articles.alt_hint"));
  fields.push_back(Field::flag("published", "publications.articles.published"));
  fields.push_back(Field::hidden("revision"));
  return fields;
}
std::optional<Article> readArticle(Form& form, Article article, bool bringsPicture) {
  article.title = form.localText("title");
  article.body = form.localText("body");
  article.author = form.text("author");
  article.day = form.date("day").value_or(article.day);
  article.imageAlt = form.text("alt");
  article.isPublished = form.flag("published");
  if (const auto revision = parseId(form.text("revision"))) article.revision = *revision;
  if ((bringsPicture || article.image) && article.imageAlt.empty()) form.error("alt", "publications.error.alt");
  return form.ok() ? std::optional(std::move(article)) : std::nullopt;
}

FormSpec withdrawFields() {
  FormSpec fields;
  fields.push_back(Field::text("why", "publications.withdraw.why").hint("publications.withdraw.why_hint").required());
  return fields;
}

}  // namespace toimela::publications::view
