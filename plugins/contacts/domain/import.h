// Members from a table: what its columns are, what its rows say, what is wrong with them. Pure.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/member.h"
#include "toimela/directory.h"
#include "toimela/types.h"

namespace toimela::contacts {

/// In the order in which the template has them, and in which they are taken when there is no header.
enum class ImportColumn { email, givenName, familyName, organisation, businessId, role, region, from, to };
inline constexpr std::array kImportColumns{
    ImportColumn::email, ImportColumn::givenName, ImportColumn::familyName,
    ImportColumn::organisation, ImportColumn::businessId, ImportColumn::role,
    ImportColumn::region, ImportColumn::from, ImportColumn::to};
std::string_view code(ImportColumn column);  ///< "given_name"

/// Where the columns stand in a table.
struct ImportLayout {
  std::array<std::optional<std::size_t>, kImportColumns.size()> places;
  bool hasHeader = false;

  /// The text of a column; empty where the table has none.
  const std::string& text(const std::vector<std::string>& cells, ImportColumn column) const;
};
/// By the names in the first row, in any of our languages. A first row that has an e-mail address
/// instead is no header, and the columns are taken in order. Nothing when neither holds.
std::optional<ImportLayout> layoutOf(const std::vector<std::string>& firstRow);

/// Lower case and without spaces around, for Finnish, Swedish and English words.
std::string withoutCase(std::string_view text);

/// What the words in the cells mean, by their folded text.
struct ImportVocabulary {
  std::map<std::string, MemberRole> roles;
  std::map<std::string, RegionCode> regions;
};

enum class ImportFault {
  emailMissing,
  emailWrong,
  nameMissing,          ///< the address is new here and no name is given
  organisationMissing,
  organisationUnknown,
  organisationUnclear,  ///< several have the name
  businessIdWrong,
  businessIdUnknown,
  roleUnknown,
  regionUnknown,
  regionElsewhere,      ///< not the region of a regional network
  fromWrong,
  toWrong,
  endsBeforeItStarts,
  overlaps,             ///< a membership that is there already
  overlapsInFile        ///< an earlier row
};
inline constexpr int kImportFaults = static_cast<int>(ImportFault::overlapsInFile) + 1;
std::string_view code(ImportFault fault);  ///< "email_missing"

/// What a row says by itself; what is missing is empty.
struct ImportedRow {
  std::array<std::string, kImportColumns.size()> typed;
  std::optional<EmailAddress> email;
  std::string givenName, familyName;
  std::string organisation;              ///< as typed
  std::optional<BusinessId> businessId;
  MemberRole role = MemberRole::member;
  std::optional<RegionCode> region;
  DateRange period;
  std::vector<ImportFault> faults;

  const std::string& text(ImportColumn column) const { return typed[static_cast<std::size_t>(column)]; }
};
/// Without a first day the membership begins today, without a role it is a plain one. A regional
/// network's region need not be said.
ImportedRow readRow(const std::vector<std::string>& cells, const ImportLayout& layout, const ImportVocabulary& words,
                    const Network& network, Date today);

/// The organisation that a text names exactly, among those that it may mean.
struct OrganisationFound {
  std::optional<OrganisationId> id;
  std::optional<ImportFault> fault;
  std::vector<std::string> suggestions;  ///< names, when it is none or several
};
OrganisationFound pickOrganisation(std::string_view typed, const std::vector<Organisation>& candidates);

/// Is the wanted membership there already, so that nothing is to be done?
bool isThere(const Member& wanted, const std::vector<Member>& existing);

}  // namespace toimela::contacts
