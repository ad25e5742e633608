// What waits for who coordinates networks.
#pragma once

#include <string>
#include <vector>

#include "domain/member.h"
#include "domain/post.h"
#include "toimela/data.h"

namespace toimela::contacts::store {

/// A place that ends, and nobody is named yet who takes it.
struct EndingPlace {
  NetworkId network;
  LocalText networkName;
  MemberId member;
  std::string person;
  Date lastDay;
};
/// In networks that the person coordinates where the plugin is on: from today to `until`, the soonest first.
std::vector<EndingPlace> endingPlaces(ReadTx& tx, PersonId coordinator, Date today, Date until, int limit);

/// A question that nobody has marked as answered.
struct OpenQuestion {
  NetworkId network;
  LocalText networkName;
  PostId post;
  std::string title;
  Locale language;
  Instant askedAt;
};
/// On boards of networks that the person coordinates where the plugin is on, asked before `before`: the
/// oldest first.
std::vector<OpenQuestion> openQuestions(ReadTx& tx, PersonId coordinator, Instant before, int limit);

}  // namespace toimela::contacts::store
