#include "handlers/papers.h"

#include <algorithm>

#include "handlers/organised.h"
#include "store/attendance.h"
#include "store/events.h"
#include "store/registrations.h"
#include "toimela/directory.h"
#include "view/papers.h"

namespace toimela::events::handlers {

namespace {

/// Those who have a place, by name.
view::Printed load(const Request& request, Host& host) {
  auto printed = host.read([&](ReadTx& tx) {
    view::Printed loaded{requireOrganised(tx, request), {}, {}, {}};
    loaded.attended = store::sessionsAttended(tx, loaded.event.id);
    loaded.sessions = store::sessionsOf(tx, loaded.event.id);
    loaded.people = store::participantsOf(tx, loaded.event.id, PlaceState::confirmed, "", Table::kMostExported, 0);
    if (loaded.event.organiser)
      if (const auto organisation = directory::findOrganisation(tx, *loaded.event.organiser))
        loaded.organiser = organisation->name.pick(request.locale).text;
    return loaded;
  });
  std::ranges::stable_sort(printed.people, [&](const auto& a, const auto& b) {
    return sortsBefore(a.participant.name, b.participant.name, request.locale);
  });
  return printed;
}

Response sent(const Request& request, Host& host, std::string_view nameKey, std::string content) {
  return Response::attachment(host.texts().get(request.locale, nameKey) + ".pdf", "application/pdf",
                              std::move(content));
}

}  // namespace

Response printSheet(const Request& request, Host& host) {
  return sent(request, host, "events.paper.sheet_file",
              view::signInSheet(load(request, host), view::Words(request, host)));
}

Response printBadges(const Request& request, Host& host) {
  return sent(request, host, "events.paper.badges_file",
              view::badges(load(request, host), view::Words(request, host)));
}

Response printCertificates(const Request& request, Host& host) {
  auto printed = load(request, host);
  std::erase_if(printed.people, [](const auto& row) { return !row.participant.attendedAt; });
  if (printed.people.empty())
    return host.redirect(request, view::pathOf(printed.event.id) + "/checkin", "events.done.nobody_came");
  return sent(request, host, "events.paper.certificates_file",
              view::certificates(printed, view::Words(request, host)));
}

}  // namespace toimela::events::handlers
