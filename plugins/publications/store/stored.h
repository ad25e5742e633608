// How the plugin's own types stand in the database.
#pragma once

#include "domain/part.h"
#include "domain/publication.h"
#include "toimela/stored_code.h"

namespace toimela {

template <>
struct Stored<publications::Kind> : StoredCode<publications::kKinds> {};
template <>
struct Stored<publications::State> : StoredCode<publications::kStates> {};
template <>
struct Stored<publications::Credit> : StoredCode<publications::kCredits> {};
template <>
struct Stored<publications::Licence> : StoredCode<publications::kLicences> {};
template <>
struct Stored<publications::Relation> : StoredCode<publications::kRelations> {};
template <>
struct Stored<publications::PartRole> : StoredCode<publications::kPartRoles> {};
template <>
struct Stored<publications::Isbn> : StoredAsText<publications::Isbn> {};
template <>
struct Stored<publications::Issn> : StoredAsText<publications::Issn> {};
template <>
struct Stored<publications::Orcid> : StoredAsText<publications::Orcid> {};
template <>
struct Stored<publications::Link> : StoredAsText<publications::Link> {};
template <>
struct Stored<publications::Issued> : StoredAsText<publications::Issued> {};

}  // namespace toimela
