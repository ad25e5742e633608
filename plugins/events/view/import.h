// The pages of an import of registrations.
#pragma once

#include <string>
#include <vector>

#include "domain/import.h"
#include "operations/import.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::events::view {

/// What columns and values are called, in all languages.
ImportTerms importTerms(const std::vector<Session>& sessions, const std::vector<Question>& questions,
                        bool needsSector, const Texts& texts);

FormSpec importFields();
/// What goes with a preview to its confirmation.
struct ImportTicket {
  std::string storedName, name, key, reason;
  bool isStale = false;  ///< something has changed since the reader saw it
};
void showImportPlan(View& view, const operations::ImportPlan& plan, const ImportTicket& ticket, const Words& words);

/// XLSX with the event's columns, an example row and a sheet of instructions.
std::string importExample(const Event& event, const ImportTerms& terms, const std::vector<Session>& sessions,
                          const Words& words);

}  // namespace toimela::events::view
