#include "view/words.h"

namespace toimela::contacts::view {

std::string Words::count(std::string_view key, std::int64_t count) const {
  return format(key, {{"count", count}});
}

std::string Words::format(std::string_view key, const std::vector<TextArgument>& arguments) const {
  return host_.texts().format(locale_, key, arguments);
}

const std::string& Words::kind(NetworkKind kind) const {
  return text("contacts.kind." + std::string(code(kind)));
}

const std::string& Words::role(MemberRole role) const {
  return text("contacts.role." + std::string(code(role)));
}

const std::string& Words::place(std::optional<RegionCode> region) const {
  const Region* found = this->region(region);
  return found ? pick(found->name) : text("contacts.place.nation");
}

const Region* Words::region(std::optional<RegionCode> code) const {
  return code ? host_.region(*code) : nullptr;
}

std::string Words::period(const DateRange& period) const {
  return showDate(period.from, locale_) + "–" + (period.to ? showDate(*period.to, locale_) : "");
}

std::string Words::link(std::string_view path) const {
  std::string link = "/";
  return link.append(code(locale_)).append(path);
}

}  // namespace toimela::contacts::view
