// The participants of an event, as its organisers see them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "store/registrations.h"
#include "toimela/table.h"
#include "view/words.h"

namespace toimela::events::view {

/// Id of the form that acts on the rows that are ticked.
inline constexpr std::string_view kTickedForm = "ticked";

TableSpec participantTable(const Event& event, const std::vector<Session>& sessions, const Words& words);
/// Those that the table asks for, in its order. `rows` are in the order of the list.
std::vector<store::ParticipantRow> select(std::vector<store::ParticipantRow> rows, const Table& table,
                                          const Words& words);
/// `rows` are those to show, `everybody` all of the event, which tells who is where in the list.
std::vector<TableRow> participantRows(const Event& event, const std::vector<store::ParticipantRow>& rows,
                                      const std::vector<store::ParticipantRow>& everybody,
                                      const std::vector<Session>& sessions, const Words& words);

std::string_view tagOf(PlaceState state);
/// The name, or that the place is held for somebody.
std::string nameOf(const Participant& participant, const Words& words);
/// Titles of the sessions that were chosen.
std::vector<std::string> sessionNames(const std::vector<SessionId>& chosen,
                                      const std::vector<Session>& sessions, Locale locale);
/// Every word that was typed begins a word of the text.
bool isFound(const std::string& text, const std::string& typed);

}  // namespace toimela::events::view
