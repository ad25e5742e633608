// How the plugin's own types stand in the database.
#pragma once

#include "domain/event.h"
#include "domain/registration.h"
#include "toimela/stored_code.h"

namespace toimela {

template <>
struct Stored<events::EventKind> : StoredCode<events::kEventKinds> {};
template <>
struct Stored<events::EventStatus> : StoredCode<events::kEventStatuses> {};
template <>
struct Stored<events::Visibility> : StoredCode<events::kVisibilities> {};
template <>
struct Stored<events::Attendance> : StoredCode<events::kAttendances> {};
template <>
struct Stored<events::PlaceState> : StoredCode<events::kPlaceStates> {};
template <>
struct Stored<events::GroupMode> : StoredCode<events::kGroupModes> {};

}  // namespace toimela
