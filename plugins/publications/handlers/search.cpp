#include "handlers/search.h"

#include "operations/indexing.h"
#include "publications.h"
#include "store/publications.h"
#include "toimela/host.h"
#include "view/words.h"

namespace toimela::publications::handlers {

namespace {

/// The words of a publication in each of the languages, as far as it has them.
LocalText everywhere(const std::string& text) { return {text, text, text}; }

search::Document documentOf(const Publication& p) {
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
                            .audience = search::Audience::everyone()};
  const auto month = p.issued->month().value_or(1), day = p.issued->day().value_or(1);
  document.date = Date(std::chrono::year{p.issued->year()} / std::chrono::month{month} / std::chrono::day{day});
  for (const std::string& keyword : p.keywords) document.subjects.push_back(everywhere(keyword));
  return document;
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
                     std::vector<search::Document> documents;
                     for (const std::int64_t id : ids)
                       if (const auto p = store::find(tx, PublicationId{id}); p && p->state == State::published)
                         documents.push_back(documentOf(*p));
                     return documents;
                   }});
}

}  // namespace toimela::publications::handlers
