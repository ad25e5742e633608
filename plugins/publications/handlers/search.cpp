#include "handlers/search.h"

#include "operations/indexing.h"
#include "publications.h"
#include "store/parts.h"
#include "store/publications.h"
#include "toimela/files.h"
#include "toimela/host.h"
#include "view/words.h"

namespace toimela::publications::handlers {

namespace {

/// Days back for which the end of embargoes is looked after: more than a service is ever down.
constexpr int kEmbargoesOf = 14;

/// The words of a publication in each of the languages, as far as it has them.
LocalText everywhere(const std::string& text) { return {text, text, text}; }

/// The language whose analysis fits best: works in languages that the search does not know are read as Finnish.
Locale analysedAs(const Publication& p) { return parseLocale(p.language).value_or(Locale::fi); }

/// What its files say. Supplements are about the work, not the work. Nothing while they are closed: a snippet
/// would show what is under embargo.
std::string wordsInFiles(ReadTx& tx, const Publication& p, const std::vector<Part>& parts) {
  std::string words;
  if (!p.isOpen(Date::today())) return words;
  for (const Part& part : parts)
    if (part.role != PartRole::supplement) words.append("\n\n").append(files::textOf(tx, part.newest().file).text);
  return words;
}

search::Document documentOf(ReadTx& tx, const Publication& p, const std::vector<Part>& parts) {
  std::string names = p.publisher + " " + p.project;
  for (const Contributor& each : p.contributors) names += " " + each.name;
  if (p.isbn) names += " " + p.isbn->text() + " " + p.isbn->digits();
  if (p.identifier) names += " " + p.identifier->urn() + " " + p.identifier->doi();
  search::Document document{.id = p.id.value,
                            .title = p.title,
                            .keywords = everywhere(names),
                            .text = p.abstract,
                            .path = view::pathOf(p.id),
                            .region = p.region,
                            .type = std::string(code(p.kind)),
                            .languages = {p.language},
                            .project = p.project,
                            .audience = search::Audience::everyone(),
                            .summary = p.abstract};
  document.text.in(analysedAs(p)) += wordsInFiles(tx, p, parts);
  const auto month = p.issued->month().value_or(1), day = p.issued->day().value_or(1);
  document.precision = p.issued->day()     ? search::Precision::day
                       : p.issued->month() ? search::Precision::month
                                           : search::Precision::year;
  document.date = Date(std::chrono::year{p.issued->year()} / std::chrono::month{month} / std::chrono::day{day});
  for (const std::string& keyword : p.keywords) document.subjects.emplace_back().in(analysedAs(p)) = keyword;
  // Their names are the interface's: the search looks them up by key.
  for (const std::string& subject : p.subjects) document.subjects.push_back(everywhere("publications.subject." + subject));
  return document;
}

/// From the day on which its files are open their words are found.
void openEmbargoes(Host& host, const JobTurn&) {
  host.writeAs(std::nullopt, [](WriteTx& tx) {
    const Date today = Date::today();
    for (const PublicationId id : store::openedBetween(tx, today.plusDays(-kEmbargoesOf), today))
      operations::indexAnew(tx, id);
    tx.unaudited("the index follows the calendar, nobody did anything");
  });
}

}  // namespace

void registerSearch(Registry& registry) {
  registry.search({.kind = operations::kSearchKind,
                   .labelKey = "publications.search",
                   .typeLabels = "publications.kind.",
                   .list = [](ReadTx& tx, std::int64_t after, int limit) {
                     std::vector<std::int64_t> ids;
                     for (const PublicationId id : store::publicAfter(tx, PublicationId{after}, limit)) ids.push_back(id.value);
                     return ids;
                   },
                   .read = [](ReadTx& tx, const std::vector<std::int64_t>& ids) {
                     std::vector<PublicationId> wanted;
                     for (const std::int64_t id : ids) wanted.push_back(PublicationId{id});
                     const auto parts = store::partsOfAll(tx, wanted);
                     std::vector<search::Document> documents;
                     for (const Publication& p : store::findAll(tx, wanted)) {
                       if (p.state != State::published) continue;
                       const auto own = parts.find(p.id);
                       documents.push_back(documentOf(tx, p, own == parts.end() ? std::vector<Part>{} : own->second));
                     }
                     return documents;
                   }});
  registry.on<files::ContentRead>([](WriteTx& tx, const files::ContentRead& read) {
    for (const FileId file : read.files)
      for (const PublicationId id : store::publicationsWith(tx, file)) operations::indexAnew(tx, id);
  });
  registry.job({"embargo", std::chrono::hours(1), openEmbargoes});
}

}  // namespace toimela::publications::handlers
