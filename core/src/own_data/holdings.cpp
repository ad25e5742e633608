#include "own_data/holdings.h"

namespace toimela::own_data {

namespace {

/// What is there by itself and tells nothing: no, zero, the empty text.
bool says(const nlohmann::json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_string()) return !value.get_ref<const std::string&>().empty();
  return value.is_number() && value != 0;
}

}  // namespace

std::int64_t entriesIn(const nlohmann::json& document) {
  if (document.is_array()) return static_cast<std::int64_t>(document.size());
  if (!document.is_object()) return says(document) ? 1 : 0;
  std::int64_t entries = 0;
  bool hasOwn = false;
  for (const auto& [name, value] : document.items()) {
    if (value.is_structured())
      entries += entriesIn(value);
    else
      hasOwn = hasOwn || says(value);
  }
  return entries + (hasOwn ? 1 : 0);
}

std::vector<Holding> holdingsOf(CoreHost& host, PersonId person) {
  std::vector<Holding> holdings;
  for (const auto& [plugin, part] : host.contributions().personalData)
    holdings.push_back({plugin, part.section, 0});
  const auto documents = host.read([&](ReadTx& tx) {
    std::vector<std::string> texts;
    for (const auto& [plugin, part] : host.contributions().personalData)
      texts.push_back(part.exporter(tx, person));
    return texts;
  });
  for (std::size_t i = 0; i < documents.size(); ++i)
    holdings[i].entries = entriesIn(nlohmann::json::parse(documents[i]));
  return holdings;
}

std::string erasesKey(const Holding& holding) {
  return holding.plugin + ".erases." + holding.section;
}
std::string titleKey(const Holding& holding) { return erasesKey(holding) + ".title"; }

}  // namespace toimela::own_data
