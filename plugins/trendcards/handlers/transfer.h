// Decks in and out as files, and their texts as tables for translators.
#pragma once

#include "handlers/lately_made.h"
#include "toimela/host.h"

namespace toimela::trendcards::handlers {

Response exportDeck(const Request& request, Host& host, Parcels& parcels);
Response askImport(const Request& request, Host& host);
/// Shows what the file has, or everything that is wrong with it.
Response previewImport(const Request& request, Host& host);
Response doImport(const Request& request, Host& host);

Response exportTexts(const Request& request, Host& host);
Response askTexts(const Request& request, Host& host);
Response importTexts(const Request& request, Host& host);

}  // namespace toimela::trendcards::handlers
