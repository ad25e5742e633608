// The table that somebody sent, read and understood.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "domain/import.h"
#include "toimela/host.h"
#include "toimela/spreadsheet.h"

namespace toimela::contacts::handlers {

struct ImportSource {
  ImportLayout layout;
  std::vector<spreadsheet::Row> rows;  ///< without the header
};
/// The table in a file, or the key of what is wrong with it.
std::variant<ImportSource, std::string> readSource(const std::string& path, const spreadsheet::Limits& limits);

/// What roles and regions are called, in all languages.
ImportVocabulary vocabularyOf(const Host& host);

}  // namespace toimela::contacts::handlers
