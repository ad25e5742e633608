#include "notices/personal_data.h"

#include <nlohmann/json.hpp>

#include "notices/notice_store.h"

namespace toimela::notices {

namespace {

using nlohmann::ordered_json;

std::string takeOut(ReadTx& tx, PersonId person) {
  ordered_json document{{"choices", ordered_json::array()}, {"waiting", ordered_json::array()}};
  for (const Chosen& chosen : choicesOf(tx, person))
    document["choices"].push_back({{"topic", chosen.topic.name.pick(Locale::fi).text},
                                   {"path", chosen.topic.path},
                                   {"pace", code(chosen.pace)}});
  for (const Waiting& notice : waitingOf(tx, person))
    document["waiting"].push_back({{"topic", notice.topic.name.pick(Locale::fi).text},
                                   {"title", notice.title.pick(Locale::fi).text},
                                   {"path", notice.path},
                                   {"at", isoText(notice.at)}});
  return document.dump();
}

}  // namespace

PersonalData personalData() {
  return {
      "notices",
      takeOut,
      dropPerson,
      {"core_notice.person_id", "core_notice.topic", "core_notice.object", "core_notice.title_fi",
       "core_notice.title_sv", "core_notice.title_en", "core_notice.path", "core_notice.at",
       "core_notice.since", "core_notice_choice.person_id", "core_notice_choice.topic",
       "core_notice_choice.pace", "core_notice_link.person_id", "core_notice_link.token_hash",
       "core_notice_link.topics", "core_notice_link.created_at"}};
}

}  // namespace toimela::notices
