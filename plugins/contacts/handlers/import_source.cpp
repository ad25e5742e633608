#include "handlers/import_source.h"

namespace toimela::contacts::handlers {

std::variant<ImportSource, std::string> readSource(const std::string& path, const spreadsheet::Limits& limits) {
  auto outcome = spreadsheet::read(path, limits);
  if (const auto* trouble = std::get_if<spreadsheet::Trouble>(&outcome)) {
    // The kit's sentence names its own limit.
    if (*trouble == spreadsheet::Trouble::tooManyRows && limits.rows < spreadsheet::Limits{}.rows)
      return std::string("contacts.import.error.too_many_rows");
    return std::string(spreadsheet::messageKey(*trouble));
  }
  auto rows = std::move(std::get<std::vector<spreadsheet::Row>>(outcome));
  if (rows.empty()) return std::string("contacts.import.error.no_rows");
  const auto layout = layoutOf(rows.front().cells);
  if (!layout) return std::string("contacts.import.error.no_header");
  if (layout->hasHeader) rows.erase(rows.begin());
  if (rows.empty()) return std::string("contacts.import.error.no_rows");
  return ImportSource{*layout, std::move(rows)};
}

ImportVocabulary vocabularyOf(const Host& host) {
  ImportVocabulary words;
  for (const MemberRole role : kMemberRoles) {
    words.roles[std::string(code(role))] = role;
    for (const Locale locale : kLocales)
      words.roles[withoutCase(host.texts().get(locale, "contacts.role." + std::string(code(role))))] = role;
  }
  for (const Region& region : host.regions()) {
    words.regions[region.slug] = region.code;
    words.regions[region.code.text()] = region.code;
    for (const Locale locale : kLocales)
      if (!region.name.in(locale).empty()) words.regions[withoutCase(region.name.in(locale))] = region.code;
  }
  return words;
}

}  // namespace toimela::contacts::handlers
