// For tests of core and plugins: fresh databases, and a whole site without a socket.
//
//   TEST_CASE("a stranger sees the networks of a region") {
//     for (const auto& database : testing::databases()) {
//       testing::Site site(database);
//       auto page = site.visitor().get("/fi/regions/pirkanmaa/contacts");
//       CHECK(page.status == 200);
//     }
//   }
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "toimela/access.h"
#include "toimela/host.h"
#include "toimela/http.h"

namespace toimela::testing {

/// A fresh, empty database; gone with the last copy of this object.
struct FreshDatabase {
  std::string name;  ///< "sqlite" or "postgresql"
  std::string url;
  std::shared_ptr<void> lifetime;
};

/// One of each kind: SQLite always, PostgreSQL when TOIMELA_TEST_POSTGRESQL gives a server (which
/// scripts/test always does).
std::vector<FreshDatabase> databases();

class Site;

/// Somebody with a browser: keeps the session, sends form tokens and Origin.
class Visitor {
 public:
  Response get(std::string path);
  Response post(std::string path, std::vector<std::pair<std::string, std::string>> fields = {});
  /// Any request as it stands, with this visitor's cookies.
  Response send(Method method, std::string target, Headers headers, std::string body);
  /// The token a form of this visitor would carry.
  std::string csrf() const;

 private:
  friend class Site;
  Visitor(Site& site, std::string session) : site_(&site), session_(std::move(session)) {}
  Site* site_;
  std::string session_;
  std::map<std::string, std::string> cookies_;
};

/// A whole host on a database: migrated, with regions, and with the plugins of the build tree.
class Site {
 public:
  explicit Site(const FreshDatabase& database);
  ~Site();

  /// The host as the plugin's handlers get it.
  Host& host(std::string_view plugin);
  Visitor visitor();
  Visitor signedIn(PersonId person);

  PersonId person(std::string givenName, std::string familyName, std::vector<Grant> grants = {});
  OrganisationId organisation(std::string name, std::string_view regionCode);
  /// Switches the plugin in a region as a regional administrator would.
  void switchPlugin(std::string_view plugin, std::string_view regionCode, bool enabled);

  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// The body of an answer as text.
std::string bodyOf(const Response& response);

}  // namespace toimela::testing
