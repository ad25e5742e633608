// Who changed a thing last, and when: for pages of things that several people keep up to date.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "toimela/data.h"
#include "toimela/host.h"
#include "toimela/view.h"

namespace toimela {

struct LastChange {
  Instant at;
  std::string by;  ///< empty for the system, and for whoever is no longer here
};
/// From the audit log. `object` is the thing as its entries name it, "contacts.network:12".
TOIMELA_API std::optional<LastChange> lastChange(ReadTx& tx, std::string_view object);

/// For {{#last_change}}{{> last_change}}{{/last_change}}. Show it to those who may change the thing,
/// to nobody else: it names a person.
TOIMELA_API void showLastChange(View& view, const std::optional<LastChange>& change, const Request& request,
                                const Host& host);

}  // namespace toimela
