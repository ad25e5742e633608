// How much each part of the service knows of a person, and what erasing does with it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/core_host.h"

namespace toimela::own_data {

/// A section of personal data that core or a plugin declares (PersonalData in toimela/registry.h).
struct Holding {
  std::string plugin, section;
  std::int64_t entries = 0;
};
/// Of every section, in the order in which they were declared.
std::vector<Holding> holdingsOf(CoreHost& host, PersonId person);

/// So many things a take-out tells of: each item of its lists is one, and what stands in an object
/// beside lists is one together, if any of it says something.
std::int64_t entriesIn(const nlohmann::json& document);

/// The texts by which a section is called, and which says what erasing does with it:
/// "<plugin>.erases.<section>.title" and "<plugin>.erases.<section>".
std::string titleKey(const Holding& holding);
std::string erasesKey(const Holding& holding);

}  // namespace toimela::own_data
