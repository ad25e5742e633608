#include "handlers/profile.h"

#include <nlohmann/json.hpp>

#include "operations/profiles.h"
#include "store/people.h"
#include "store/profiles.h"
#include "toimela/words.h"
#include "view/people.h"

namespace toimela::contacts::handlers {

namespace {

constexpr int kCommonShown = 15, kCommonLookedAt = 500;
constexpr std::size_t kSuggested = 10;

Response profilePage(const Request& request, Host& host, const Form& form, int status = 200) {
  struct Around {
    std::vector<std::string> common;
    bool isListed;
  };
  const auto around = host.read([&](ReadTx& tx) {
    return Around{store::commonExpertise(tx, kCommonShown),
                  store::findCard(tx, *request.actor.person, Date::today()).has_value()};
  });
  const view::Words words(request, host);
  return host.page(
      request, "profile",
      view::profilePage(form, *request.actor.person, around.common, around.isListed, words),
      {.status = status});
}

}  // namespace

Response showProfile(const Request& request, Host& host) {
  const auto profile =
      host.read([&](ReadTx& tx) { return store::profileOf(tx, *request.actor.person); });
  Form form(view::profileFields());
  view::fillProfile(form, profile);
  return profilePage(request, host, form);
}

Response saveProfile(const Request& request, Host& host) {
  Form form = Form::read(view::profileFields(), request.form);
  const Profile profile = view::readProfile(form);
  if (!form.ok()) return profilePage(request, host, form, 422);
  const auto saved = host.write(request, [&](WriteTx& tx) {
    return operations::saveProfile(tx, *request.actor.person, profile);
  });
  if (saved == operations::Saved::yes)
    return host.redirect(request, "/account/contacts/profile", "contacts.profile.saved");
  const auto stored =
      host.read([&](ReadTx& tx) { return store::profileOf(tx, *request.actor.person); });
  view::explainStaleProfile(form, stored.revision);
  return profilePage(request, host, form, 409);
}

Response suggestExpertise(const Request& request, Host& host) {
  const auto typed = words::fold(request.query.text("q"));
  const auto common =
      host.read([&](ReadTx& tx) { return store::commonExpertise(tx, kCommonLookedAt); });
  auto list = nlohmann::json::array();
  for (const auto& one : common)
    if (list.size() < kSuggested && view::hasWords(one, typed)) list.push_back(one);
  return host.json(list.dump());
}

}  // namespace toimela::contacts::handlers
