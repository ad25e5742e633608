// Registrations from a table: what its columns are, what its rows say, what is wrong with them. Pure.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.h"
#include "domain/question.h"
#include "domain/registration.h"

namespace toimela::events {

/// In the order in which the example has them.
enum class ImportColumn { name, email, organisation, sector, workshops };
inline constexpr std::array kImportColumns{ImportColumn::name, ImportColumn::email, ImportColumn::organisation,
                                           ImportColumn::sector, ImportColumn::workshops};
std::string_view code(ImportColumn column);

/// What the words of a table mean, by their folded text: in lower case, without accents.
struct ImportTerms {
  std::map<std::string, ImportColumn> columns;
  std::map<std::string, Sector> sectors;
  std::map<std::string, SessionId> workshops;
  /// Questions that each participant is asked on registering, by their key and by their words.
  std::map<std::string, std::string> questions;
  std::vector<Question> asked;
  bool needsSector = false;
};
std::string foldedText(std::string_view text);

/// Where the columns stand.
struct ImportLayout {
  std::map<ImportColumn, std::size_t> columns;
  std::map<std::string, std::size_t> answers;  ///< by the key of the question
};
/// By the names in the first row; nothing when none is the name of a person.
std::optional<ImportLayout> layoutOf(const std::vector<std::string>& header, const ImportTerms& terms);

enum class ImportFault {
  nameMissing, emailWrong, sectorUnknown, sectorMissing, workshopUnknown, answerWrong, answerMissing,
};
std::string_view code(ImportFault fault);

/// What one row says by itself.
struct ImportedRow {
  int number = 0;                    ///< as a spreadsheet program shows it
  std::string name, email, organisation, workshops;  ///< as typed
  Participant participant;
  std::optional<Sector> sector;
  std::vector<ImportFault> faults;
};
ImportedRow readRow(int number, const std::vector<std::string>& cells, const ImportLayout& layout,
                    const ImportTerms& terms);

}  // namespace toimela::events
