#include "view/again_letter.h"

#include "store/events.h"
#include "store/registrations.h"
#include "store/visiting.h"
#include "view/links.h"
#include "view/words.h"

namespace toimela::events::view {

std::optional<MailMessage> againLetter(ReadTx& tx, Host& host, std::int64_t about) {
  const auto eventId = store::eventOf(tx, ParticipantId{about});
  const auto event = eventId ? store::findEvent(tx, *eventId) : std::nullopt;
  const auto participant =
      event ? store::findParticipant(tx, event->id, ParticipantId{about}) : std::nullopt;
  const auto registration =
      participant ? store::findRegistration(tx, participant->registration) : std::nullopt;
  if (!registration || !participant->email || !isLive(participant->state)) return std::nullopt;

  const Words words(registration->locale, host);
  const std::string title = event->title.pick(words.locale()).text;
  const bool isTheirs = registration->email.key() == participant->email->key();
  View view;
  view.set("subject", words.format("events.mail.again.subject", {{"event", title}}))
      .set("text", words.text("events.mail.again.text"))
      .set("event", title)
      .set("time", words.time(event->startsAt, event->endsAt))
      .set("link_text", words.text("events.mail.again.link"))
      .set("other_text", words.text("events.mail.again.other"))
      .set("link", isTheirs ? host.absolute(words.locale(), registrationPath(host, *registration))
                            : std::string());
  auto message = host.composeMail(*participant->email, participant->name, words.locale(), "again",
                                  std::move(view));
  message.confidential = isTheirs;
  return message;
}

}  // namespace toimela::events::view
