// Notices: what happened in something that a person follows, gathered into digests as each chooses.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "toimela/data.h"
#include "toimela/types.h"

namespace toimela::notices {

/// How soon a person wants to hear of a topic.
enum class Pace { atOnce, daily, weekly, never };
inline constexpr std::array kPaces{Pace::atOnce, Pace::daily, Pace::weekly, Pace::never};
TOIMELA_API std::string_view code(Pace pace);  ///< "at_once"
TOIMELA_API std::optional<Pace> parsePace(std::string_view code);

/// What one can follow; the pace is chosen for each topic.
struct Topic {
  std::string key;        ///< "contacts.network:12": the plugin's name, a dot, and its own mark
  LocalText name;
  std::string path;       ///< its page, without language
  std::optional<RegionCode> region;  ///< nothing is told while the plugin is off there
};

struct Notice {
  Topic topic;
  LocalText title;        ///< one line: "Tip: how we found the young"
  std::string path;       ///< where to read it
  std::string object;     ///< "contacts.post:7"; a later notice of the same object replaces an unsent one
};

/// Writes the notice for each recipient but the one who acts. `urgent` (an announcement) is mailed at
/// once to all who have not switched the topic off. In the transaction of what happened.
TOIMELA_API void tell(WriteTx& tx, const Notice& notice, std::span<const PersonId> recipients, bool urgent = false);

/// What the person chose for the topic; weekly when they chose nothing.
TOIMELA_API Pace paceOf(ReadTx& tx, PersonId person, std::string_view topicKey);
TOIMELA_API void setPace(WriteTx& tx, PersonId person, const Topic& topic, Pace pace);
/// Those who have been told of the topic, or chose a pace for it.
TOIMELA_API std::vector<PersonId> followers(ReadTx& tx, std::string_view topicKey);
/// Forgets what is unsent and chosen of a topic for somebody who has no part in it any more.
TOIMELA_API void leave(WriteTx& tx, PersonId person, std::string_view topicKey);
/// Takes back what is unsent of an object that is no more.
TOIMELA_API void withdraw(WriteTx& tx, std::string_view topicKey, std::string_view object);
/// Forgets what is unsent and chosen of a topic that is no more.
TOIMELA_API void endTopic(WriteTx& tx, std::string_view topicKey);

}  // namespace toimela::notices
