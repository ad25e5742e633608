#include "mail/confidential.h"

#include "mail/outbox_store.h"

namespace toimela::mail {

void sendConfidentially(WriteTx& tx, const MailMessage& message) {
  tx.mail(message);
  // The text has a fresh random token: no other message is like it.
  markConfidential(tx, tx.time(), message.to.text(), message.text);
}

}  // namespace toimela::mail
