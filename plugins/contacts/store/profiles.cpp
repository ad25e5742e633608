#include "store/profiles.h"

#include <algorithm>

#include "store/stored.h"

namespace toimela::contacts::store {

namespace {

constexpr Sql kFind{"contacts.profile.find",
                    "SELECT help_fi, help_sv, help_en, email_level, phone_level, revision "
                    "FROM contacts_profile WHERE person_id = :person"};
constexpr Sql kAdd{"contacts.profile.add",
                   "INSERT INTO contacts_profile (person_id, help_fi, help_sv, help_en, "
                   "email_level, phone_level, updated_at, revision) VALUES (:person, :fi, :sv, :en, "
                   ":email, :phone, :at, 1) ON CONFLICT (person_id) DO NOTHING"};
constexpr Sql kUpdate{"contacts.profile.update",
                      "UPDATE contacts_profile SET help_fi = :fi, help_sv = :sv, help_en = :en, "
                      "email_level = :email, phone_level = :phone, updated_at = :at, "
                      "revision = revision + 1 WHERE person_id = :person AND revision = :revision"};
constexpr Sql kForget{"contacts.profile.forget",
                      "DELETE FROM contacts_profile WHERE person_id = :person"};

constexpr Sql kExpertise{"contacts.expertise.of_person",
                         "SELECT words FROM contacts_expertise WHERE person_id = :person "
                         "ORDER BY position"};
constexpr Sql kAddExpertise{"contacts.expertise.add",
                            "INSERT INTO contacts_expertise (person_id, position, words) "
                            "VALUES (:person, :position, :words)"};
constexpr Sql kForgetExpertise{"contacts.expertise.forget",
                               "DELETE FROM contacts_expertise WHERE person_id = :person"};
constexpr Sql kCommonExpertise{"contacts.expertise.common",
                               "SELECT MIN(words) FROM contacts_expertise GROUP BY LOWER(words) "
                               "ORDER BY COUNT(*) DESC, LOWER(words) LIMIT :limit"};

constexpr Sql kTags{"contacts.profile.tags",
                    "SELECT kind, code FROM contacts_profile_tag WHERE person_id = :person"};
constexpr Sql kAddTag{"contacts.profile.add_tag",
                      "INSERT INTO contacts_profile_tag (person_id, kind, code) "
                      "VALUES (:person, :kind, :code)"};
constexpr Sql kForgetTags{"contacts.profile.forget_tags",
                          "DELETE FROM contacts_profile_tag WHERE person_id = :person"};

void forgetParts(WriteTx& tx, PersonId person) {
  tx.run(kForgetExpertise, person);
  tx.run(kForgetTags, person);
}

/// The ones of the list that are stored, in the list's order.
template <class List>
std::vector<std::string> inOrder(const List& list, const std::vector<std::string>& stored) {
  std::vector<std::string> ordered;
  for (const std::string_view one : list)
    if (std::ranges::find(stored, one) != stored.end()) ordered.emplace_back(one);
  return ordered;
}

}  // namespace

Profile profileOf(ReadTx& tx, PersonId person) {
  Profile profile;
  tx.each(
      kFind,
      [&](std::string fi, std::string sv, std::string en, Level email, Level phone,
          std::int64_t revision) {
        profile.help = {std::move(fi), std::move(sv), std::move(en)};
        profile.levels = {email, phone};
        profile.revision = revision;
      },
      person);
  profile.expertise = tx.all(kExpertise, [](std::string words) { return words; }, person);
  std::vector<std::string> languages, groups;
  tx.each(
      kTags,
      [&](std::string kind, std::string code) {
        (kind == "language" ? languages : groups).push_back(std::move(code));
      },
      person);
  profile.languages = inOrder(kSpokenLanguages, languages);
  profile.targetGroups = inOrder(kTargetGroups, groups);
  return profile;
}

bool saveProfile(WriteTx& tx, PersonId person, const Profile& p) {
  const auto rows =
      p.revision == 0
          ? tx.run(kAdd, person, p.help.fi, p.help.sv, p.help.en, p.levels.email, p.levels.phone,
                   tx.time())
          : tx.run(kUpdate, p.help.fi, p.help.sv, p.help.en, p.levels.email, p.levels.phone,
                   tx.time(), person, p.revision);
  if (rows != 1) return false;
  forgetParts(tx, person);
  std::int64_t position = 0;
  for (const auto& words : p.expertise) tx.run(kAddExpertise, person, ++position, words);
  for (const auto& code : p.languages) tx.run(kAddTag, person, "language", code);
  for (const auto& code : p.targetGroups) tx.run(kAddTag, person, "target_group", code);
  return true;
}

void forgetProfile(WriteTx& tx, PersonId person) {
  forgetParts(tx, person);
  tx.run(kForget, person);
}

std::vector<std::string> commonExpertise(ReadTx& tx, int limit) {
  return tx.all(kCommonExpertise, [](std::string words) { return words; }, limit);
}

}  // namespace toimela::contacts::store
