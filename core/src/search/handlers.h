// The pages of the search room.
#pragma once

#include "toimela/route.h"

namespace toimela::search {

Response showResults(const Request& request, Host& host);
/// Titles for what is being typed, as a JSON list of texts.
Response suggestTitles(const Request& request, Host& host);
Response apiResults(const Request& request, Host& host);
Response apiSuggestions(const Request& request, Host& host);

}  // namespace toimela::search
