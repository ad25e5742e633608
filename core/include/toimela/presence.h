// That somebody was here: for plugins that need to know who has gone silent.
#pragma once

#include <string_view>

#include "toimela/types.h"

namespace toimela {

/// A person signed in; published in the transaction that opens their session. Who keeps it keeps no
/// more than the day, and only of those for whom it has a purpose.
struct SignedIn {
  static constexpr std::string_view kName = "core.signed_in";
  PersonId person;
};

}  // namespace toimela
