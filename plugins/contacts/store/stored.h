// How the plugin's own types stand in the database.
#pragma once

#include "domain/application.h"
#include "domain/member.h"
#include "domain/network.h"
#include "domain/profile.h"
#include "toimela/data.h"

namespace toimela {

template <>
struct Stored<contacts::NetworkKind> {
  static constexpr ColumnType type = ColumnType::text;
  static Value to(contacts::NetworkKind kind) { return std::string(code(kind)); }
  static contacts::NetworkKind from(Value&& value) {
    auto kind = contacts::parseNetworkKind(std::get<std::string>(value));
    if (!kind) throw DatabaseError("a stored kind of network is unknown");
    return *kind;
  }
};

template <>
struct Stored<contacts::MemberRole> {
  static constexpr ColumnType type = ColumnType::text;
  static Value to(contacts::MemberRole role) { return std::string(code(role)); }
  static contacts::MemberRole from(Value&& value) {
    auto role = contacts::parseMemberRole(std::get<std::string>(value));
    if (!role) throw DatabaseError("a stored role in a network is unknown");
    return *role;
  }
};

template <>
struct Stored<contacts::Level> {
  static constexpr ColumnType type = ColumnType::text;
  static Value to(contacts::Level level) { return std::string(code(level)); }
  static contacts::Level from(Value&& value) {
    auto level = contacts::parseLevel(std::get<std::string>(value));
    if (!level) throw DatabaseError("a stored level of visibility is unknown");
    return *level;
  }
};

template <>
struct Stored<contacts::ApplicationState> {
  static constexpr ColumnType type = ColumnType::text;
  static Value to(contacts::ApplicationState state) { return std::string(code(state)); }
  static contacts::ApplicationState from(Value&& value) {
    auto state = contacts::parseApplicationState(std::get<std::string>(value));
    if (!state) throw DatabaseError("a stored state of an application is unknown");
    return *state;
  }
};

}  // namespace toimela
