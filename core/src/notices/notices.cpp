// What the kit offers to those who have something to tell.
#include "toimela/notices.h"

#include <algorithm>

#include "notices/notice_store.h"
#include "notices/schedule.h"
#include "toimela/bookkeeping.h"

namespace toimela::notices {

std::string_view code(Pace pace) {
  switch (pace) {
    case Pace::atOnce:
      return "at_once";
    case Pace::daily:
      return "daily";
    case Pace::weekly:
      return "weekly";
    case Pace::never:
      return "never";
  }
  return {};
}

std::optional<Pace> parsePace(std::string_view text) {
  const auto found = std::ranges::find(kPaces, text, [](Pace pace) { return code(pace); });
  return found == kPaces.end() ? std::nullopt : std::optional{*found};
}

void tell(WriteTx& tx, const Notice& notice, std::span<const PersonId> recipients, bool urgent) {
  saveTopic(tx, notice.topic);
  for (const PersonId person : recipients) {
    if (person == tx.actor()) continue;
    addChoice(tx, person, notice.topic.key);
    if (paceOf(tx, person, notice.topic.key) != Pace::never) addNotice(tx, person, notice, urgent);
  }
}

Pace paceOf(ReadTx& tx, PersonId person, std::string_view topicKey) {
  return chosenPace(tx, person, topicKey).value_or(kDefaultPace);
}

void setPace(WriteTx& tx, PersonId person, const Topic& topic, Pace pace) {
  saveTopic(tx, topic);
  saveChoice(tx, person, topic.key, pace);
  if (pace == Pace::never) dropWaiting(tx, person, topic.key);
  bookkeeping(tx, "how soon somebody wants to hear of something is their own affair");
}

std::vector<PersonId> followers(ReadTx& tx, std::string_view topicKey) {
  return followersOf(tx, topicKey);
}

void leave(WriteTx& tx, PersonId person, std::string_view topicKey) {
  dropWaiting(tx, person, topicKey);
  dropChoice(tx, person, topicKey);
}

void withdraw(WriteTx& tx, std::string_view topicKey, std::string_view object) {
  dropObject(tx, topicKey, object);
}

void endTopic(WriteTx& tx, std::string_view topicKey) { dropTopic(tx, topicKey); }

}  // namespace toimela::notices
