// Take-out and erasure of a person, across the core and every plugin.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "host/core_host.h"
#include "toimela/registry.h"

namespace toimela::directory {

/// What the directory itself knows of a person.
PersonalData personalData();

/// A JSON document with a part for every section that anybody declares.
std::string exportPerson(CoreHost& host, PersonId person);
/// Lets every section forget the person and publishes PersonErased, in one transaction. False when
/// the person is the only national administrator: nobody could administer the service then.
bool erasePerson(CoreHost& host, PersonId person);
/// Why somebody is erased, for the audit log.
struct ErasureOrder {
  std::optional<PersonId> by;  ///< who does it; unset: the service itself
  std::string basis;           ///< a code: "asked"
  /// Asked in the transaction of the erasure, where the grounds may have gone meanwhile; may be unset.
  std::function<bool(ReadTx&)> stillHolds = {};
};
enum class Erased { yes, isLastAdministrator, noLonger };
/// The same, as somebody ordered it.
Erased erasePerson(CoreHost& host, PersonId person, const ErasureOrder& order);
/// Is the person the only national administrator of the day? As long as the transaction lasts nobody
/// takes another away.
bool isLastAdministrator(WriteTx& tx, PersonId person, Date day);
/// After a backup was restored: erases those once more who were erased after it was made; how many.
int eraseAgain(CoreHost& host, const std::string& since);

/// "person export" and "person erase".
std::vector<Command> personCommands();

}  // namespace toimela::directory
