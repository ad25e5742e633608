#include "view/words.h"

namespace toimela::contacts::view {

const std::string& Words::kind(NetworkKind kind) const {
  return text("contacts.kind." + std::string(code(kind)));
}

const std::string& Words::role(MemberRole role) const {
  return text("contacts.role." + std::string(code(role)));
}

std::string Words::period(const DateRange& period) const {
  return showDate(period.from, locale()) + "–" + (period.to ? showDate(*period.to, locale()) : "");
}

}  // namespace toimela::contacts::view
