#include "toimela/wording.h"

namespace toimela {

std::string Wording::format(std::string_view key, const std::vector<TextArgument>& arguments) const {
  return host_.texts().format(locale_, key, arguments);
}

std::string Wording::count(std::string_view key, std::int64_t count) const {
  return format(key, {{"count", count}});
}

const Region* Wording::region(std::optional<RegionCode> code) const {
  return code ? host_.region(*code) : nullptr;
}

const std::string& Wording::place(std::optional<RegionCode> code) const {
  const Region* found = region(code);
  return found ? pick(found->name) : text("place.nation");
}

std::string Wording::link(std::string_view path) const {
  return std::string(1, '/').append(code(locale_)).append(path);
}

std::vector<View> breadcrumbs(const std::vector<Step>& steps, const Wording& wording) {
  return each(steps, [&](const Step& step) {
    View view;
    view.set("label", step.label);
    view.set("href", step.path.empty() ? std::string() : wording.link(step.path));
    return view;
  });
}

}  // namespace toimela
