// What everybody who watches a session is told, as soon as it is committed.
#pragma once

#include <string>

#include "domain/session.h"
#include "toimela/data.h"

namespace toimela::trendcards::operations {

/// Topic of the participants: phase and timer, so few and small frames.
std::string topicOf(SessionId session);
/// Topic of the facilitator and the room's screen: each answer as well.
std::string roomTopicOf(SessionId session);

/// {"what": "state", "revision", "phase", "participants", "now", "until", "over"}; moments are
/// milliseconds since 1970, `until` is null while no timer runs.
std::string stateJson(const Session& session, Instant at);
/// The state in a frame, text/event-stream (WHATWG HTML, section 9.2): whoever has it needs to ask
/// nothing to show the phase and the timer.
std::string stateFrame(const Session& session, Instant at);

/// Phase, timer or end have changed. The session is read anew.
void announceState(WriteTx& tx, SessionId session);
/// The session is over: everybody is told, and nothing more.
void announceEnd(WriteTx& tx, SessionId session);
/// There is one more answer, or participant.
void announceAnswer(WriteTx& tx, SessionId session);
/// A text that a group, or everybody where there are none, goes on from.
void announceText(WriteTx& tx, SessionId session, int group);

}  // namespace toimela::trendcards::operations
