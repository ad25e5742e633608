// The event or registration that a path names, if the one who asks may see it.
#pragma once

#include "domain/event.h"
#include "domain/registration.h"
#include "toimela/host.h"

namespace toimela::events::handlers {

/// An event that the one who asks may read about; throws NotFound for all others. Whoever may organise
/// it sees it as a draft too.
Event requireVisibleEvent(ReadTx& tx, const Request& request, Host& host);
bool organises(ReadTx& tx, const Request& request, Host& host, const Event& event);
/// May they say whose event it is? Those whom it is shared with may not.
bool owns(const Request& request, Host& host, const Event& event);
/// May the one who asks read about the event?
bool maySee(ReadTx& tx, const Request& request, Host& host, const Event& event);
/// Likewise where events are listed: those who are invited by a link find them by the link only.
bool isListed(ReadTx& tx, const Request& request, Host& host, const Event& event);

/// Has the one who asks a place in the event, as far as signing in tells?
bool takesPart(ReadTx& tx, const Request& request, EventId event);

/// What a private link opens; throws NotFound when it is wrong or the registration was erased.
struct OpenRegistration {
  Event event;
  Registration registration;
};
OpenRegistration openRegistration(ReadTx& tx, const Request& request, Host& host);
/// The participant that the path names in it.
const Participant& requireParticipant(const Request& request, const Registration& registration);

}  // namespace toimela::events::handlers
