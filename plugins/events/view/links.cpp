#include "view/links.h"

#include "toimela/secrets.h"

namespace toimela::events::view {

std::string registrationToken(Host& host, const Registration& registration) {
  return host.sign("registration:" + registration.id.text() + ":" + registration.accessNonce);
}

std::string registrationPath(Host& host, const Registration& registration) {
  return "/events/registrations/" + registration.id.text() + "/" +
         registrationToken(host, registration);
}

bool opens(Host& host, const Registration& registration, std::string_view token) {
  return secrets::equal(registrationToken(host, registration), token);
}

namespace {

std::string feedbackToken(Host& host, const Participant& participant) {
  return host.sign("feedback:" + participant.id.text() + ":" + participant.code);
}

std::string materialsToken(Host& host, const Participant& participant) {
  return host.sign("materials:" + participant.id.text() + ":" + participant.code);
}

}  // namespace

std::string feedbackPath(Host& host, const Participant& participant) {
  return "/events/feedback/" + participant.id.text() + "/" + feedbackToken(host, participant);
}

bool opensFeedback(Host& host, const Participant& participant, std::string_view token) {
  return secrets::equal(feedbackToken(host, participant), token);
}

std::string materialsPath(Host& host, const Participant& participant) {
  return "/events/materials/" + participant.id.text() + "/" + materialsToken(host, participant);
}

bool opensMaterials(Host& host, const Participant& participant, std::string_view token) {
  return secrets::equal(materialsToken(host, participant), token);
}

}  // namespace toimela::events::view
