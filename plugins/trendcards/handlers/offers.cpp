#include "handlers/offers.h"

#include <algorithm>

#include "handlers/found.h"
#include "trendcards.h"
#include "view/forms.h"

namespace toimela::trendcards::handlers {

NewEdition newEditionOf(const Request& request, Host& host) {
  auto [deck, editions] = requireListed(request, host);
  std::vector<Language> free;
  std::vector<EditionHead> newest;
  for (const Language& language : kLanguages) {
    const auto found = std::ranges::find(editions, language, &EditionHead::language);
    if (found == editions.end()) free.push_back(language);
    else newest.push_back(*found);
  }
  auto fields = view::newEditionFields(free, newest, view::Words(request, host));
  return {std::move(deck), std::move(editions), std::move(fields)};
}

FormSpec copyFieldsOf(const Request& request, Host& host) {
  std::vector<const Region*> regions;
  for (const Region& region : host.regions())
    if (host.active("trendcards", region.code) && host.allowed(request.actor, kEdit, {.region = region.code}))
      regions.push_back(&region);
  return view::copyFields(regions, host.allowed(request.actor, kEdit, {}), view::Words(request, host));
}

std::optional<RegionCode> chosenPlace(const Form& form) {
  return form.text("place") == "nation" ? std::nullopt : RegionCode::parse(form.text("place"));
}

}  // namespace toimela::trendcards::handlers
