#include "handlers/search.h"

#include "events.h"
#include "store/events.h"
#include "store/finding.h"
#include "store/managing.h"
#include "view/words.h"

namespace toimela::events::handlers {

namespace {

void append(std::string& to, const std::string& text) {
  if (text.empty()) return;
  if (!to.empty()) to += "\n";
  to += text;
}

LocalText plain(const LocalText& markdown) {
  return {search::plainText(markdown.fi), search::plainText(markdown.sv), search::plainText(markdown.en)};
}

search::Audience audienceOf(const Event& event) {
  const auto organisers =
      search::Audience::holders(kOrganise, {.region = event.region, .organisation = event.organiser});
  const bool isOpen = event.status != EventStatus::draft && event.visibility == Visibility::everyone;
  return isOpen ? organisers.or_(search::Audience::everyone()) : organisers;
}

search::Document documentOf(const Event& event, const std::vector<Session>& sessions) {
  search::Document document{.id = event.id.value,
                            .title = event.title,
                            .keywords = event.place,
                            .text = plain(event.description),
                            .path = view::pathOf(event.id),
                            .region = event.region,
                            .date = Date::of(event.startsAt),
                            .type = std::string(code(event.kind)),
                            .project = event.project,
                            .audience = audienceOf(event),
                            .summary = event.summary};
  for (const Session& session : sessions)
    for (const Locale locale : kLocales) {
      append(document.text.in(locale), session.title.in(locale));
      append(document.text.in(locale), session.speakers.in(locale));
      append(document.text.in(locale), session.text.in(locale));
    }
  return document;
}

}  // namespace

search::Source eventSource() {
  return {.kind = std::string(store::kSearchKind),
          .labelKey = "events.search",
          .typeLabels = "events.kind.",
          .list = store::eventIdsAfter,
          .read =
              [](ReadTx& tx, const std::vector<std::int64_t>& ids) {
                std::vector<search::Document> documents;
                for (const auto id : ids) {
                  const auto event = store::findEvent(tx, EventId{id});
                  if (event && !store::isTemplate(tx, event->id))
                    documents.push_back(documentOf(*event, store::sessionsOf(tx, event->id)));
                }
                return documents;
              },
          .permissions = {kOrganise}};
}

}  // namespace toimela::events::handlers
