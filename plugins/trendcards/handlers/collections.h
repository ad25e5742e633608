// Cards that somebody keeps together, and shares by a link.
#pragma once

#include <vector>

#include "domain/collection.h"
#include "toimela/form.h"
#include "toimela/host.h"
#include "toimela/registry.h"
#include "view/collections.h"

namespace toimela::trendcards::handlers {

Response listCollections(const Request& request, Host& host);
Response addCollection(const Request& request, Host& host);
Response showCollection(const Request& request, Host& host);
Response renameCollection(const Request& request, Host& host);
Response shareCollection(const Request& request, Host& host);
Response removeCollection(const Request& request, Host& host);
Response restoreCollection(const Request& request, Host& host);
Response arrangeCollection(const Request& request, Host& host);
Response collectCard(const Request& request, Host& host);
Response showShared(const Request& request, Host& host);

/// What its owner types of a collection.
FormSpec collectionFields();
/// Of {collection}, which only its owner may see.
Collection ownCollection(ReadTx& tx, const Request& request);
/// In the owner's order.
std::vector<view::CollectedCard> collectedCards(ReadTx& tx, Host& host, CollectionId id);

/// Collections, and who made which deck.
PersonalData personalData();

}  // namespace toimela::trendcards::handlers
