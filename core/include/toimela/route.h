// Routes as data: what a plugin offers can be read in one list, and is checked before serving.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>
#include <vector>

#include "toimela/access.h"
#include "toimela/request.h"

namespace toimela {

class Host;

using Handler = std::function<Response(const Request&, Host&)>;

/// How often one client may call: reading, writing, or signing in and the like.
enum class RateClass { read, write, credentials };

/// A query field that narrows a list of the API, for its description.
struct QueryField {
  std::string name;
  std::string meaning;  ///< one English line
};

/// One route. Pages have patterns like "/regions/{region}/contacts" and are served under /fi, /sv
/// and /en; "/api/v1/…" speaks JSON; a pattern never has the language in it.
struct TOIMELA_API Route {
  Method method;
  std::string pattern;
  Handler handler;
  Rule rule;
  RateClass rateClass = RateClass::read;
  std::uint64_t largestBody = 0;    ///< bytes; 0 means 64 KiB for forms and nothing for GET
  bool csrfChecked = true;          ///< off only for requests that carry no cookie (documented why)
  bool isStandalone = false;        ///< answered without session or database (health, assets)
  bool isCached = false;            ///< anonymous answers are kept until data changes
  std::string summary;              ///< one English line for `toimela routes` and the API description
  std::string requestSchema;        ///< name of the schema of a JSON body, from Registry::schema
  std::string responseSchema;       ///< likewise of the answer; of one item where the route is paged
  bool isPaged = false;             ///< a list with a cursor, see toimela/paging.h
  bool isCreating = false;          ///< answers 201 with the Location of what was made
  std::vector<QueryField> queryFields;

  // What it demands; exactly one of these must be said.
  Route anyone() &&;
  Route signedIn() &&;
  Route needs(Permission permission) &&;

  /// Where the thing in the path belongs. Without it: the {region} of the path, else the nation.
  Route at(ScopeResolver resolver) &&;
  Route orOwner() &&;
  /// Holding the permission anywhere is enough; the handler narrows to the actor's scopes.
  Route anywhere() &&;
  /// Keep the answers for anonymous visitors.
  Route cached() &&;
  /// Answer even while the database is away: no session is looked up. Only with anyone().
  Route standalone() &&;
  Route rate(RateClass value) &&;
  Route accepts(std::uint64_t bytes) &&;
  Route withoutCsrf() &&;
  Route described(std::string text) &&;
  /// For routes of the API: the schemas (Registry::schema) of the body and of the answer.
  Route takes(std::string schema) &&;
  Route answers(std::string schema) &&;
  /// Like answers(), with 201 and a Location.
  Route creates(std::string schema) &&;
  /// The answer is {"items": [SCHEMA…], "next": cursor or null}; `after` and `limit` are read by
  /// Paging (toimela/paging.h).
  Route paged(std::string itemSchema) &&;
  /// A query field that the route reads.
  Route reads(std::string queryField, std::string meaning) &&;
};

TOIMELA_API Route get(std::string pattern, Handler handler);
TOIMELA_API Route post(std::string pattern, Handler handler);
TOIMELA_API Route put(std::string pattern, Handler handler);
TOIMELA_API Route patch(std::string pattern, Handler handler);
TOIMELA_API Route del(std::string pattern, Handler handler);

}  // namespace toimela
