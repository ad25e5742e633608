#include "operations/messages.h"

#include <nlohmann/json.hpp>
#include <set>

#include "operations/audit.h"
#include "toimela/timespan.h"

namespace toimela::events::operations {

std::size_t sendMessage(WriteTx& tx, Host& host, const Event& event,
                        const std::vector<store::ParticipantRow>& recipients, const std::string& subject,
                        const std::string& text) {
  std::set<std::string> written;
  for (const store::ParticipantRow& row : recipients) {
    const auto registration = store::findRegistration(tx, row.participant.registration);
    if (!registration) continue;
    const auto& own = row.participant.email;
    const EmailAddress& to = own ? *own : registration->email;
    if (!written.insert(to.key()).second) continue;
    const Locale locale = registration->locale;
    View view;
    view.set("subject", subject)
        .set("text", text)
        .set("event", event.title.pick(locale).text)
        .set("time", showSpan(event.startsAt, event.endsAt, locale))
        .set("contact", event.contactName)
        .set("contact_email", event.contactEmail)
        .set("link", host.absolute(locale, "/events/" + event.id.text()));
    tx.mail(host.composeMail(to, own ? row.participant.name : registration->name, locale,
                             "organiser_message", std::move(view)));
  }
  AuditEntry entry = entryFor("events.message.send", event);
  entry.detail = nlohmann::json{{"addresses", written.size()}}.dump();
  tx.audit(std::move(entry));
  return written.size();
}

void schedule(WriteTx& tx, const Event& event, const store::ScheduledMessage& message) {
  store::addScheduled(tx, message);
  tx.audit(entryFor("events.message.schedule", event));
}

bool cancelScheduled(WriteTx& tx, const Event& event, ScheduledId message) {
  if (!store::cancelScheduled(tx, event.id, message)) {
    tx.unaudited("it has been sent or cancelled meanwhile");
    return false;
  }
  tx.audit(entryFor("events.message.cancel", event));
  return true;
}

bool restoreScheduled(WriteTx& tx, const Event& event, ScheduledId message) {
  if (event.status == EventStatus::cancelled || !store::restoreScheduled(tx, event.id, message)) {
    tx.unaudited("what has changed since stays cancelled");
    return false;
  }
  tx.audit(entryFor("events.message.restore", event));
  return true;
}

void sendScheduled(WriteTx& tx, Host& host, const Event& event, const store::ScheduledMessage& message,
                   const std::vector<store::ParticipantRow>& recipients) {
  if (event.status == EventStatus::cancelled) {
    cancelScheduled(tx, event, message.id);
    return;
  }
  if (!store::markSent(tx, message.id)) return tx.unaudited("another process has sent it");
  sendMessage(tx, host, event, recipients, message.subject, message.text);
}

}  // namespace toimela::events::operations
