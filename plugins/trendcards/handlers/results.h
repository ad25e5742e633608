// Results of sessions: pages, files, and what is done with them.
#pragma once

#include <string>
#include <vector>

#include "handlers/reckonings.h"
#include "toimela/archive.h"
#include "toimela/registry.h"
#include "view/results.h"

namespace toimela::trendcards::handlers {

Response showResult(const Request& request, Host& host, Reckonings& reckonings);
Response showSharedResult(const Request& request, Host& host, Reckonings& reckonings);
Response listResults(const Request& request, Host& host);

Response shareResult(const Request& request, Host& host);
Response unshareResult(const Request& request, Host& host);
Response attachResult(const Request& request, Host& host, Reckonings& reckonings);
Response depositResult(const Request& request, Host& host, Reckonings& reckonings);
Response withdrawResult(const Request& request, Host& host);

Response apiResult(const Request& request, Host& host, Reckonings& reckonings);

/// Hands the result over to the archive as a draft, once, in the language of the words. Ask
/// Archive::takesFrom() before. Returns where it is in the archive.
std::string handOver(Host& host, std::optional<PersonId> by, Archive& archive, const view::Outcome& outcome,
                     const view::Words& words);

/// Counts sessions that are over for the needs map.
void countSessions(Host& host, const JobTurn& turn);

}  // namespace toimela::trendcards::handlers
