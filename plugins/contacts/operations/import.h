// Members from a table: a plan that says row by row what will happen, and its carrying out.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/import.h"
#include "toimela/data.h"
#include "toimela/spreadsheet.h"

namespace toimela::contacts::operations {

enum class ImportOutcome { newPerson, knownPerson, alreadyMember, wrong };
std::string_view code(ImportOutcome outcome);  ///< "new_person"

struct PlannedRow {
  int number = 0;  ///< in the file
  ImportedRow row;
  ImportOutcome outcome = ImportOutcome::wrong;
  OrganisationId organisation;
  std::string organisationName;          ///< of the one that was found
  std::vector<std::string> suggestions;  ///< organisations that may be meant
};

struct ImportPlan {
  std::vector<PlannedRow> rows;

  std::size_t count(ImportOutcome outcome) const;
  /// How many memberships it would add.
  std::size_t additions() const { return count(ImportOutcome::newPerson) + count(ImportOutcome::knownPerson); }
  /// Two plans with the same mark do the same.
  std::string mark() const;
};

/// Called after every row with how many are done.
using Progress = std::function<void(std::size_t done)>;

/// `rows` are those below the header. Looks at the people, organisations and memberships as they are.
ImportPlan planImport(ReadTx& tx, const Network& network, const std::vector<spreadsheet::Row>& rows,
                      const ImportLayout& layout, const ImportVocabulary& words, const Progress& progress = {});

/// Plans once more, behind the network's lock, and adds what the plan has when it is still the one
/// with `mark`; the plan that was carried out, or nothing when it has become another and nothing
/// was done. Rows that are wrong or there already are left out.
std::optional<ImportPlan> carryOut(WriteTx& tx, const Network& network, const std::vector<spreadsheet::Row>& rows,
                                   const ImportLayout& layout, const ImportVocabulary& words, Locale language,
                                   const std::string& mark, const Progress& progress = {});

}  // namespace toimela::contacts::operations
