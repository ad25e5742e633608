#include "handlers/board_demo.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "operations/telling.h"
#include "store/networks.h"
#include "store/posts.h"
#include "toimela/directory.h"

namespace toimela::contacts::handlers {

namespace {

using Json = nlohmann::json;

constexpr int kAllNetworks = 10'000;
/// Older posts have been read by all.
constexpr int kNewsDays = 7;

PersonId personOf(ReadTx& tx, const Json& name) {
  const auto email = EmailAddress::parse(name.get<std::string>() + "@example.org");
  return directory::findPerson(tx, email.value()).value().id;
}

Network networkOf(ReadTx& tx, const Json& name) {
  const auto networks = store::listNetworks(tx, {}, {.limit = kAllNetworks}, Date::today());
  for (const auto& network : networks)
    if (network.name.fi == name.get<std::string>())
      return store::findNetwork(tx, network.id).value();
  throw std::runtime_error("no example network is named " + name.get<std::string>());
}

Locale languageOf(const Json& json) {
  return parseLocale(json.at("language").get<std::string>()).value();
}

void addOne(WriteTx& tx, const Texts& texts, const Json& json) {
  const Network network = networkOf(tx, json.at("network"));
  const int daysAgo = json.at("daysAgo").get<int>();
  const Instant at = tx.time() - std::chrono::hours(24 * daysAgo);
  Post post{.network = network.id,
            .kind = parsePostKind(json.at("kind").get<std::string>()).value(),
            .title = json.at("title").get<std::string>(),
            .body = json.at("body").get<std::string>(),
            .language = languageOf(json),
            .author = personOf(tx, json.at("author")),
            .createdAt = at,
            .activeAt = at,
            .isPinned = json.value("pinned", false),
            .isAnswered = json.value("answered", false)};
  post.id = store::insertPost(tx, post);
  if (daysAgo <= kNewsDays && post.kind != PostKind::announcement)
    operations::tellOfPost(tx, texts, network, post);
  // Answers come within the day.
  auto answeredAt = at;
  for (const Json& comment : json.at("comments"))
    store::insertComment(tx, {.post = post.id,
                              .body = comment.at("body").get<std::string>(),
                              .language = languageOf(comment),
                              .author = personOf(tx, comment.at("author")),
                              .createdAt = answeredAt += std::chrono::minutes(95)});
}

}  // namespace

void loadBoardDemo(Host& host, const std::string& folder) {
  std::ifstream file(folder + "/board.json");
  const Json posts = Json::parse(file);
  host.writeAs({}, [&](WriteTx& tx) {
    for (const Json& post : posts) addOne(tx, host.texts(), post);
    tx.audit({.action = "contacts.demo.board", .object = "core.plugin:contacts"});
  });
}

}  // namespace toimela::contacts::handlers
