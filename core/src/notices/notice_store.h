// Topics, choices and unsent notices: the only place with SQL on core_notice….
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notices/schedule.h"
#include "toimela/data.h"
#include "toimela/notices.h"

namespace toimela::notices {

/// Who tells of it: the part of its key before the dot.
std::string_view pluginOf(const Topic& topic);

/// A notice that has not been mailed yet.
struct Waiting {
  std::int64_t id;
  Topic topic;
  LocalText title;
  std::string path;
  bool urgent;
  Instant at;
};

void saveTopic(WriteTx& tx, const Topic& topic);
/// Notes that the person has the topic, without changing what they chose of it.
void addChoice(WriteTx& tx, PersonId person, std::string_view topic);
std::optional<Pace> chosenPace(ReadTx& tx, PersonId person, std::string_view topic);
void saveChoice(WriteTx& tx, PersonId person, std::string_view topic, Pace pace);
void addNotice(WriteTx& tx, PersonId person, const Notice& notice, bool urgent);

/// By id.
std::vector<PersonId> followersOf(ReadTx& tx, std::string_view topic);
void dropChoice(WriteTx& tx, PersonId person, std::string_view topic);

/// What the person has, with the pace of each, by topic.
struct Chosen {
  Topic topic;
  Pace pace;
};
std::vector<Chosen> choicesOf(ReadTx& tx, PersonId person);

/// People for whom something is due, by id after `after`. Closed and erased accounts get nothing.
std::vector<PersonId> peopleWithDue(ReadTx& tx, const DueUntil& due, PersonId after, int limit);
/// What is due for a person, the newest first.
std::vector<Waiting> dueNotices(ReadTx& tx, PersonId person, const DueUntil& due);
/// All that waits for a person, due or not.
std::vector<Waiting> waitingOf(ReadTx& tx, PersonId person);
/// Takes the notice away; false when it is not there any more as it was read.
bool take(WriteTx& tx, const Waiting& notice);
void dropWaiting(WriteTx& tx, PersonId person, std::string_view topic);
void dropObject(WriteTx& tx, std::string_view topic, std::string_view object);
void dropTopic(WriteTx& tx, std::string_view topic);
void dropPerson(WriteTx& tx, PersonId person);

/// What the link in a mail stands for.
struct Link {
  PersonId person;
  std::vector<std::string> topics;
};
void addLink(WriteTx& tx, std::string_view token, const Link& link);
std::optional<Link> findLink(ReadTx& tx, std::string_view token);
/// Links and waiting notices that are older than anybody will ask for.
void sweep(WriteTx& tx, Instant linksBefore, Instant noticesBefore);

}  // namespace toimela::notices
