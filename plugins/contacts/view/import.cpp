#include "view/import.h"

#include <nlohmann/json.hpp>

#include "toimela/spreadsheet.h"
#include "view/members.h"
#include "view/trail.h"

namespace toimela::contacts::view {

namespace {

using operations::ImportOutcome;
using operations::ImportPlan;
using operations::PlannedRow;

// A browser shows so many rows at ease; the file of wrong rows has them all.
constexpr std::size_t kMostShown = 500;

std::vector<std::string> columnNames(const Words& words) {
  std::vector<std::string> names;
  for (const ImportColumn column : kImportColumns) names.push_back(words.text("contacts.import.column." + std::string(code(column))));
  return names;
}

std::string faultText(ImportFault fault, const Words& words) {
  return words.text("contacts.import.fault." + std::string(code(fault)));
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string result;
  for (const std::string& part : parts) (result += result.empty() ? "" : between) += part;
  return result;
}

std::string suggestionText(const PlannedRow& planned, const Words& words) {
  if (planned.suggestions.empty() || planned.outcome != ImportOutcome::wrong) return {};
  return words.format("contacts.import.suggestions", {{"names", joined(planned.suggestions, "; ")}});
}

const char* tagOf(ImportOutcome outcome) {
  switch (outcome) {
    case ImportOutcome::newPerson: return "tag tag--ok";
    case ImportOutcome::knownPerson: return "tag tag--ok";
    case ImportOutcome::alreadyMember: return "tag tag--off";
    case ImportOutcome::wrong: return "tag tag--warn";
  }
  return "tag";
}

View rowView(const PlannedRow& planned, const Words& words) {
  const ImportedRow& row = planned.row;
  std::vector<View> faults;
  for (const ImportFault fault : row.faults) {
    View view;
    view.set("fault", faultText(fault, words));
    faults.push_back(std::move(view));
  }
  const bool isDated = planned.outcome != ImportOutcome::wrong;
  View view;
  view.set("number", planned.number)
      .set("email", row.text(ImportColumn::email))
      .set("person", joined({row.givenName, row.familyName}, " "))
      .set("row_organisation", planned.organisationName.empty() ? row.organisation + (row.organisation.empty() ? row.text(ImportColumn::businessId) : "")
                                                                : planned.organisationName)
      .set("role", isDated ? words.role(row.role) : row.text(ImportColumn::role))
      .set("period", isDated ? words.period(row.period)
                             : joined({row.text(ImportColumn::from), row.text(ImportColumn::to)}, "–"))
      .set("tag", tagOf(planned.outcome))
      .set("outcome", words.text("contacts.import.outcome." + std::string(code(planned.outcome))))
      .set("suggestions", suggestionText(planned, words))
      .flag("has_faults", !faults.empty())
      .list("faults", std::move(faults));
  return view;
}

}  // namespace

FormSpec importFields() {
  return {Field::file("file", "contacts.import.file", ".xlsx,.csv").required().hint("contacts.import.file_hint")};
}

View importForm(const Network& network, const Form& form, const Words& words) {
  return networkForm(network, "contacts.import.title", form, words);
}

View importPreview(const Network& network, const ImportPlan& plan, const ImportTicket& ticket, const Words& words) {
  std::vector<View> rows;
  // What is wrong comes first: it is what the reader has to do something about.
  for (const bool wrong : {true, false})
    for (const PlannedRow& planned : plan.rows)
      if ((planned.outcome == ImportOutcome::wrong) == wrong && rows.size() < kMostShown) rows.push_back(rowView(planned, words));
  const auto count = [&](ImportOutcome outcome) { return static_cast<std::int64_t>(plan.count(outcome)); };
  const auto additions = static_cast<std::int64_t>(plan.additions());
  View view;
  view.list("breadcrumbs", trailBeyond(network, "contacts.import.preview_title", words))
      .set("network_id", network.id.value)
      .text("network", network.name, words.locale())
      .set("file_name", ticket.name)
      .set("stored_name", ticket.storedName)
      .set("mark", plan.mark())
      .flag("is_stale", ticket.isStale)
      .flag("has_additions", additions > 0)
      .flag("has_wrong", count(ImportOutcome::wrong) > 0)
      .set("new_people", count(ImportOutcome::newPerson))
      .set("known_people", count(ImportOutcome::knownPerson))
      .set("already", count(ImportOutcome::alreadyMember))
      .set("wrong", count(ImportOutcome::wrong))
      .set("submit", words.count("contacts.import.submit", additions))
      .set("left_out", plan.rows.size() > kMostShown
                           ? words.count("contacts.import.more_rows", static_cast<std::int64_t>(plan.rows.size() - kMostShown))
                           : "")
      .list("rows", std::move(rows));
  return view;
}

std::string wrongRowsFile(const ImportPlan& plan, const Words& words) {
  std::vector<std::string> header = columnNames(words);
  header.push_back(words.text("contacts.import.column.fault"));
  spreadsheet::Writer writer(spreadsheet::Format::csv, "", header);
  for (const PlannedRow& planned : plan.rows) {
    if (planned.outcome != ImportOutcome::wrong) continue;
    std::vector<spreadsheet::Cell> cells(planned.row.typed.begin(), planned.row.typed.end());
    std::vector<std::string> why;
    for (const ImportFault fault : planned.row.faults) why.push_back(faultText(fault, words));
    if (const std::string suggestions = suggestionText(planned, words); !suggestions.empty()) why.push_back(suggestions);
    cells.emplace_back(joined(why, " "));
    writer.row(cells);
  }
  return writer.finish();
}

std::string templateFile(const Network& network, const Words& words) {
  spreadsheet::Writer writer(spreadsheet::Format::xlsx, words.text("contacts.network.members"), columnNames(words));
  writer.page(words.text("contacts.import.instructions"),
              {words.format("contacts.import.instruction.network", {{"network", words.pick(network.name)}}),
               words.text("contacts.import.instruction.email"), words.text("contacts.import.instruction.name"),
               words.text("contacts.import.instruction.organisation"), words.text("contacts.import.instruction.role"),
               words.text("contacts.import.instruction.region"), words.text("contacts.import.instruction.dates"),
               words.text("contacts.import.instruction.check")});
  return writer.finish();
}

std::string importJson(const ImportPlan& plan, bool isDone) {
  auto rows = nlohmann::ordered_json::array();
  for (const PlannedRow& planned : plan.rows) {
    auto faults = nlohmann::ordered_json::array();
    for (const ImportFault fault : planned.row.faults) faults.push_back(code(fault));
    rows.push_back({{"row", planned.number},
                    {"email", planned.row.text(ImportColumn::email)},
                    {"outcome", code(planned.outcome)},
                    {"faults", std::move(faults)},
                    {"suggestions", planned.suggestions}});
  }
  return nlohmann::ordered_json{{"imported", isDone},
                                {"additions", plan.additions()},
                                {"mark", plan.mark()},
                                {"rows", std::move(rows)}}
      .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace toimela::contacts::view
