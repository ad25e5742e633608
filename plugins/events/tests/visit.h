// Visitors of a gathering: pages, forms and private links.
#pragma once

#include <utility>

#include "gathering.h"
#include "operations/organising.h"
#include "store/materials.h"
#include "toimela/files.h"
#include "view/links.h"

namespace toimela::events {

using Sent = std::vector<std::pair<std::string, std::string>>;

struct Visit : Gathering {
  using Gathering::Gathering;

  static std::string page(EventId event, std::string_view rest = "") {
    return "/fi/events/" + event.text() + std::string(rest);
  }
  /// Somebody else each time, who organises events there.
  testing::Visitor organiser(RegionCode where = kPirkanmaa) {
    return site.signedIn(site.person("Oona" + (++organisers > 1 ? std::to_string(organisers) : ""), "Organisoija",
                                     {{Role::contactPerson, where, {}}}));
  }
  /// One who registers only themselves.
  static Sent alone(const std::string& name, const std::string& email, Sent more = {}) {
    Sent sent{{"key", "key-of-the-form-" + name}, {"name", name}, {"email", email},
              {"attends", "1"}, {"mode", "each"}, {"held", "0"}};
    sent.insert(sent.end(), more.begin(), more.end());
    return sent;
  }
  /// With others: their names and addresses.
  static Sent group(const std::string& name, const std::vector<std::string>& others, Sent more = {}) {
    Sent sent = alone(name, name + "@example.org", {{"count", std::to_string(others.size())}});
    for (std::size_t i = 0; i < others.size(); ++i) {
      sent.emplace_back("p" + std::to_string(i + 1) + "_name", others[i]);
      sent.emplace_back("p" + std::to_string(i + 1) + "_email", others[i] + "@example.org");
    }
    sent.insert(sent.end(), more.begin(), more.end());
    return sent;
  }
  Response send(testing::Visitor& visitor, EventId event, Sent sent) {
    return visitor.post(page(event, "/register"), std::move(sent));
  }
  Response send(EventId event, Sent sent) {
    auto visitor = site.visitor();
    return send(visitor, event, std::move(sent));
  }
  /// The registration that was made last.
  Registration latest() {
    static constexpr Sql kLatest{"test.latest", "SELECT MAX(id) FROM events_registration"};
    return host().read([](ReadTx& tx) {
      return *store::findRegistration(tx, tx.value<RegistrationId>(kLatest));
    });
  }
  Registration again(const Registration& registration) {
    return host().read([&](ReadTx& tx) { return *store::findRegistration(tx, registration.id); });
  }
  /// Address of the registration's private page.
  std::string linkOf(const Registration& registration, std::string_view rest = "") {
    return "/fi" + view::registrationPath(host(), registration) + std::string(rest);
  }
  bool isFile(FileId file) {
    return host().read([&](ReadTx& tx) { return files::find(tx, file).has_value(); });
  }
  std::vector<Material> materialsOf(EventId event) {
    return host().read([&](ReadTx& tx) { return store::materialsOf(tx, event); });
  }
  /// What was removed until then can be taken back no longer.
  void forgetBefore(EventId event, std::chrono::seconds fromNow) {
    operate([&](WriteTx& tx) { operations::forgetRemoved(tx, event, tx.time() + fromNow); });
  }
  std::vector<std::string> letters() {
    static constexpr Sql kLetters{"test.letters", "SELECT kind FROM core_letter ORDER BY id"};
    return host().read([](ReadTx& tx) { return tx.all(kLetters, [](std::string kind) { return kind; }); });
  }

  int organisers = 0;
};

}  // namespace toimela::events
