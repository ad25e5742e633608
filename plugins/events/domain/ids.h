// Numbers of the plugin's own things.
#pragma once

#include "toimela/types.h"

namespace toimela::events {

using EventId = Id<struct EventTag>;
using SessionId = Id<struct SessionTag>;
using QuotaId = Id<struct QuotaTag>;
using RegistrationId = Id<struct RegistrationTag>;
using ParticipantId = Id<struct ParticipantTag>;
using MaterialId = Id<struct MaterialTag>;
using SeriesId = Id<struct SeriesTag>;
using InvitationId = Id<struct InvitationTag>;

}  // namespace toimela::events
