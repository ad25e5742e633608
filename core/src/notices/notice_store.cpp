#include "notices/notice_store.h"

#include "access/passwords.h"

namespace toimela {

template <>
struct Stored<notices::Pace> {
  static constexpr ColumnType type = ColumnType::text;
  static Value to(notices::Pace pace) { return std::string(notices::code(pace)); }
  static notices::Pace from(Value&& value) {
    auto pace = notices::parsePace(std::get<std::string>(value));
    if (!pace) throw DatabaseError("a stored pace of notices is unknown");
    return *pace;
  }
};

}  // namespace toimela

namespace toimela::notices {

namespace {

constexpr Sql kSaveTopic{
    "notices.topic.save",
    "INSERT INTO core_notice_topic (key, name_fi, name_sv, name_en, path, region) "
    "VALUES (:key, :name_fi, :name_sv, :name_en, :path, :region) ON CONFLICT (key) DO UPDATE SET "
    "name_fi = excluded.name_fi, name_sv = excluded.name_sv, name_en = excluded.name_en, "
    "path = excluded.path, region = excluded.region"};
constexpr Sql kAddChoice{
    "notices.choice.add",
    "INSERT INTO core_notice_choice (person_id, topic, pace) "
    "VALUES (:person, :topic, :pace) ON CONFLICT (person_id, topic) DO NOTHING"};
constexpr Sql kSaveChoice{"notices.choice.save",
                          "INSERT INTO core_notice_choice (person_id, topic, pace) "
                          "VALUES (:person, :topic, :pace) ON CONFLICT (person_id, topic) "
                          "DO UPDATE SET pace = excluded.pace"};
constexpr Sql kPace{"notices.choice.pace",
                    "SELECT pace FROM core_notice_choice "
                    "WHERE person_id = :person AND topic = :topic"};
constexpr Sql kChoices{"notices.choice.of_person",
                       "SELECT t.key, t.name_fi, t.name_sv, t.name_en, t.path, t.region, c.pace "
                       "FROM core_notice_choice c JOIN core_notice_topic t ON t.key = c.topic "
                       "WHERE c.person_id = :person ORDER BY t.name_fi, t.key"};

constexpr Sql kFollowers{"notices.choice.followers",
                         "SELECT person_id FROM core_notice_choice WHERE topic = :topic "
                         "ORDER BY person_id"};
constexpr Sql kDropChoice{"notices.choice.drop",
                          "DELETE FROM core_notice_choice "
                          "WHERE person_id = :person AND topic = :topic"};
constexpr Sql kAddNotice{
    "notices.notice.add",
    "INSERT INTO core_notice (person_id, topic, object, title_fi, title_sv, title_en, path, "
    "urgent, since, at) VALUES (:person, :topic, :object, :title_fi, :title_sv, :title_en, :path, "
    ":urgent, :at, :at) ON CONFLICT (person_id, topic, object) DO UPDATE SET "
    "title_fi = excluded.title_fi, title_sv = excluded.title_sv, title_en = excluded.title_en, "
    "path = excluded.path, at = excluded.at, "
    "urgent = CASE WHEN excluded.urgent = 1 THEN 1 ELSE core_notice.urgent END"};

// An urgent notice waits for nothing but the job.
#define IS_DUE                                                                             \
  "n.since <= CASE WHEN n.urgent = 1 OR c.pace = 'at_once' THEN CAST(:at_once AS BIGINT) " \
  "WHEN c.pace = 'daily' THEN CAST(:daily AS BIGINT) "                                     \
  "WHEN c.pace = 'weekly' THEN CAST(:weekly AS BIGINT) ELSE 0 END "
#define FROM_NOTICES                                                \
  "FROM core_notice n JOIN core_notice_topic t ON t.key = n.topic " \
  "JOIN core_notice_choice c ON c.person_id = n.person_id AND c.topic = n.topic "
#define SELECT_WAITING                                                      \
  "SELECT n.id, t.key, t.name_fi, t.name_sv, t.name_en, t.path, t.region, " \
  "n.title_fi, n.title_sv, n.title_en, n.path, n.urgent, n.at " FROM_NOTICES

constexpr Sql kPeople{"notices.notice.people",
                      "SELECT DISTINCT n.person_id " FROM_NOTICES
                      "JOIN core_person p ON p.id = n.person_id WHERE " IS_DUE
                      "AND p.disabled_at IS NULL AND p.erased_at IS NULL "
                      "AND n.person_id > :after ORDER BY n.person_id LIMIT :limit"};
constexpr Sql kDue{"notices.notice.due", SELECT_WAITING
                   "WHERE " IS_DUE "AND n.person_id = :person ORDER BY n.at DESC, n.id DESC"};
constexpr Sql kWaiting{"notices.notice.waiting",
                       SELECT_WAITING "WHERE n.person_id = :person ORDER BY n.at DESC, n.id DESC"};

#undef IS_DUE
#undef FROM_NOTICES
#undef SELECT_WAITING

constexpr Sql kTake{"notices.notice.take", "DELETE FROM core_notice WHERE id = :id AND at = :at"};
constexpr Sql kDropWaiting{"notices.notice.drop",
                           "DELETE FROM core_notice WHERE person_id = :person AND topic = :topic"};
constexpr Sql kDropObject{"notices.notice.drop_object",
                          "DELETE FROM core_notice WHERE topic = :topic AND object = :object"};
constexpr Sql kDropTopicNotices{"notices.notice.drop_topic",
                                "DELETE FROM core_notice WHERE topic = :topic"};
constexpr Sql kDropTopicChoices{"notices.choice.drop_topic",
                                "DELETE FROM core_notice_choice WHERE topic = :topic"};
constexpr Sql kDropTopic{"notices.topic.drop", "DELETE FROM core_notice_topic WHERE key = :key"};
constexpr Sql kDropPersonNotices{"notices.notice.drop_person",
                                 "DELETE FROM core_notice WHERE person_id = :person"};
constexpr Sql kDropPersonChoices{"notices.choice.drop_person",
                                 "DELETE FROM core_notice_choice WHERE person_id = :person"};
constexpr Sql kDropPersonLinks{"notices.link.drop_person",
                               "DELETE FROM core_notice_link WHERE person_id = :person"};

constexpr Sql kAddLink{"notices.link.add",
                       "INSERT INTO core_notice_link (token_hash, person_id, topics, created_at) "
                       "VALUES (:token_hash, :person, :topics, :created_at)"};
constexpr Sql kFindLink{"notices.link.find",
                        "SELECT person_id, topics FROM core_notice_link "
                        "WHERE token_hash = :token_hash"};
constexpr Sql kSweepLinks{"notices.link.sweep",
                          "DELETE FROM core_notice_link WHERE created_at < :before"};
constexpr Sql kSweepNotices{"notices.notice.sweep", "DELETE FROM core_notice WHERE at < :before"};

Topic toTopic(std::string key, std::string nameFi, std::string nameSv, std::string nameEn,
              std::string path, std::optional<RegionCode> region) {
  return {.key = std::move(key),
          .name = {std::move(nameFi), std::move(nameSv), std::move(nameEn)},
          .path = std::move(path),
          .region = region};
}

Waiting toWaiting(std::int64_t id, std::string key, std::string nameFi, std::string nameSv,
                  std::string nameEn, std::string topicPath, std::optional<RegionCode> region,
                  std::string titleFi, std::string titleSv, std::string titleEn, std::string path,
                  bool urgent, Instant at) {
  return {.id = id,
          .topic = toTopic(std::move(key), std::move(nameFi), std::move(nameSv), std::move(nameEn),
                           std::move(topicPath), region),
          .title = {std::move(titleFi), std::move(titleSv), std::move(titleEn)},
          .path = std::move(path),
          .urgent = urgent,
          .at = at};
}

Chosen toChosen(std::string key, std::string nameFi, std::string nameSv, std::string nameEn,
                std::string path, std::optional<RegionCode> region, Pace pace) {
  return {toTopic(std::move(key), std::move(nameFi), std::move(nameSv), std::move(nameEn),
                  std::move(path), region),
          pace};
}

Link toLink(PersonId person, std::string topics) {
  Link link{person, {}};
  for (std::size_t from = 0; from < topics.size();) {
    const auto end = std::min(topics.find('\n', from), topics.size());
    link.topics.push_back(topics.substr(from, end - from));
    from = end + 1;
  }
  return link;
}

}  // namespace

std::string_view pluginOf(const Topic& topic) {
  return std::string_view(topic.key).substr(0, topic.key.find('.'));
}

void saveTopic(WriteTx& tx, const Topic& topic) {
  tx.run(kSaveTopic, topic.key, topic.name.fi, topic.name.sv, topic.name.en, topic.path,
         topic.region);
}

void addChoice(WriteTx& tx, PersonId person, std::string_view topic) {
  tx.run(kAddChoice, person, topic, kDefaultPace);
}

std::vector<PersonId> followersOf(ReadTx& tx, std::string_view topic) {
  return tx.all(kFollowers, [](PersonId person) { return person; }, topic);
}

void dropChoice(WriteTx& tx, PersonId person, std::string_view topic) {
  tx.run(kDropChoice, person, topic);
}

std::optional<Pace> chosenPace(ReadTx& tx, PersonId person, std::string_view topic) {
  return tx.first(
      kPace, [](Pace pace) { return pace; }, person, topic);
}

void saveChoice(WriteTx& tx, PersonId person, std::string_view topic, Pace pace) {
  tx.run(kSaveChoice, person, topic, pace);
}

void addNotice(WriteTx& tx, PersonId person, const Notice& notice, bool urgent) {
  tx.run(kAddNotice, person, notice.topic.key, notice.object, notice.title.fi, notice.title.sv,
         notice.title.en, notice.path, urgent, tx.time());
}

std::vector<Chosen> choicesOf(ReadTx& tx, PersonId person) {
  return tx.all(kChoices, toChosen, person);
}

std::vector<PersonId> peopleWithDue(ReadTx& tx, const DueUntil& due, PersonId after, int limit) {
  return tx.all(
      kPeople, [](PersonId person) { return person; }, due.atOnce, due.daily, due.weekly, after,
      limit);
}

std::vector<Waiting> dueNotices(ReadTx& tx, PersonId person, const DueUntil& due) {
  return tx.all(kDue, toWaiting, due.atOnce, due.daily, due.weekly, person);
}

std::vector<Waiting> waitingOf(ReadTx& tx, PersonId person) {
  return tx.all(kWaiting, toWaiting, person);
}

bool take(WriteTx& tx, const Waiting& notice) { return tx.run(kTake, notice.id, notice.at) == 1; }

void dropWaiting(WriteTx& tx, PersonId person, std::string_view topic) {
  tx.run(kDropWaiting, person, topic);
}

void dropObject(WriteTx& tx, std::string_view topic, std::string_view object) {
  tx.run(kDropObject, topic, object);
}

void dropTopic(WriteTx& tx, std::string_view topic) {
  for (const Sql* sql : {&kDropTopicNotices, &kDropTopicChoices, &kDropTopic}) tx.run(*sql, topic);
}

void dropPerson(WriteTx& tx, PersonId person) {
  for (const Sql* sql : {&kDropPersonNotices, &kDropPersonChoices, &kDropPersonLinks})
    tx.run(*sql, person);
}

void addLink(WriteTx& tx, std::string_view token, const Link& link) {
  std::string topics;
  for (const std::string& topic : link.topics)
    topics.append(topics.empty() ? "" : "\n").append(topic);
  tx.run(kAddLink, access::sha256(token), link.person, topics, tx.time());
}

std::optional<Link> findLink(ReadTx& tx, std::string_view token) {
  return tx.first(kFindLink, toLink, access::sha256(token));
}

void sweep(WriteTx& tx, Instant linksBefore, Instant noticesBefore) {
  tx.run(kSweepLinks, linksBefore);
  tx.run(kSweepNotices, noticesBefore);
}

}  // namespace toimela::notices
