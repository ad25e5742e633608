// The participants of an event, as its organisers see them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/question.h"
#include "store/answer_files.h"
#include "store/registrations.h"
#include "toimela/table.h"
#include "view/words.h"

namespace toimela::events::view {

/// Id of the form that acts on the rows that are ticked.
inline constexpr std::string_view kTickedForm = "ticked";

/// `questions` have a column each in the file, and none on the page.
struct ParticipantColumns {
  std::vector<Session> sessions;
  std::vector<Question> questions;
  std::map<ParticipantId, std::vector<SessionId>> attended = {};  ///< workshops they were noted in
  bool isFile = false;
};
TableSpec participantTable(const Event& event, const ParticipantColumns& columns, const Words& words);
/// Those that the table asks for, in its order. `rows` are in the order of the list.
std::vector<store::ParticipantRow> select(std::vector<store::ParticipantRow> rows, const Table& table,
                                          const Words& words);
/// `rows` are those to show, `everybody` all of the event, which tells who is where in the list.
std::vector<TableRow> participantRows(const Event& event, const std::vector<store::ParticipantRow>& rows,
                                      const std::vector<store::ParticipantRow>& everybody,
                                      const ParticipantColumns& columns, const Words& words);

/// What was answered by one participant and for their registration; files as links.
std::vector<View> answersToOrganiser(const Event& event, const Participant& participant,
                                     const Registration& registration, const std::vector<Question>& questions,
                                     const std::vector<store::AnswerFile>& files, const Words& words);

std::string_view tagOf(PlaceState state);
/// The name, or that the place is held for somebody.
std::string nameOf(const Participant& participant, const Words& words);
/// Titles of the sessions that were chosen.
std::vector<std::string> sessionNames(const std::vector<SessionId>& chosen,
                                      const std::vector<Session>& sessions, Locale locale);
/// The same with commas between.
std::string joinedNames(const std::vector<SessionId>& chosen, const std::vector<Session>& sessions,
                        const Words& words);
/// Every word that was typed begins a word of the text.
bool isFound(const std::string& text, const std::string& typed);

}  // namespace toimela::events::view
