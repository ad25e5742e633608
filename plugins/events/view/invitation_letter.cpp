#include "view/invitation_letter.h"

#include "store/events.h"
#include "store/invitations.h"
#include "toimela/directory.h"
#include "toimela/groups.h"
#include "toimela/texts.h"
#include "view/words.h"

namespace toimela::events::view {

namespace {

View factView(std::string label, std::string value) {
  View view;
  view.set("label", std::move(label)).set("value", std::move(value));
  return view;
}

std::string contactOf(const Event& event) {
  std::string who = event.contactName;
  for (const std::string& more : {event.contactEmail, event.contactPhone})
    if (!more.empty()) who.append(who.empty() ? "" : ", ").append(more);
  return who;
}

}  // namespace

std::optional<MailMessage> invitationLetter(ReadTx& tx, Host& host, std::int64_t about) {
  const auto invitation = store::findInvitation(tx, {about});
  const auto event = invitation ? store::findEvent(tx, invitation->event) : std::nullopt;
  const auto person = invitation ? directory::findPerson(tx, invitation->person) : std::nullopt;
  auto* groups = host.service<Groups>();
  if (!event || !person || !groups) return std::nullopt;
  const auto registering = registeringOf(*event, now());
  const auto group = groups->find(tx, event->audience);
  if ((registering != Registering::open && registering != Registering::notYet) || !group ||
      event->visibility != Visibility::network || !groups->isMember(tx, event->audience, person->id))
    return std::nullopt;

  const Locale locale = person->language;
  const Words words(locale, host);
  const std::vector<TextArgument> arguments{{"event", words.pick(event->title)},
                                            {"network", words.pick(group->name)},
                                            {"name", person->name()}};
  std::vector<View> facts;
  facts.push_back(factView(words.text("events.letter.fact.when"), words.time(event->startsAt, event->endsAt)));
  if (const std::string place = placeText(*event, words); !place.empty())
    facts.push_back(factView(words.text("events.letter.fact.where"), place));
  facts.push_back(factView(words.text("events.letter.fact.closes"),
                           showInstant(event->closesAt.value_or(event->startsAt), locale)));
  const std::string contact = contactOf(*event);
  View view;
  view.set("subject", words.format("events.letter.invitation.subject", arguments))
      .set("greeting", words.format("events.letter.greeting", arguments))
      .set("text", words.format("events.letter.invitation.text", arguments))
      .set("title", words.pick(event->title))
      .list("facts", std::move(facts))
      .flag("has_people", false)
      // For strangers the event is not there.
      .set("link", host.absolute(locale, "/sign-in?next=" + words.link(pathOf(event->id))))
      .set("action", words.text("events.letter.way.register"))
      .set("note", words.format("events.letter.invitation.why", arguments))
      .set("contact", contact.empty() ? std::string()
                                      : words.format("events.letter.contact", {{"contact", contact}}));
  return host.composeMail(person->email, person->name(), locale, "letter", std::move(view));
}

}  // namespace toimela::events::view
