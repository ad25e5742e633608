#include "view/pages.h"

#include <Poco/URI.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace toimela::publications::view {

namespace {

/// A paragraph for each line that says something.
std::vector<View> paragraphsOf(std::string_view text) {
  std::vector<View> paragraphs;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    paragraphs.emplace_back().set("text", std::string(line));
  }
  return paragraphs;
}

using Json = nlohmann::ordered_json;

std::string encoded(const std::string& text) {
  std::string result;
  Poco::URI::encode(text, "&=+?#/ ", result);
  return result;
}

View option(std::string value, std::string label, bool isChosen) {
  View view;
  view.set("value", std::move(value)).set("label", std::move(label)).flag("is_chosen", isChosen);
  return view;
}

/// What a browser shows by itself.
bool isShown(std::string_view type) { return type == "application/pdf" || type.starts_with("image/"); }

View fileView(const PublicationPage& page, const Part& part, const Words& words, bool isOpen) {
  const PublicationId publication = page.publication.id;
  const Version& newest = part.newest();
  const auto picture = page.pictured.find(part.id);
  const auto reading = page.reading.find(part.id);
  const auto isRead = [&](files::Text::State state) { return reading != page.reading.end() && reading->second == state; };
  View view;
  view.set("id", part.id.text())
      .set("label", part.label.empty() ? newest.name : part.label)
      .set("href", words.link(filePath(publication, part)))
      .set("shown", isOpen && isShown(newest.type) ? words.link(filePath(publication, part)) + "?inline=1" : std::string())
      .set("thumbnail", picture != page.pictured.end() && picture->second ? words.link(thumbnailPath(publication, part.id))
                                                                         : std::string())
      .flag("is_unreadable", isRead(files::Text::State::unreadable))
      .flag("is_waiting", isRead(files::Text::State::waiting))
      .set("note", words.fileKind(newest))
      .set("type", newest.type)
      .set("role", words.word("part", part.role))
      .flag("is_main", part.role == PartRole::main)
      .flag("is_alternative", part.role == PartRole::alternative)
      .flag("is_accessible", part.isAccessible)
      .flag("is_sound", isOpen && isSound(newest.type))
      .flag("has_history", part.versions.size() > 1)
      .set("history", words.count("publications.files.versions", std::ssize(part.versions)));
  view.list("versions", each(part.versions, [&](const Version& version) {
              View one;
              one.set("href", words.link(filePath(publication, part, &version)))
                  .set("label", words.format("publications.files.version", {{"number", version.number}}))
                  .set("at", showInstant(version.at, words.locale()))
                  .set("note", version.note)
                  .set("kind", words.fileKind(version));
              return one;
            }));
  return view;
}

View fact(const Words& words, const char* key, std::string value, std::string href = {}) {
  View view;
  view.set("term", words.text(key)).set("value", std::move(value)).set("href", std::move(href));
  return view;
}

std::vector<View> peopleOf(const Publication& p, Credit role) {
  std::vector<View> views;
  for (const Contributor& each : p.contributors) {
    if (each.role != role) continue;
    View view;
    view.set("name", each.isPerson() ? each.given() + " " + each.family() : each.name)
        .set("orcid", each.orcid ? each.orcid->url() : "");
    views.push_back(std::move(view));
  }
  if (!views.empty()) views.back().flag("is_last", true);
  return views;
}

std::vector<View> factsOf(const PublicationPage& page, const Words& words) {
  const Publication& p = page.publication;
  std::vector<View> facts;
  const auto add = [&](const char* key, std::string value, std::string href = {}) {
    if (!value.empty()) facts.push_back(fact(words, key, std::move(value), std::move(href)));
  };
  add("publications.fact.issued", words.date(*p.issued));
  add("publications.fact.publisher", p.publisher);
  add("publications.fact.language", words.named("language", p.language));
  add("publications.fact.region", words.place(p.region));
  for (const Placement& placement : p.placements)
    for (const Series& each : page.series)
      if (each.id == placement.series)
        add(each.isCollection ? "publications.fact.collection" : "publications.fact.series",
            words.pick(each.title) + (placement.issue.empty() ? "" : " " + placement.issue),
            words.link(pathOf(each.id)));
  add("publications.fact.isbn", p.isbn ? p.isbn->text() : "");
  add("publications.fact.issn", p.issn ? p.issn->text() : "");
  add("publications.fact.identifier", p.identifier ? p.identifier->text() : "", p.identifier ? p.identifier->text() : "");
  if (!p.project.empty())
    add("publications.fact.project", p.project, words.link("/publications?project=" + encoded(p.project)));
  for (const Related& each : p.relations)
    facts.push_back(fact(words, ("publications.field." + std::string(code(each.relation))).c_str(), each.target.text(), each.target.text()));
  add("publications.fact.licence", words.word("licence", p.licence), std::string(url(p.licence)));
  return facts;
}

