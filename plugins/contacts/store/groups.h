// Networks as the groups that other plugins ask about (toimela/groups.h).
#pragma once

#include "toimela/groups.h"

namespace toimela::contacts::store {

/// Today's members of a network and its coordinator are of the group "contacts.network:<id>".
class NetworkGroups : public Groups {
 public:
  std::optional<Group> find(ReadTx& tx, std::string_view key) override;
  std::vector<Group> ofRegion(ReadTx& tx, std::optional<RegionCode> region) override;
  std::vector<Group> ofPerson(ReadTx& tx, PersonId person) override;
  bool isMember(ReadTx& tx, std::string_view key, PersonId person) override;
  std::vector<PersonId> members(ReadTx& tx, std::string_view key) override;
};

}  // namespace toimela::contacts::store
