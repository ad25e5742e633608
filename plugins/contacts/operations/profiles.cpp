#include "operations/profiles.h"

#include <nlohmann/json.hpp>

#include "store/people.h"
#include "store/profiles.h"

namespace toimela::contacts::operations {

Saved saveProfile(WriteTx& tx, PersonId person, const Profile& profile) {
  if (!store::saveProfile(tx, person, profile)) {
    tx.unaudited("the profile was saved elsewhere meanwhile");
    return Saved::stale;
  }
  store::indexPerson(tx, person);
  // What was written is the person's own affair; to whom it is shown may be asked about later.
  const nlohmann::ordered_json detail{{"email", code(profile.levels.email)},
                                      {"phone", code(profile.levels.phone)}};
  tx.audit({.action = "contacts.profile.edit",
            .object = "core.person:" + person.text(),
            .detail = detail.dump()});
  return Saved::yes;
}

}  // namespace toimela::contacts::operations
