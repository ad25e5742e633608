// That the directory has changed: for plugins that keep something made of it, such as an index.
//
//   registry.on<PersonChanged>([](WriteTx& tx, const PersonChanged& event) { … });
//
// Subscribers run in the transaction of the change: what they keep is right as soon as it is seen.
#pragma once

#include <string_view>

#include "toimela/types.h"

namespace toimela {

/// A person's name, contact details or language changed, or whether they may sign in.
struct PersonChanged {
  static constexpr std::string_view kName = "core.person_changed";
  PersonId person;
};

/// An organisation's card changed.
struct OrganisationChanged {
  static constexpr std::string_view kName = "core.organisation_changed";
  OrganisationId organisation;
};

}  // namespace toimela
