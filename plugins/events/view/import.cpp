#include "view/import.h"

#include <algorithm>

#include "toimela/spreadsheet.h"
#include "toimela/wording.h"
#include "view/refusals.h"

namespace toimela::events::view {

namespace {

using operations::PlannedRow;
using operations::Refusal;
using operations::Registered;

// A browser shows so many rows at ease.
constexpr std::size_t kMostShown = 500;

std::string columnKey(ImportColumn column) { return "events.import.column." + std::string(code(column)); }

enum class Fate { place, waits, repeated, wrong };

Fate fateOf(const PlannedRow& planned) {
  const auto* registered = planned.outcome ? std::get_if<Registered>(&*planned.outcome) : nullptr;
  if (!registered) return Fate::wrong;
  if (registered->isRepeated) return Fate::repeated;
  return registered->registration.participants.front().state == PlaceState::confirmed ? Fate::place : Fate::waits;
}

std::string_view code(Fate fate) {
  switch (fate) {
    case Fate::place: return "place";
    case Fate::waits: return "waits";
    case Fate::repeated: return "repeated";
    case Fate::wrong: return "wrong";
  }
  return "";
}

const char* tagOf(Fate fate) {
  switch (fate) {
    case Fate::place: return "tag tag--ok";
    case Fate::repeated: return "tag tag--off";
    default: return "tag tag--warn";
  }
}

std::vector<View> faultsOf(const PlannedRow& planned, const Words& words) {
  std::vector<View> faults;
  const auto add = [&](std::string_view key) {
    View fault;
    fault.set("fault", words.text(key));
    faults.push_back(std::move(fault));
  };
  for (const ImportFault fault : planned.row.faults) add("events.import.fault." + std::string(events::code(fault)));
  if (const auto* refusal = planned.outcome ? std::get_if<Refusal>(&*planned.outcome) : nullptr) add(keyOf(*refusal));
  return faults;
}

View rowView(const PlannedRow& planned, const Words& words) {
  const Fate fate = fateOf(planned);
  const auto* registered = planned.outcome ? std::get_if<Registered>(&*planned.outcome) : nullptr;
  View view;
  view.set("number", planned.row.number)
      .set("outcome", words.text("events.import.fate." + std::string(code(fate))))
      .set("tag", tagOf(fate))
      .set("name", planned.row.name)
      .set("email", planned.row.email)
      .set("organisation", planned.row.organisation)
      .flag("is_unknown", registered && !planned.row.organisation.empty() && !registered->registration.organisation)
      .set("workshops", planned.row.workshops);
  setList(view, "faults", faultsOf(planned, words));
  return view;
}

}  // namespace

ImportTerms importTerms(const std::vector<Session>& sessions, const std::vector<Question>& questions,
                        bool needsSector, const Texts& texts) {
  ImportTerms terms;
  terms.needsSector = needsSector;
  for (const ImportColumn column : kImportColumns) {
    terms.columns.emplace(events::code(column), column);
    for (const Locale locale : kLocales) terms.columns.emplace(foldedText(texts.get(locale, columnKey(column))), column);
  }
  for (const Sector sector : kSectors) {
    const std::string name(toimela::code(sector));
    terms.sectors.emplace(name, sector);
    for (const Locale locale : kLocales)
      terms.sectors.emplace(foldedText(texts.get(locale, "directory.sector." + name)), sector);
  }
  for (const Session& session : sessions)
    for (const Locale locale : kLocales)
      if (session.isChosen && !session.title.in(locale).empty())
        terms.workshops.emplace(foldedText(session.title.in(locale)), session.id);
  for (const Question& question : questions) {
    if (question.askedOf != AskedOf::participant || question.isFollowUp) continue;
    terms.asked.push_back(question);
    terms.questions.emplace(foldedText(question.key), question.key);
    for (const Locale locale : kLocales)
      if (!question.label.in(locale).empty())
        terms.questions.emplace(foldedText(question.label.in(locale)), question.key);
  }
  return terms;
}

FormSpec importFields() {
  return {Field::file("file", "events.import.file", ".xlsx,.csv").required().hint("events.import.file_hint"),
          Field::text("reason", "events.organise.reason").hint("events.organise.reason_hint").longest(500).required()};
}

void showImportPlan(View& view, const operations::ImportPlan& plan, const ImportTicket& ticket, const Words& words) {
  std::map<Fate, std::int64_t> counts;
  for (const PlannedRow& planned : plan.rows) ++counts[fateOf(planned)];
  std::vector<View> rows;
  // What is wrong comes first: it is what the reader has to do something about.
  for (const bool wrong : {true, false})
    for (const PlannedRow& planned : plan.rows)
      if ((fateOf(planned) == Fate::wrong) == wrong && rows.size() < kMostShown) rows.push_back(rowView(planned, words));
  const std::int64_t additions = counts[Fate::place] + counts[Fate::waits];
  view.set("file_name", ticket.name)
      .set("stored_name", ticket.storedName)
      .set("key", ticket.key)
      .set("reason", ticket.reason)
      .set("mark", plan.mark())
      .flag("is_stale", ticket.isStale)
      .flag("has_additions", additions > 0)
      .set("submit", words.count("events.import.submit", additions))
      .set("left_out", plan.rows.size() > kMostShown
                           ? words.count("events.import.more_rows", static_cast<std::int64_t>(plan.rows.size() - kMostShown))
                           : std::string());
  for (const Fate fate : {Fate::place, Fate::waits, Fate::repeated, Fate::wrong})
    view.set("count_" + std::string(code(fate)), counts[fate]);
  view.list("rows", std::move(rows));
}

std::string importExample(const Event& event, const ImportTerms& terms, const std::vector<Session>& sessions,
                          const Words& words) {
  std::vector<std::string> header;
  for (const ImportColumn column : kImportColumns) header.push_back(words.text(columnKey(column)));
  for (const Question& question : terms.asked)
    if (question.kind != QuestionKind::file) header.push_back(question.label.pick(words.locale()).text);
  spreadsheet::Writer writer(spreadsheet::Format::xlsx, words.text("events.tab.participants"), header);
  const auto workshop = std::ranges::find_if(sessions, &Session::isChosen);
  std::vector<spreadsheet::Cell> cells{words.text("events.import.example.name"), std::string("aino.esimerkki@example.org"),
                                       words.text("events.import.example.organisation"),
                                       words.text("directory.sector.association"),
                                       workshop == sessions.end() ? std::string()
                                                                  : workshop->title.pick(words.locale()).text};
  writer.row(cells);
  std::vector<std::string> sentences{
      words.format("events.import.instruction.event", {{"event", event.title.pick(words.locale()).text}})};
  for (const char* sentence : {"row", "email", "organisation", "workshops", "answers", "places"})
    sentences.push_back(words.text("events.import.instruction." + std::string(sentence)));
  writer.page(words.text("events.import.instructions"), sentences);
  return writer.finish();
}

}  // namespace toimela::events::view
