#include "view/words.h"

namespace toimela::contacts::view {

std::string Words::count(std::string_view key, std::int64_t count) const {
  return host_.texts().format(locale_, key, {{"count", count}});
}

const std::string& Words::kind(NetworkKind kind) const {
  return text("contacts.kind." + std::string(code(kind)));
}

const std::string& Words::role(MemberRole role) const {
  return text("contacts.role." + std::string(code(role)));
}

const std::string& Words::place(std::optional<RegionCode> region) const {
  const Region* found = region ? host_.region(*region) : nullptr;
  return found ? pick(found->name) : text("contacts.place.nation");
}

std::string Words::period(const DateRange& period) const {
  return showDate(period.from, locale_) + "–" + (period.to ? showDate(*period.to, locale_) : "");
}

}  // namespace toimela::contacts::view
