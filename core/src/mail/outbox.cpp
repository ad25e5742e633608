#include "mail/outbox.h"

#include <algorithm>
#include <stdexcept>

#include "access/passwords.h"
#include "mail/outbox_store.h"

namespace toimela::mail {

namespace {

/// A header that a line break could be smuggled into would let its writer add others.
void refuseControls(std::string_view what, std::string_view text) {
  if (std::any_of(text.begin(), text.end(),
                  [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    throw std::invalid_argument("the " + std::string(what) + " of a mail has a control character");
}

}  // namespace

void enqueue(WriteTx& tx, const MailMessage& message, std::string_view senderDomain) {
  refuseControls("subject", message.subject);
  refuseControls("recipient's name", message.toName);
  refuseControls("unsubscribe address", message.unsubscribe);
  if (message.subject.empty() || message.text.empty())
    throw std::invalid_argument("a mail needs a subject and a text");
  std::string messageId = "<";
  messageId.append(access::randomToken()).append("@").append(senderDomain).append(">");
  addMail(tx, {.messageId = std::move(messageId),
               .recipient = message.to.text(),
               .recipientName = message.toName,
               .language = message.locale,
               .subject = message.subject,
               .text = message.text,
               .html = message.html,
               .unsubscribe = message.unsubscribe,
               .createdAt = tx.time(),
               .nextAttemptAt = tx.time(),
               .confidential = message.confidential,
               .calendar = message.calendar});
}

}  // namespace toimela::mail
