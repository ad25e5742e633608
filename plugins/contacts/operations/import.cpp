#include "operations/import.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "operations/members.h"
#include "store/members.h"
#include "store/networks.h"
#include "toimela/directory.h"
#include "toimela/host.h"

namespace toimela::contacts::operations {

namespace {

constexpr int kSuggestions = 4;

/// Makes the plan row by row; remembers what it has looked up, because rows repeat organisations and
/// people.
class Planner {
 public:
  Planner(ReadTx& tx, const Network& network) : tx_(tx), network_(network) {}

  void plan(PlannedRow& planned) {
    ImportedRow& row = planned.row;
    const OrganisationFound& found = organisation(row);
    planned.suggestions = found.suggestions;
    if (found.fault) row.faults.push_back(*found.fault);
    if (row.email) planPerson(planned, found);
    if (!row.faults.empty()) planned.outcome = ImportOutcome::wrong;
    if (found.id) planned.organisation = *found.id;
    planned.organisationName = found.id ? names_[*found.id] : "";
  }

 private:
  struct Known {
    std::optional<Person> person;
    std::vector<Member> stored, planned;
    PersonId id;  ///< below zero for people who are still to be added
  };

  const OrganisationFound& organisation(const ImportedRow& row) {
    // A wrong Y-tunnus is a fault already: the name beside it is not taken instead.
    const bool isWrong = !row.businessId && !row.text(ImportColumn::businessId).empty();
    const std::string key = row.businessId ? row.businessId->text() : isWrong ? "" : row.organisation;
    const auto [place, isNew] = organisations_.try_emplace(key);
    if (!isNew || key.empty()) return place->second;
    const auto candidates = directory::matchOrganisations(tx_, key, kSuggestions);
    OrganisationFound& found = place->second;
    if (row.businessId) {
      const bool isFound = candidates.size() == 1 && candidates.front().businessId == row.businessId;
      if (isFound) found.id = candidates.front().id;
      else found.fault = ImportFault::businessIdUnknown;
    } else {
      found = pickOrganisation(key, candidates);
    }
    for (const Organisation& candidate : candidates) names_[candidate.id] = candidate.name.pick(Locale::fi).text;
    return found;
  }

  Known& person(const EmailAddress& email) {
    const auto [place, isNew] = people_.try_emplace(email.key());
    Known& known = place->second;
    if (!isNew) return known;
    known.person = directory::findPerson(tx_, email);
    known.id = known.person ? known.person->id : PersonId{-static_cast<std::int64_t>(people_.size())};
    if (known.person) known.stored = store::membershipsOf(tx_, network_.id, known.id);
    return known;
  }

  void planPerson(PlannedRow& planned, const OrganisationFound& found) {
    ImportedRow& row = planned.row;
    Known& known = person(*row.email);
    if (!known.person && known.planned.empty() && (row.givenName.empty() || row.familyName.empty()))
      row.faults.push_back(ImportFault::nameMissing);
    if (!found.id || !row.faults.empty()) return;
    // An id of its own tells it apart from the rows before it, which have none yet either.
    const Member member{.id = MemberId{-planned.number},
                        .person = known.id,
                        .organisation = *found.id,
                        .role = row.role,
                        .region = memberRegion(network_, row.region),
                        .period = row.period};
    if (isThere(member, known.stored)) {
      planned.outcome = ImportOutcome::alreadyMember;
    } else if (problemWith(member, known.stored)) {
      row.faults.push_back(ImportFault::overlaps);
    } else if (problemWith(member, known.planned)) {
      row.faults.push_back(ImportFault::overlapsInFile);
    } else {
      planned.outcome = known.person || !known.planned.empty() ? ImportOutcome::knownPerson : ImportOutcome::newPerson;
      known.planned.push_back(member);
    }
  }

  ReadTx& tx_;
  const Network& network_;
  std::map<std::string, OrganisationFound> organisations_;
  std::map<OrganisationId, std::string> names_;
  std::map<std::string, Known> people_;
};

/// FNV-1a: tells plans apart, guards nothing (the rows are checked again anyway).
class Mark {
 public:
  void add(std::string_view text) {
    for (const char c : text) mix(static_cast<unsigned char>(c));
    mix(0x1F);
  }
  std::string text() const { return std::to_string(value_); }

 private:
  void mix(unsigned char byte) { value_ = (value_ ^ byte) * 1'099'511'628'211ULL; }
  std::uint64_t value_ = 14'695'981'039'346'656'037ULL;
};

NewMember wantedOf(const PlannedRow& planned, Locale language) {
  const ImportedRow& row = planned.row;
  return {.email = *row.email,
          .givenName = row.givenName,
          .familyName = row.familyName,
          .language = language,
          .organisation = planned.organisation,
          .role = row.role,
          .region = row.region,
          .period = row.period};
}

}  // namespace

std::string_view code(ImportOutcome outcome) {
  switch (outcome) {
    case ImportOutcome::newPerson: return "new_person";
    case ImportOutcome::knownPerson: return "known_person";
    case ImportOutcome::alreadyMember: return "already_member";
    case ImportOutcome::wrong: return "wrong";
  }
  return {};
}

std::size_t ImportPlan::count(ImportOutcome outcome) const {
  return static_cast<std::size_t>(std::ranges::count(rows, outcome, &PlannedRow::outcome));
}

std::string ImportPlan::mark() const {
  Mark mark;
  for (const PlannedRow& planned : rows) {
    mark.add(std::to_string(planned.number));
    mark.add(code(planned.outcome));
    mark.add(planned.organisation.text());
    for (const std::string& typed : planned.row.typed) mark.add(typed);
    for (const ImportFault fault : planned.row.faults) mark.add(contacts::code(fault));
  }
  return mark.text();
}

ImportPlan planImport(ReadTx& tx, const Network& network, const std::vector<spreadsheet::Row>& rows,
                      const ImportLayout& layout, const ImportVocabulary& words, const Progress& progress) {
  const Date today = Date::today();
  Planner planner(tx, network);
  ImportPlan plan;
  plan.rows.reserve(rows.size());
  for (const spreadsheet::Row& row : rows) {
    PlannedRow& planned = plan.rows.emplace_back(PlannedRow{row.number, readRow(row.cells, layout, words, network, today)});
    planner.plan(planned);
    if (progress) progress(plan.rows.size());
  }
  return plan;
}

std::optional<ImportPlan> carryOut(WriteTx& tx, const Network& network, const std::vector<spreadsheet::Row>& rows,
                                   const ImportLayout& layout, const ImportVocabulary& words, Locale language,
                                   const std::string& mark, const Progress& progress) {
  if (!store::lockNetwork(tx, network.id)) throw NotFound();
  ImportPlan plan = planImport(tx, network, rows, layout, words);
  if (plan.mark() != mark || plan.additions() == 0) {
    tx.unaudited("an import that is not what was shown changes nothing");
    return std::nullopt;
  }
  std::size_t done = 0;
  for (const PlannedRow& planned : plan.rows) {
    if (planned.outcome != ImportOutcome::newPerson && planned.outcome != ImportOutcome::knownPerson) continue;
    if (!std::holds_alternative<MemberId>(addMember(tx, network, wantedOf(planned, language))))
      throw std::logic_error("an import's plan allows what adding a member does not");
    if (progress) progress(++done);
  }
  tx.audit({.action = "contacts.network.import",
            .object = "contacts.network:" + network.id.text(),
            .region = network.region,
            .detail = nlohmann::json{{"added", plan.additions()}}.dump()});
  return plan;
}

}  // namespace toimela::contacts::operations
