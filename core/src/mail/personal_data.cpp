#include "mail/personal_data.h"

#include <nlohmann/json.hpp>

#include "mail/outbox_store.h"

namespace toimela::mail {

namespace {

using nlohmann::ordered_json;

ordered_json toJson(const StoredMail& mail) {
  ordered_json json{{"recipient", mail.recipient},
                    {"name", mail.recipientName},
                    {"language", code(mail.language)},
                    {"subject", mail.subject},
                    {"createdAt", isoText(mail.createdAt)}};
  // A take-out may lie about on a disk: no key to the account goes into it.
  if (!mail.confidential) json["text"] = mail.text;
  if (mail.sentAt) json["sentAt"] = isoText(*mail.sentAt);
  if (mail.failedAt) json["failedAt"] = isoText(*mail.failedAt);
  return json;
}

std::string takeOut(ReadTx& tx, PersonId person) {
  ordered_json document = ordered_json::array();
  for (const StoredMail& mail : mailsTo(tx, person)) document.push_back(toJson(mail));
  return document.dump();
}

}  // namespace

PersonalData personalData() {
  return {"mail",
          takeOut,
          forgetMailsTo,
          {"core_outbox.person_id", "core_outbox.recipient", "core_outbox.recipient_name",
           "core_outbox.language", "core_outbox.subject", "core_outbox.body_text",
           "core_outbox.body_html", "core_outbox.unsubscribe", "core_outbox.last_error",
           "core_outbox.calendar"}};
}

}  // namespace toimela::mail
