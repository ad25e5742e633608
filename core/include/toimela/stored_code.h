// How the values of an enumeration stand in the database: by their codes.
#pragma once

#include <string>
#include <type_traits>

#include "toimela/codes.h"
#include "toimela/data.h"

namespace toimela {

/// For the store of a plugin: template <> struct Stored<Kind> : StoredCode<kKinds> {};
template <const auto& table>
struct StoredCode {
  using T = typename std::remove_cvref_t<decltype(table)>::Value;
  static constexpr ColumnType type = ColumnType::text;
  static toimela::Value to(T value) { return std::string(table.code(value)); }
  static T from(toimela::Value&& value) {
    const auto parsed = table.parse(std::get<std::string>(value));
    if (!parsed) throw DatabaseError("a stored code is unknown");
    return *parsed;
  }
};

}  // namespace toimela
