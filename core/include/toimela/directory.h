// People and organisations, which every plugin shares.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/access.h"
#include "toimela/data.h"
#include "toimela/types.h"

namespace toimela {

struct Person {
  PersonId id;
  std::string givenName, familyName;
  EmailAddress email;
  std::string phone;
  Locale language = Locale::fi;

  std::string name() const { return givenName + " " + familyName; }
};

enum class Sector { association, foundation, municipality, state, school, company, other };
inline constexpr std::array kSectors{Sector::association, Sector::foundation, Sector::municipality,
                                     Sector::state, Sector::school, Sector::company, Sector::other};
TOIMELA_API std::string_view code(Sector sector);
TOIMELA_API std::optional<Sector> parseSector(std::string_view code);

template <>
struct Stored<Sector> {
  static constexpr ColumnType type = ColumnType::text;
  static Value to(Sector v) { return std::string(code(v)); }
  static Sector from(Value&& v) { return parseSector(std::get<std::string>(v)).value_or(Sector::other); }
};

/// An organisation. It may have a business id, a register number, or neither.
struct Organisation {
  OrganisationId id;
  LocalText name;
  std::optional<BusinessId> businessId;
  std::string registerNumber;
  Sector sector = Sector::association;
  RegionCode region;
  std::optional<MunicipalityCode> municipality;
  std::string website;
  LocalText summary;
  std::int64_t revision = 0;  ///< raised by every change; a form that carries an older one is stale
};

namespace directory {

TOIMELA_API std::optional<Person> findPerson(ReadTx& tx, PersonId id);
TOIMELA_API std::optional<Person> findPerson(ReadTx& tx, const EmailAddress& email);
/// Adds a person without a password (they get in by invitation). The e-mail must be new; the id of
/// the one who has it otherwise.
TOIMELA_API PersonId addPerson(WriteTx& tx, const Person& person);

TOIMELA_API std::optional<Organisation> findOrganisation(ReadTx& tx, OrganisationId id);
/// Organisations of a region (of all regions without one), by Finnish name.
TOIMELA_API std::vector<Organisation> listOrganisations(ReadTx& tx, std::optional<RegionCode> region, int limit,
                                                        int offset);
/// Where the organisation named by {organisation} in a path belongs.
TOIMELA_API ScopeResolver organisationScope();
/// Organisations that a typed text may mean, best first, at most `limit`: the one with exactly this
/// name, Y-tunnus or "name (Y-tunnus)", else those whose name begins with it or has it.
TOIMELA_API std::vector<Organisation> matchOrganisations(ReadTx& tx, std::string_view typed, int limit);
/// What a lookup field shows for an organisation, and matchOrganisations finds again: "name
/// (Y-tunnus)", or the name alone.
TOIMELA_API std::string lookupText(const Organisation& organisation, Locale locale);

/// A person's place in an organisation.
struct Affiliation {
  PersonId person;
  OrganisationId organisation;
  LocalText organisationName;
  LocalText title;
  DateRange period;
};
/// Today's affiliations of a person, the oldest first.
TOIMELA_API std::vector<Affiliation> affiliationsOf(ReadTx& tx, PersonId person, Date today);
/// Notes that the person belongs to the organisation from today on, unless it is noted already.
TOIMELA_API void affiliate(WriteTx& tx, PersonId person, OrganisationId organisation);

}  // namespace directory

/// A person was erased; what refers to them has been made anonymous already.
struct PersonErased {
  static constexpr std::string_view kName = "core.person_erased";
  PersonId person;
};

}  // namespace toimela
