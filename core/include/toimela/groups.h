// Groups of people that one plugin keeps and others ask about: the networks of a contacts plugin.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/data.h"
#include "toimela/types.h"

namespace toimela {

struct Group {
  std::string key;                   ///< lasting, of letters, digits, '.' and ':'; "contacts.network:12"
  LocalText name;
  std::optional<RegionCode> region;  ///< unset: of the nation
};

/// Service between plugins: `host.service<Groups>()`, null when no plugin keeps groups. Every answer is
/// about today; groups of regions where that plugin is switched off are not there.
class Groups {
 public:
  static constexpr std::string_view kName = "toimela.groups";
  virtual ~Groups() = default;

  virtual std::optional<Group> find(ReadTx& tx, std::string_view key) = 0;
  /// Groups that somebody who organises in the region may choose: its own and those of the nation, by
  /// Finnish name. Without a region those of the nation.
  virtual std::vector<Group> ofRegion(ReadTx& tx, std::optional<RegionCode> region) = 0;
  /// Groups that the person belongs to.
  virtual std::vector<Group> ofPerson(ReadTx& tx, PersonId person) = 0;
  virtual bool isMember(ReadTx& tx, std::string_view key, PersonId person) = 0;
  /// Everybody in it who can sign in, each once.
  virtual std::vector<PersonId> members(ReadTx& tx, std::string_view key) = 0;
};

}  // namespace toimela
