#include "store/waiting.h"

namespace toimela::contacts::store {

namespace {

#define COORDINATED                                                                              \
  "n.coordinator_id = :person AND (n.region IS NULL OR n.region IN "                             \
  "(SELECT x.region FROM core_plugin_active x WHERE x.plugin = 'contacts')) "
constexpr Sql kEnding{"contacts.waiting.ending",
                      "SELECT n.id, n.name_fi, n.name_sv, n.name_en, m.id, p.given_name, p.family_name, m.valid_to "
                      "FROM contacts_member m JOIN contacts_network n ON n.id = m.network_id "
                      "JOIN core_person p ON p.id = m.person_id "
                      "LEFT JOIN contacts_handover h ON h.member_id = m.id "
                      "WHERE " COORDINATED
                      "AND m.valid_from <= :today AND m.valid_to >= :today AND m.valid_to <= :until "
                      "AND h.successor_id IS NULL AND p.erased_at IS NULL ORDER BY m.valid_to, m.id LIMIT :limit"};
constexpr Sql kQuestions{"contacts.waiting.questions",
                         "SELECT n.id, n.name_fi, n.name_sv, n.name_en, t.id, t.title, t.language, t.created_at "
                         "FROM contacts_post t JOIN contacts_network n ON n.id = t.network_id "
                         "WHERE " COORDINATED
                         "AND t.kind = 'question' AND t.answered = 0 AND t.removed_at IS NULL "
                         "AND t.created_at < :before ORDER BY t.created_at, t.id LIMIT :limit"};
#undef COORDINATED

}  // namespace

std::vector<EndingPlace> endingPlaces(ReadTx& tx, PersonId coordinator, Date today, Date until, int limit) {
  return tx.all(
      kEnding,
      [](NetworkId network, std::string fi, std::string sv, std::string en, MemberId member, std::string given,
         std::string family, Date lastDay) {
        return EndingPlace{network, {std::move(fi), std::move(sv), std::move(en)}, member, given + " " + family, lastDay};
      },
      coordinator, today, until, limit);
}

std::vector<OpenQuestion> openQuestions(ReadTx& tx, PersonId coordinator, Instant before, int limit) {
  return tx.all(
      kQuestions,
      [](NetworkId network, std::string fi, std::string sv, std::string en, PostId post, std::string title,
         Locale language, Instant askedAt) {
        return OpenQuestion{network,          {std::move(fi), std::move(sv), std::move(en)}, post,
                            std::move(title), language,                                      askedAt};
      },
      coordinator, before, limit);
}

}  // namespace toimela::contacts::store
