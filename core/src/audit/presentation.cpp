#include "audit/presentation.h"

#include <nlohmann/json.hpp>

namespace toimela::audit {

namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

std::string wordOf(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return "–";
  return value.dump();
}

void add(Lines& lines, const std::string& name, const nlohmann::json& value) {
  if (!value.is_object()) {
    lines.emplace_back(name, wordOf(value));
    return;
  }
  for (const auto& [inner, each] : value.items())
    add(lines, name.empty() ? inner : name + "." + inner, each);
}

}  // namespace

std::string actionName(const Texts& texts, Locale locale, const std::string& action) {
  const auto dot = action.find('.');
  if (dot == std::string::npos) return action;
  const std::string key = action.substr(0, dot) + ".audit" + action.substr(dot);
  return texts.has(key) ? texts.get(locale, key) : action;
}

Lines detailLines(const std::string& detail) {
  const auto json = nlohmann::json::parse(detail, nullptr, false);
  if (!json.is_object()) return {{"", detail}};
  Lines lines;
  add(lines, "", json);
  return lines;
}

View rowView(const Row& row, const Texts& texts, Locale locale) {
  std::vector<View> lines;
  for (auto& [name, value] : detailLines(row.detail)) {
    View line;
    line.set("name", std::move(name)).set("value", std::move(value));
    lines.push_back(std::move(line));
  }
  View view;
  view.set("at", showInstant(row.at, locale))
      .set("at_iso", isoText(row.at))
      .set("person", row.personName)
      .flag("is_system", !row.person)
      .flag("is_erased", row.person && row.personName.empty())
      .set("action", actionName(texts, locale, row.action))
      .set("object", row.object)
      .flag("has_detail", !lines.empty())
      .list("detail", std::move(lines));
  return view;
}

}  // namespace toimela::audit
