// How the plugin's own types stand in the database.
#pragma once

#include "domain/application.h"
#include "domain/member.h"
#include "domain/network.h"
#include "domain/profile.h"
#include "toimela/stored_code.h"

namespace toimela {

template <>
struct Stored<contacts::NetworkKind> : StoredCode<contacts::kNetworkKinds> {};

template <>
struct Stored<contacts::MemberRole> : StoredCode<contacts::kMemberRoles> {};

template <>
struct Stored<contacts::Level> : StoredCode<contacts::kLevels> {};

template <>
struct Stored<contacts::ApplicationState> : StoredCode<contacts::kApplicationStates> {};

}  // namespace toimela
