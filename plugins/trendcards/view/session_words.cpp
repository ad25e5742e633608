#include "view/session_words.h"

namespace toimela::trendcards::view {

std::string pathOf(SessionId session) { return "/trendcards/sessions/" + session.text(); }
std::string joinPath(const Session& session) { return "/t/" + session.code; }
std::string takingPartPath(const Session& session) { return "/trendcards/join/" + session.code; }
std::string shownCode(const Session& session) {
  const auto code = JoinCode::parse(session.code);
  return code ? code->shown() : session.code;
}

std::string datedTitle(const EventSummary& event, const Words& words) {
  return showDate(Date::of(event.begins), words.locale()) + " " + words.pick(event.title);
}

}  // namespace toimela::trendcards::view
