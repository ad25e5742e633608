// The pages of an import, and the files that go with it.
#pragma once

#include <string>

#include "domain/network.h"
#include "operations/import.h"
#include "toimela/form.h"
#include "toimela/view.h"
#include "view/words.h"

namespace toimela::contacts::view {

FormSpec importFields();
View importForm(const Network& network, const Form& form, const Words& words);

/// What goes with a preview to its confirmation.
struct ImportTicket {
  std::string storedName, name;
  bool isStale = false;  ///< something has changed since the reader saw it
};
View importPreview(const Network& network, const operations::ImportPlan& plan, const ImportTicket& ticket,
                   const Words& words);

/// The plan for programs, with the mark that confirms it.
std::string importJson(const operations::ImportPlan& plan, bool isDone);
/// CSV with the columns as they came, and a last one that says what is wrong.
std::string wrongRowsFile(const operations::ImportPlan& plan, const Words& words);
/// XLSX with an example row and a sheet of instructions.
std::string templateFile(const Network& network, const Words& words);

}  // namespace toimela::contacts::view
