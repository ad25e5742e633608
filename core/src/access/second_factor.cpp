#include "access/second_factor.h"

#include <algorithm>

#include "access/passwords.h"
#include "access/sealed.h"
#include "access/totp.h"
#include "toimela/bookkeeping.h"

namespace toimela::access {

namespace {

constexpr Sql kFind{"access.second_factor.find",
                    "SELECT f.sealed_secret, f.confirmed_at, f.last_step,"
                    " (SELECT CAST(COUNT(*) AS BIGINT) FROM core_recovery_code r"
                    " WHERE r.person_id = f.person_id)"
                    " FROM core_second_factor f WHERE f.person_id = :person"};

constexpr Sql kBegin{"access.second_factor.begin",
                     "INSERT INTO core_second_factor (person_id, sealed_secret, created_at,"
                     " confirmed_at, last_step) VALUES (:person, :secret, :at, NULL, 0)"
                     " ON CONFLICT (person_id) DO UPDATE SET"
                     " sealed_secret = excluded.sealed_secret, created_at = excluded.created_at"
                     " WHERE core_second_factor.confirmed_at IS NULL"};

// The condition is what makes a code work once: of two at the same moment one changes no row.
constexpr Sql kConfirm{"access.second_factor.confirm",
                       "UPDATE core_second_factor SET confirmed_at = :at, last_step = :step"
                       " WHERE person_id = :person AND confirmed_at IS NULL"};

constexpr Sql kUseStep{"access.second_factor.use_step",
                       "UPDATE core_second_factor SET last_step = :step"
                       " WHERE person_id = :person AND last_step < :step"
                       " AND confirmed_at IS NOT NULL"};

constexpr Sql kUseCode{"access.recovery_code.use",
                       "DELETE FROM core_recovery_code"
                       " WHERE person_id = :person AND code_hash = :hash"};

constexpr Sql kAddCode{"access.recovery_code.add",
                       "INSERT INTO core_recovery_code (person_id, code_hash)"
                       " VALUES (:person, :hash)"};

constexpr Sql kDropCodes{"access.recovery_code.drop",
                         "DELETE FROM core_recovery_code WHERE person_id = :person"};

constexpr Sql kDrop{"access.second_factor.drop",
                    "DELETE FROM core_second_factor WHERE person_id = :person"};

constexpr std::size_t kRecoverySigns = 24;  // of 32: 120 bits, above ASVS 5.0 6.5.2's 112

std::string contextOf(PersonId person) { return "second-factor:" + person.text(); }

AuditEntry entry(std::string action, PersonId person) {
  return {.action = std::move(action), .object = "person:" + person.text()};
}

std::string newRecoveryCode() {
  // Two of them make 160 bits, of which six groups of four are kept.
  const std::string signs = readablePassword() + "-" + readablePassword();
  return signs.substr(0, kRecoverySigns + kRecoverySigns / 4 - 1);
}

// As it is stored: without what people put between the groups, in lower case.
std::string bareCode(std::string_view typed) {
  std::string bare;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
  }
  return bare;
}

std::vector<std::string> replaceRecoveryCodes(WriteTx& tx, PersonId person) {
  tx.run(kDropCodes, person);
  std::vector<std::string> codes;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    codes.push_back(newRecoveryCode());
    tx.run(kAddCode, person, sha256(bareCode(codes.back())));
  }
  return codes;
}

bool useRecoveryCode(WriteTx& tx, PersonId person, std::string_view bare) {
  if (tx.run(kUseCode, person, sha256(bare)) == 0) return false;
  tx.audit(entry("core.second_factor.recovery_used", person));
  return true;
}

}  // namespace

std::optional<SecondFactor> findSecondFactor(ReadTx& tx, std::string_view serverSecret,
                                             PersonId person) {
  return tx.first(
      kFind,
      [&](std::string sealed, std::optional<Instant> confirmedAt, std::int64_t lastStep,
          std::int64_t codes) {
        auto secret = unseal(serverSecret, contextOf(person), sealed);
        if (!secret) throw std::runtime_error("a second factor's secret does not open");
        return SecondFactor{confirmedAt.has_value(), confirmedAt, std::move(*secret), lastStep,
                            codes};
      },
      person);
}

bool hasSecondFactor(ReadTx& tx, PersonId person) {
  const auto confirmed = tx.first(
      kFind,
      [](std::string, std::optional<Instant> confirmedAt, std::int64_t, std::int64_t) {
        return confirmedAt.has_value();
      },
      person);
  return confirmed.value_or(false);
}

bool beginSecondFactor(WriteTx& tx, std::string_view serverSecret, PersonId person) {
  bookkeeping(tx, "a second factor that is not on yet");
  return tx.run(kBegin, person, seal(serverSecret, contextOf(person), newTotpSecret()),
                tx.time()) == 1;
}

std::optional<std::vector<std::string>> confirmSecondFactor(WriteTx& tx,
                                                            std::string_view serverSecret,
                                                            PersonId person,
                                                            std::string_view code) {
  const auto factor = findSecondFactor(tx, serverSecret, person);
  if (!factor || factor->isOn) return std::nullopt;
  const auto step = totpStep(factor->secret, code, tx.time(), factor->lastStep);
  if (!step || tx.run(kConfirm, tx.time(), *step, person) == 0) return std::nullopt;
  tx.audit(entry("core.second_factor.on", person));
  return replaceRecoveryCodes(tx, person);
}

bool useSecondFactor(WriteTx& tx, std::string_view serverSecret, PersonId person,
                     std::string_view code) {
  const std::string bare = bareCode(code);
  if (bare.size() == kRecoverySigns) return useRecoveryCode(tx, person, bare);
  const auto factor = findSecondFactor(tx, serverSecret, person);
  if (!factor || !factor->isOn) return false;
  const auto step = totpStep(factor->secret, bare, tx.time(), factor->lastStep);
  if (!step) return false;
  bookkeeping(tx, "a code of a second factor is used up");
  return tx.run(kUseStep, *step, person) == 1;
}

std::vector<std::string> renewRecoveryCodes(WriteTx& tx, PersonId person) {
  tx.audit(entry("core.second_factor.new_codes", person));
  return replaceRecoveryCodes(tx, person);
}

void removeSecondFactor(WriteTx& tx, PersonId person, std::string action) {
  forgetSecondFactor(tx, person);
  tx.audit(entry(std::move(action), person));
}

void forgetSecondFactor(WriteTx& tx, PersonId person) {
  bookkeeping(tx, "the caller accounts for it");
  tx.run(kDropCodes, person);
  tx.run(kDrop, person);
}

}  // namespace toimela::access