void setSteps(View& view, const Publication& p, const Powers& powers, const Words& words) {
  std::vector<View> steps;
  for (const auto step : kMoves) {
    if (step == publications::Move::withdraw || !after(p.state, step, powers)) continue;
    View one;
    one.set("step", std::string(code(step))).set("label", words.word("step", step)).flag("is_first", step != Move::takeBack);
    steps.push_back(std::move(one));
  }
  setList(view, "steps", std::move(steps));
  view.flag("may_withdraw", after(p.state, publications::Move::withdraw, powers).has_value())
      .flag("may_edit", powers.changes(p.state))
      .flag("may_remove", powers.changes(p.state) && !p.publishedAt)
      .flag("works", powers.edits || powers.reviews)
      .flag("is_draft", p.state == State::draft)
      .flag("is_review", p.state == State::review)
      .set("state", words.word("state", p.state));
}

/// What narrows the list is to be seen in its field, also where nothing has it.
std::vector<std::string> withChosen(std::vector<std::string> values, const std::optional<std::string>& chosen) {
  if (chosen && std::ranges::find(values, *chosen) == values.end()) values.insert(values.begin(), *chosen);
  return values;
}

}  // namespace

View row(const Publication& p, const Words& words, std::optional<PartId> pictured) {
  View view;
  view.set("href", words.link(pathOf(p.id)))
      .text("title", p.title, words.locale())
      .set("byline", words.byline(p))
      .set("kind", words.word("kind", p.kind))
      .set("date", words.date(*p.issued))
      .set("region", words.place(p.region))
      .set("state", words.word("state", p.state))
      .set("thumbnail", pictured ? words.link(thumbnailPath(p.id, *pictured)) : std::string())
      .flag("is_review", p.state == State::review);
  return view;
}

std::string queryOf(const store::Filter& filter, bool withRegion) {
  std::string query;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) query.append(query.empty() ? "?" : "&").append(name).append("=").append(encoded(value));
  };
  if (withRegion && filter.region) add("region", filter.region->text());
  add("kind", filter.kind ? std::string(code(*filter.kind)) : "");
  add("year", filter.year.value_or(""));
  add("language", filter.language.value_or(""));
  add("subject", filter.subject.value_or(""));
  add("project", filter.project.value_or(""));
  add("series", filter.series ? filter.series->text() : "");
  return query;
}

View listPage(const ListPage& list, const std::vector<Region>& regions, const Words& words) {
  const store::Filter& filter = list.filter;
  const std::string path = listPath(list.region);
  View view;
  if (list.region)
    view.list("breadcrumbs", breadcrumbs({{"/regions/" + list.region->slug, words.pick(list.region->name)},
                                          {"", words.text("publications.list.title")}},
                                         words));
  view.set("title", list.region ? words.format("publications.list.title_in", {{"place", words.pick(list.region->name)}})
                                : words.text("publications.list.title"))
      .flag("is_regional", list.region != nullptr)
      .set("path", words.link(path))
      .set("total", words.count("publications.list.total", list.total))
      .flag("is_filtered", !queryOf(filter, !list.region).empty())
      .flag("may_add", list.mayAdd)
      .flag("is_signed_in", list.isSignedIn)
      .set("more", list.next ? words.link(path) + queryOf(filter, !list.region) +
                                   (queryOf(filter, !list.region).empty() ? "?" : "&") + "after=" + *list.next
                             : std::string())
      .set("start", list.isFirst ? std::string() : words.link(path) + queryOf(filter, !list.region));
  setList(view, "found", each(list.found, [&](const Publication& p) {
            const auto pictured = list.pictured.find(p.id);
            return row(p, words, pictured == list.pictured.end() ? std::nullopt : std::optional(pictured->second));
          }));

  view.list("regions", each(regions, [&](const Region& region) {
              return option(region.code.text(), words.pick(region.name), filter.region == region.code);
            }));
  view.list("kinds", each(kKinds, [&](Kind kind) {
              return option(std::string(code(kind)), words.word("kind", kind), filter.kind == kind);
            }));
  view.list("years", each(withChosen(list.facets.years, filter.year),
                          [&](const std::string& year) { return option(year, year, filter.year == year); }));
  view.list("languages", each(list.facets.languages, [&](const std::string& language) {
              return option(language, words.named("language", language), filter.language == language);
            }));
  view.list("subjects", each(kSubjects, [&](std::string_view subject) {
              return option(std::string(subject), words.named("subject", subject), filter.subject == std::string(subject));
            }));
  setList(view, "projects", each(withChosen(list.facets.projects, filter.project), [&](const std::string& project) {
            return option(project, project, filter.project == project);
          }));
  return view;
}

