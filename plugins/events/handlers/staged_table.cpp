#include "handlers/staged_table.h"

#include "toimela/files.h"

namespace toimela::events::staged_table {

namespace {

std::string keyOf(files::Refusal refusal) {
  switch (refusal) {
    case files::Refusal::empty: return "spreadsheet.trouble.empty";
    case files::Refusal::tooLarge: return "spreadsheet.trouble.too_large";
    case files::Refusal::forbiddenKind: return "spreadsheet.trouble.not_a_table";
    case files::Refusal::encrypted:
    case files::Refusal::damaged: return "spreadsheet.trouble.damaged";
    case files::Refusal::bomb: return "spreadsheet.trouble.too_much_work";
  }
  return {};
}

Outcome read(std::string storedName, std::string name, const std::string& path, const spreadsheet::Limits& limits) {
  auto outcome = spreadsheet::read(path, limits);
  if (const auto* trouble = std::get_if<spreadsheet::Trouble>(&outcome))
    return std::string(spreadsheet::messageKey(*trouble));
  auto rows = std::move(std::get<std::vector<spreadsheet::Row>>(outcome));
  if (rows.empty()) return std::string("spreadsheet.trouble.empty");
  return Staged{std::move(storedName), std::move(name), std::move(rows)};
}

}  // namespace

Outcome receive(const Request& request, Host& host, const spreadsheet::Limits& limits) {
  if (request.files.empty()) return std::string("spreadsheet.trouble.no_file");
  const files::Rules rules{
      .mostBytes = limits.bytes,
      .types = {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv", "text/plain"}};
  const auto received = files::receive(host, request.files.front(), rules);
  if (const auto* refusal = std::get_if<files::Refusal>(&received)) return keyOf(*refusal);
  const auto& incoming = std::get<files::Incoming>(received);
  auto outcome = read(incoming.storedName, incoming.name,
                      files::receivedPath(host, incoming.storedName).value_or(std::string()), limits);
  if (std::holds_alternative<std::string>(outcome)) files::discard(host, incoming.storedName);
  return outcome;
}

Outcome reopen(const Request& request, Host& host, const spreadsheet::Limits& limits) {
  const std::string storedName(request.form.text("file"));
  const auto path = files::receivedPath(host, storedName);
  if (!path) return std::string("spreadsheet.trouble.gone");
  return read(storedName, std::string(request.form.text("name")), *path, limits);
}

}  // namespace toimela::events::staged_table
