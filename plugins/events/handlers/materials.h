// Materials of an event: organisers keep them, those who may see them take them along.
#pragma once

#include <vector>

#include "domain/ids.h"
#include "toimela/host.h"
#include "view/materials.h"

namespace toimela::events::handlers {

/// Everything there is to take home from the event, with what is known of its files.
std::vector<view::ShownMaterial> readMaterials(ReadTx& tx, EventId event);

Response listMaterials(const Request& request, Host& host);
Response newMaterial(const Request& request, Host& host);
Response addMaterial(const Request& request, Host& host);
Response editMaterial(const Request& request, Host& host);
Response saveMaterial(const Request& request, Host& host);
Response removeMaterial(const Request& request, Host& host);
Response mailMaterials(const Request& request, Host& host);

/// A file of an event, for whoever may see it on the event's page.
Response sendMaterial(const Request& request, Host& host);
/// The materials of one who has a place, by the link in their letter.
Response showParticipantsMaterials(const Request& request, Host& host);
Response sendParticipantsMaterial(const Request& request, Host& host);

}  // namespace toimela::events::handlers