View publicationPage(const PublicationPage& page, const Words& words) {
  const Publication& p = page.publication;
  const bool isOpen = p.isOpen(page.today);
  View view;
  view.list("breadcrumbs", breadcrumbs(wayTo(p, "", words), words))
      .text("title", p.title, words.locale())
      .set("kind", words.word("kind", p.kind))
      .set("path", words.link(pathOf(p.id)))
      .text("abstract", p.abstract, words.locale())
      .list("paragraphs", paragraphsOf(words.pick(p.abstract)))
      .set("short", shortAddress(p, words.host()))
      .set("citation", readableCitation(words.cited(p, page.series)))
      .set("downloads", page.downloads ? words.count("publications.page.downloads", page.downloads) : "")
      .flag("is_closed", !isOpen)
      .set("opens", p.embargo && !isOpen
                        ? words.format("publications.page.embargo", {{"day", showDate(*p.embargo, words.locale())}})
                        : std::string())
      .set("link", p.identifier && page.parts.empty() ? p.identifier->text() : "");
  setSteps(view, p, page.powers, words);
  setList(view, "creators", peopleOf(p, Credit::creator));
  setList(view, "editors", peopleOf(p, Credit::editor));
  setList(view, "facts", factsOf(page, words));
  std::vector<View> barriers;
  if (page.powers.edits || page.powers.reviews)
    for (const auto key : barriersOf(page.parts)) {
      barriers.emplace_back();
      barriers.back().set("text", words.text(key));
    }
  setList(view, "barriers", std::move(barriers));
  setList(view, "files", each(page.parts, [&](const Part& part) { return fileView(page, part, words, isOpen); }));
  std::vector<View> subjects;
  for (const std::string& subject : p.subjects) {
    View one;
    one.set("label", words.named("subject", subject)).set("href", words.link("/publications?subject=" + subject));
    subjects.push_back(std::move(one));
  }
  for (const std::string& keyword : p.keywords) {
    View one;
    one.set("label", keyword).set("href", words.link("/publications?subject=" + encoded(keyword)));
    subjects.push_back(std::move(one));
  }
  setList(view, "subjects", std::move(subjects));
  return view;
}

View tombstone(const Publication& p, const Words& words) {
  View view;
  view.list("breadcrumbs", breadcrumbs(wayTo(p, "", words), words))
      .text("title", p.title, words.locale())
      .set("why", p.withdrawnWhy)
      .set("kind", words.word("kind", p.kind))
      .set("byline", words.byline(p))
      .set("date", words.date(*p.issued))
      .set("short", shortAddress(p, words.host()));
  return view;
}

