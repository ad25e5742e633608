// How the plugin's own types stand in the database.
#pragma once

#include "domain/part.h"
#include "domain/publication.h"
#include "toimela/data.h"

namespace toimela {

namespace publications {

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

}  // namespace publications

template <>
struct Stored<publications::Kind> : publications::StoredCode<publications::Kind, publications::parseKind> {};
template <>
struct Stored<publications::State> : publications::StoredCode<publications::State, publications::parseState> {};
template <>
struct Stored<publications::Credit> : publications::StoredCode<publications::Credit, publications::parseCredit> {};
template <>
struct Stored<publications::Licence> : publications::StoredCode<publications::Licence, publications::parseLicence> {};
template <>
struct Stored<publications::Relation>
    : publications::StoredCode<publications::Relation, publications::parseRelation> {};
template <>
struct Stored<publications::PartRole>
    : publications::StoredCode<publications::PartRole, publications::parsePartRole> {};
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
