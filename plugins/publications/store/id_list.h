// Ids as one argument of a statement, however many there are.
#pragma once

#include <string>
#include <vector>

#include "toimela/types.h"

/// Rows whose `column` is one of the ids in :ids, on SQLite and on PostgreSQL.
#define PUBLICATIONS_ONE_OF(column) column " IN (SELECT value FROM json_each('[' || CAST(:ids AS TEXT) || ']')) "
#define PUBLICATIONS_ANY_OF(column) column " = ANY(CAST(string_to_array(CAST(:ids AS TEXT), ',') AS BIGINT[])) "

namespace toimela::publications::store {

/// "3,17,4"
template <class I>
std::string idList(const std::vector<I>& ids) {
  std::string list;
  for (const I& id : ids) {
    if (!list.empty()) list += ',';
    list += id.text();
  }
  return list;
}

}  // namespace toimela::publications::store