std::string structured(const PublicationPage& page, const Words& words) {
  const Publication& p = page.publication;
  const char* type = p.kind == Kind::podcast   ? "PodcastEpisode"
                     : p.kind == Kind::video   ? "VideoObject"
                     : p.kind == Kind::dataset ? "Dataset"
                     : p.kind == Kind::thesis  ? "Thesis"
                     : p.kind == Kind::report  ? "Report"
                     : p.kind == Kind::article ? "Article"
                     : p.kind == Kind::slides  ? "PresentationDigitalDocument"
                     : p.kind == Kind::magazine ? "PublicationIssue"
                     : p.kind == Kind::handbook ? "Book"
                                                : "CreativeWork";
  const std::string address = shortAddress(p, words.host());
  Json json{{"@context", "https://schema.org"},
            {"@type", type},
            {"@id", address},
            {"name", words.pick(p.title)},
            {"url", address},
            {"inLanguage", p.language},
            {"datePublished", p.issued->text()},
            {"license", url(p.licence)}};
  const auto text = [&](const char* name, const std::string& value) {
    if (!value.empty()) json[name] = value;
  };
  text("description", words.pick(p.abstract));
  text("isbn", p.isbn ? p.isbn->text() : "");
  text("sameAs", p.identifier ? p.identifier->text() : "");
  if (!p.publisher.empty()) json["publisher"] = {{"@type", "Organization"}, {"name", p.publisher}};
  for (const Credit role : kCredits) {
    Json people = Json::array();
    for (const Contributor& each : p.contributors) {
      if (each.role != role) continue;
      Json one{{"@type", each.isPerson() ? "Person" : "Organization"},
               {"name", each.isPerson() ? each.given() + " " + each.family() : each.name}};
      if (each.orcid) one["@id"] = each.orcid->url();
      people.push_back(std::move(one));
    }
    if (!people.empty()) json[role == Credit::creator ? "author" : "editor"] = std::move(people);
  }
  Json keywords = Json::array();
  for (const std::string& subject : p.subjects) keywords.push_back(words.named("subject", subject));
  for (const std::string& keyword : p.keywords) keywords.push_back(keyword);
  if (!keywords.empty()) json["keywords"] = std::move(keywords);
  if (p.isOpen(page.today)) {
    Json files = Json::array();
    for (const Part& part : page.parts)
      files.push_back({{"@type", "MediaObject"},
                       {"contentUrl", const_cast<Host&>(words.host()).absolute(words.locale(), filePath(p.id, part))},
                       {"encodingFormat", part.newest().type},
                       {"contentSize", std::to_string(part.newest().size)}});
    if (!files.empty()) json["associatedMedia"] = std::move(files);
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

View filesPage(const PublicationPage& page, const Words& words) {
  const Publication& p = page.publication;
  View view;
  view.list("breadcrumbs", breadcrumbs(wayTo(p, words.text("publications.files.title"), words), words))
      .text("title", p.title, words.locale())
      .set("path", words.link(pathOf(p.id)))
      .flag("may_remove", !p.publishedAt);
  setList(view, "files", each(page.parts, [&](const Part& part) { return fileView(page, part, words, false); }));
  view.flag("has_unreadable", std::ranges::any_of(page.reading, [](const auto& each) {
              return each.second == files::Text::State::unreadable;
            }));
  return view;
}

View workPage(const std::vector<Publication>& found, const std::vector<Region>& regions, bool nation, const Words& words) {
  View view;
  for (const State state : {State::review, State::draft, State::withdrawn}) {
    std::vector<View> rows;
    for (const Publication& p : found)
      if (p.state == state) rows.push_back(row(p, words));
    setList(view, std::string(code(state)), std::move(rows));
  }
  std::vector<View> places;
  for (const Region& region : regions) {
    View place;
    place.set("href", words.link("/regions/" + region.slug + "/publications/new"))
        .set("label", words.format("publications.work.new_in", {{"place", words.pick(region.name)}}));
    places.push_back(std::move(place));
  }
  if (nation) {
    View place;
    place.set("href", words.link("/publications/new"))
        .set("label", words.format("publications.work.new_in", {{"place", words.place(std::nullopt)}}));
    places.push_back(std::move(place));
  }
  constexpr std::size_t kSideBySide = 4;  // more buttons than that are a wall
  view.flag("has_many_places", places.size() > kSideBySide);
  setList(view, "places", std::move(places));
  view.flag("empty", found.empty()).flag("nation", nation);
  return view;
}

std::vector<Step> wayTo(const Publication& p, std::string label, const Words& words) {
  std::vector<Step> steps;
  const Region* region = words.region(p.region);
  if (region) steps.push_back({"/regions/" + region->slug, words.pick(region->name)});
  steps.push_back({listPath(region), words.text("publications.list.title")});
  if (label.empty()) {
    steps.push_back({"", words.pick(p.title)});
  } else {
    steps.push_back({pathOf(p.id), words.pick(p.title)});
    steps.push_back({"", std::move(label)});
  }
  return steps;
}

}  // namespace toimela::publications::view
