#include "handlers/change.h"

#include <nlohmann/json.hpp>

namespace toimela::trendcards::handlers {

Change::Change(const Request& request) : sent_(request.form) {
  const auto body = nlohmann::json::parse(request.bodyText(), nullptr, false);
  if (!body.is_object()) return;
  for (const auto& [name, value] : body.items())
    if (value.is_array()) lists_.insert(name);
}

bool Change::has(std::string_view name) const { return sent_.has(name) || lists_.contains(name); }

Change& Change::field(const std::string& name, const std::string& stored) {
  if (!has(name)) {
    fields_.add(name, stored);
    return *this;
  }
  std::string value;
  for (const auto each : sent_.every(name)) value.append(value.empty() ? "" : "\n").append(each);
  fields_.add(name, std::move(value));
  return *this;
}

}  // namespace toimela::trendcards::handlers
