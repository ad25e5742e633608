// Who may do what, where: roles at scopes, permissions, and the rule every route declares.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "toimela/data.h"
#include "toimela/types.h"

namespace toimela {

/// Roles that a person is granted at a scope, from the widest to the narrowest.
enum class Role { nationalAdmin, regionalAdmin, contactPerson, organisationRep, member };
inline constexpr std::array kRoles{Role::nationalAdmin, Role::regionalAdmin, Role::contactPerson,
                                   Role::organisationRep, Role::member};
TOIMELA_API std::string_view code(Role role);  ///< "national_admin"
TOIMELA_API std::optional<Role> parseRole(std::string_view code);

template <>
struct Stored<Role> {
  static constexpr ColumnType type = ColumnType::text;
  static Value to(Role v) { return std::string(code(v)); }
  static Role from(Value&& v) {
    auto role = parseRole(std::get<std::string>(v));
    if (!role) throw DatabaseError("a stored role is unknown");
    return *role;
  }
};

/// A role that holds today. Neither region nor organisation means the whole nation.
struct Grant {
  Role role;
  std::optional<RegionCode> region;
  std::optional<OrganisationId> organisation;
};

/// Where a thing belongs. A grant covers it when the grant is national, is for its region, or is
/// for its organisation. Nothing set means the nation: only national grants cover it.
struct Scope {
  std::optional<RegionCode> region;
  std::optional<OrganisationId> organisation;
  std::optional<PersonId> owner;
  /// Where else it belongs, when several look after it together: a grant that covers one of these
  /// places covers it. Each names a region or an organisation; one that names nothing adds nothing.
  std::vector<Scope> shared = {};
};

TOIMELA_API bool covers(const Grant& grant, const Scope& scope);

/// The name of something that can be permitted: "contacts.member.edit".
struct Permission {
  std::string_view name;
  bool operator==(const Permission&) const = default;
};

/// A permission as a plugin declares it.
struct PermissionSpec {
  Permission permission;
  std::vector<Role> defaultRoles;  ///< a national administrator can change them
  std::string labelKey;            ///< translation key: what it lets one do
};

/// Who makes a request.
struct Actor {
  std::optional<PersonId> person;  ///< nobody: an anonymous visitor
  std::string name;
  std::vector<Grant> grants;

  bool signedIn() const { return person.has_value(); }
};

/// Values of the {parameters} of a route's pattern, decoded.
class TOIMELA_API PathParameters {
 public:
  void add(std::string_view name, std::string value) { values_.emplace_back(name, std::move(value)); }
  /// The value; throws std::out_of_range when the pattern has no such parameter.
  const std::string& text(std::string_view name) const;
  /// As an id; nothing when it is not a positive whole number.
  template <class I>
  std::optional<I> id(std::string_view name) const {
    auto number = parseId(text(name));
    return number ? std::optional<I>{I{*number}} : std::nullopt;
  }
  bool has(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> values_;
};

/// Finds where the thing named in the path belongs; nothing means that it does not exist (404).
using ScopeResolver = std::function<std::optional<Scope>(ReadTx&, const PathParameters&)>;

/// What a route demands before its handler is called.
struct Rule {
  enum class Kind { undeclared, anyone, signedIn, permission };
  Kind kind = Kind::undeclared;
  Permission permission{};
  bool orOwner = false;     ///< the owner of the scope needs no permission
  ScopeResolver scope;      ///< unset: the {region} of the path if it has one, else the nation
  bool anyScope = false;    ///< holding the permission somewhere is enough (the handler narrows)
};

}  // namespace toimela
