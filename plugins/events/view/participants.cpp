#include "view/participants.h"

#include <algorithm>
#include <map>

#include "operations/followup.h"
#include "toimela/words.h"
#include "view/questions.h"

namespace toimela::events::view {

namespace {

std::string sortText(const store::ParticipantRow& row, std::string_view column, const Words& words) {
  if (column == "organisation") return row.organisationName;
  if (column == "state") return words.word("state", row.participant.state);
  return nameOf(row.participant, words);
}

bool isBefore(const store::ParticipantRow& a, const store::ParticipantRow& b, std::string_view column,
              const Words& words) {
  if (column == "order") return a.participant.position < b.participant.position;
  if (column == "registered") return a.registeredAt < b.registeredAt;
  return sortsBefore(sortText(a, column, words), sortText(b, column, words), words.locale());
}

/// Where those who wait stand in the list.
std::map<ParticipantId, std::int64_t> placesInLine(const std::vector<store::ParticipantRow>& everybody) {
  std::map<ParticipantId, std::int64_t> places;
  for (const auto& row : everybody)
    if (row.participant.state == PlaceState::waiting)
      places.emplace(row.participant.id, static_cast<std::int64_t>(places.size()) + 1);
  return places;
}

bool hasWorkshops(const ParticipantColumns& columns) {
  return std::ranges::any_of(columns.sessions, &Session::isChosen);
}
bool asksMore(const ParticipantColumns& columns) {
  return std::ranges::any_of(columns.questions, &Question::isFollowUp);
}

/// A cell for every question, in their order.
void addAnswers(std::vector<TableCell>& cells, const store::ParticipantRow& row,
                const std::vector<Question>& questions, const Words& words) {
  const auto own = inWords(askedOf(questions, AskedOf::participant), row.participant.answers, words);
  const auto shared = inWords(askedOf(questions, AskedOf::registration), row.registrationAnswers, words);
  for (const Question& question : questions) {
    const auto& answers = question.askedOf == AskedOf::participant ? own : shared;
    const auto answer = std::ranges::find(answers, question.key, &AnswerInWords::key);
    cells.emplace_back(answer == answers.end() ? std::string() : answer->answer);
  }
}

}  // namespace

std::vector<View> answersToOrganiser(const Event& event, const Participant& participant,
                                     const Registration& registration, const std::vector<Question>& questions,
                                     const std::vector<store::AnswerFile>& files, const Words& words) {
  std::vector<View> rows;
  const std::string path = pathOf(event.id) + "/participants/" + participant.id.text() + "/files/";
  const auto add = [&](AskedOf who, std::optional<ParticipantId> owner, const std::string& answers) {
    for (const AnswerInWords& answer : inWords(askedOf(questions, who), answers, words)) {
      const auto file = std::ranges::find_if(files, [&](const store::AnswerFile& each) {
        return answer.isFile && each.participant == owner && each.key == answer.key;
      });
      View row;
      row.set("question", answer.question)
          .set("answer", answer.answer)
          .set("file", file == files.end() ? std::string() : words.link(path + file->file.text()));
      rows.push_back(std::move(row));
    }
  };
  add(AskedOf::participant, participant.id, participant.answers);
  add(AskedOf::registration, std::nullopt, registration.answers);
  return rows;
}

std::string_view tagOf(PlaceState state) {
  switch (state) {
    case PlaceState::confirmed: return "tag tag--ok";
    case PlaceState::pending:
    case PlaceState::waiting:
    case PlaceState::offered: return "tag tag--warn";
    default: return "tag tag--off";
  }
}

std::string nameOf(const Participant& participant, const Words& words) {
  return participant.name.empty() ? words.text("events.participant.unnamed") : participant.name;
}

std::vector<std::string> sessionNames(const std::vector<SessionId>& chosen,
                                      const std::vector<Session>& sessions, Locale locale) {
  std::vector<std::string> names;
  for (const Session& session : sessions)
    if (std::ranges::find(chosen, session.id) != chosen.end())
      names.push_back(session.title.pick(locale).text);
  return names;
}

std::string joinedNames(const std::vector<SessionId>& chosen, const std::vector<Session>& sessions,
                        const Words& words) {
  std::string joined;
  for (const std::string& name : sessionNames(chosen, sessions, words.locale()))
    joined.append(joined.empty() ? "" : ", ").append(name);
  return joined;
}

bool isFound(const std::string& text, const std::string& typed) {
  if (typed.empty()) return true;
  const auto words = words::fold(text);
  const auto asked = words::fold(typed);
  return !asked.empty() && std::ranges::all_of(asked, [&](const std::string& word) {
    return std::ranges::any_of(words, [&](const std::string& each) { return each.starts_with(word); });
  });
}

TableSpec participantTable(const Event& event, const ParticipantColumns& columns, const Words& words) {
  TableSpec spec{.id = "participants",
                 .path = pathOf(event.id) + "/participants",
                 .captionKey = "events.participants.caption",
                 .searchKey = "events.participants.search",
                 .columns = {TableColumn::text("name", "events.participant.name").sorts().heads(),
                             TableColumn::text("organisation", "events.participant.organisation").sorts(),
                             TableColumn::text("state", "events.participant.state").sorts(),
                             TableColumn::number("order", "events.participant.order").sorts()},
                 .sort = "order",
                 .emptyKey = "events.participants.empty",
                 .emptyTextKey = "events.participants.empty_text",
                 .rowsAPage = 50,
                 .tickedInto = std::string(kTickedForm)};
  TableFilter states{"state", "events.participant.state", "events.participants.every_state", {}};
  for (const PlaceState state : kPlaceStates)
    states.choices.push_back({std::string(code(state)), "events.state." + std::string(code(state))});
  spec.filters.push_back(std::move(states));
  TableFilter chosen{"session", "events.participant.sessions", "events.participants.every_session", {}};
  for (const Session& session : columns.sessions)
    if (session.isChosen)
      chosen.choices.push_back({session.id.text(), session.title.pick(words.locale()).text, true});
  if (!chosen.choices.empty()) {
    spec.filters.push_back(std::move(chosen));
    spec.columns.push_back(TableColumn::text("sessions", "events.participant.sessions"));
  }
  spec.columns.push_back(TableColumn::text("email", "events.participant.email"));
  spec.columns.push_back(TableColumn::text("registrant", "events.participant.registrant"));
  spec.columns.push_back(TableColumn::text("registered", "events.participant.registered").sorts());
  spec.columns.push_back(TableColumn::text("attended", "events.participant.attended"));
  if (hasWorkshops(columns))
    spec.columns.push_back(TableColumn::text("attended_sessions", "events.participant.attended_sessions"));
  if (asksMore(columns)) {
    spec.filters.push_back({"followup", "events.followup.column", "events.followup.everybody",
                            {{"owes", "events.followup.owes"}, {"given", "events.followup.given"}}});
    spec.columns.push_back(TableColumn::text("followup", "events.followup.column"));
  }
  if (columns.isFile)
    for (const Question& question : columns.questions) {
      spec.columns.push_back(TableColumn::text("q_" + question.key, ""));
      spec.columns.back().label = question.label.pick(words.locale()).text;
    }
  return spec;
}

std::vector<store::ParticipantRow> select(std::vector<store::ParticipantRow> rows, const Table& table,
                                          const Words& words) {
  const std::string& state = table.filter("state");
  const auto session = parseId(table.filter("session"));
  std::erase_if(rows, [&](const store::ParticipantRow& row) {
    const Participant& p = row.participant;
    if (!state.empty() && state != code(p.state)) return true;
    if (table.filter("followup") == "owes" && !operations::owesFollowUp(p)) return true;
    if (table.filter("followup") == "given" && !p.followUpAt) return true;
    if (session && std::ranges::find(p.sessions, SessionId{*session}) == p.sessions.end()) return true;
    return !isFound(p.name + " " + row.organisationName + " " + row.registrantName + " " +
                        (p.email ? p.email->text() : row.registrantEmail),
                    table.words());
  });
  std::ranges::stable_sort(rows, [&](const auto& a, const auto& b) {
    return table.isDescending() ? isBefore(b, a, table.sort(), words) : isBefore(a, b, table.sort(), words);
  });
  return rows;
}

std::vector<TableRow> participantRows(const Event& event, const std::vector<store::ParticipantRow>& rows,
                                      const std::vector<store::ParticipantRow>& everybody,
                                      const ParticipantColumns& columns, const Words& words) {
  const auto line = placesInLine(everybody);
  const auto& sessions = columns.sessions;
  std::vector<TableRow> result;
  for (const store::ParticipantRow& row : rows) {
    const Participant& p = row.participant;
    const auto place = line.find(p.id);
    std::vector<TableCell> cells{
        TableCell(nameOf(p, words)).linked(words.link(pathOf(event.id) + "/participants/" + p.id.text())),
        row.organisationName,
        TableCell(words.word("state", p.state)).tagged(std::string(tagOf(p.state))),
        place == line.end() ? spreadsheet::Cell() : spreadsheet::Cell(place->second)};
    if (hasWorkshops(columns)) cells.push_back(TableCell::ofLines(sessionNames(p.sessions, sessions, words.locale())));
    cells.emplace_back(p.email ? p.email->text() : std::string());
    cells.emplace_back(row.registrantName);
    cells.emplace_back(spreadsheet::Cell(row.registeredAt));
    cells.emplace_back(p.attendedAt ? spreadsheet::Cell(*p.attendedAt) : spreadsheet::Cell());
    if (hasWorkshops(columns)) {
      const auto attended = columns.attended.find(p.id);
      cells.push_back(TableCell::ofLines(attended == columns.attended.end()
                                             ? std::vector<std::string>()
                                             : sessionNames(attended->second, sessions, words.locale())));
    }
    if (asksMore(columns))
      cells.push_back(p.followUpAt                   ? TableCell(spreadsheet::Cell(*p.followUpAt))
                      : operations::owesFollowUp(p) ? TableCell(words.text("events.followup.owes")).tagged("tag tag--warn")
                                                     : TableCell(std::string()));
    if (columns.isFile) addAnswers(cells, row, columns.questions, words);
    result.push_back({std::move(cells), p.id.text()});
  }
  return result;
}

}  // namespace toimela::events::view
