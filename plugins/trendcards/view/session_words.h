// What sessions are called, and where they are.
#pragma once

#include <string>

#include "domain/session.h"
#include "toimela/event_materials.h"
#include "view/words.h"

namespace toimela::trendcards::view {

/// "Piirrä ja järjestä": "trendcards.session.exercise.rank" and the like.
template <const auto& table, class T>
const std::string& sessionWord(const Words& words, std::string_view group, T value) {
  return words.text(std::string("trendcards.session.").append(group).append(".").append(table.code(value)));
}

/// "/trendcards/sessions/12", without language: for who leads it.
std::string pathOf(SessionId session);
/// "/t/KX7M4RPQ": where people come in, and where they are then.
std::string joinPath(const Session& session);
/// "/trendcards/join/KX7M4RPQ", in front of what participants do.
std::string takingPartPath(const Session& session);
/// "12.12.2026 Verkostopäivä": an event among others.
std::string datedTitle(const EventSummary& event, const Words& words);
/// "KX7M-4RPQ"
std::string shownCode(const Session& session);

}  // namespace toimela::trendcards::view
