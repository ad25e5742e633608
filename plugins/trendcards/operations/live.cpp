#include "operations/live.h"

#include <nlohmann/json.hpp>

#include "store/sessions.h"
#include "toimela/streams.h"

namespace toimela::trendcards::operations {

namespace {

std::string frame(const nlohmann::json& data) { return "data: " + data.dump() + "\n\n"; }

}  // namespace

std::string topicOf(SessionId session) { return "trendcards.session." + session.text(); }
std::string roomTopicOf(SessionId session) { return topicOf(session) + ".room"; }

std::string stateJson(const Session& session, Instant at) {
  const nlohmann::json state{{"what", "state"},
                {"revision", session.revision},
                {"phase", kPhases.code(session.phase)},
                {"participants", session.participants},
                {"now", at.time_since_epoch().count()},
                {"until", session.timerUntil ? nlohmann::json(session.timerUntil->time_since_epoch().count())
                                             : nlohmann::json()},
                {"over", session.isOver(at)}};
  return state.dump();
}

std::string stateFrame(const Session& session, Instant at) { return "data: " + stateJson(session, at) + "\n\n"; }

void announceState(WriteTx& tx, SessionId id) {
  const auto session = store::findSession(tx, id);
  if (!session) return;
  const std::string state = stateFrame(*session, tx.time());
  tx.broadcast(topicOf(id), state);
  tx.broadcast(roomTopicOf(id), state);
}

void announceEnd(WriteTx& tx, SessionId id) {
  announceState(tx, id);
  streams::end(tx, topicOf(id));
  streams::end(tx, roomTopicOf(id));
}

void announceAnswer(WriteTx& tx, SessionId id) { tx.broadcast(roomTopicOf(id), frame({{"what", "answers"}})); }

void announceText(WriteTx& tx, SessionId id, int group) {
  tx.broadcast(topicOf(id), frame({{"what", "text"}, {"group", group}}));
}

}  // namespace toimela::trendcards::operations
