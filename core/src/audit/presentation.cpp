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

TableRow tableRow(const Row& row, const Host& host, Locale locale) {
  const Texts& texts = host.texts();
  std::vector<std::string> lines;
  for (const auto& [name, value] : detailLines(row.detail)) lines.push_back(name.empty() ? value : name + ": " + value);
  const Region* region = row.region ? host.region(*row.region) : nullptr;
  const std::string who = !row.person ? texts.get(locale, "audit.system")
                          : row.personName.empty() ? texts.get(locale, "audit.erased")
                                                   : row.personName;
  return {{spreadsheet::Cell(row.at), who, actionName(texts, locale, row.action), row.object,
           TableCell(region ? region->name : LocalText{}, locale), TableCell::ofLines(std::move(lines))},
          std::to_string(row.id)};
}

}  // namespace toimela::audit
