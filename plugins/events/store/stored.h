// How the plugin's own types stand in the database.
#pragma once

#include "domain/event.h"
#include "domain/registration.h"
#include "toimela/data.h"

namespace toimela {

namespace events {

/// A value of an enumeration stands by its code.
template <class T, auto parse>
struct StoredCode {
  static constexpr ColumnType type = ColumnType::text;
  static Value to(T value) { return std::string(code(value)); }
  static T from(Value&& value) {
    auto parsed = parse(std::get<std::string>(value));
    if (!parsed) throw DatabaseError("a stored code is unknown");
    return *parsed;
  }
};

}  // namespace events

template <>
struct Stored<events::EventKind> : events::StoredCode<events::EventKind, events::parseEventKind> {};
template <>
struct Stored<events::EventStatus> : events::StoredCode<events::EventStatus, events::parseEventStatus> {};
template <>
struct Stored<events::Visibility> : events::StoredCode<events::Visibility, events::parseVisibility> {};
template <>
struct Stored<events::Attendance> : events::StoredCode<events::Attendance, events::parseAttendance> {};
template <>
struct Stored<events::PlaceState> : events::StoredCode<events::PlaceState, events::parsePlaceState> {};
template <>
struct Stored<events::GroupMode> : events::StoredCode<events::GroupMode, events::parseGroupMode> {};

}  // namespace toimela
