#include "handlers/own_registration.h"

#include <algorithm>

#include "handlers/answer_files.h"
#include "handlers/own_page.h"
#include "handlers/visible.h"
#include "operations/own.h"
#include "store/events.h"
#include "store/places.h"
#include "store/questions.h"
#include "view/links.h"
#include "view/own_registration.h"
#include "view/questions.h"

namespace toimela::events::handlers {

namespace {

/// Whom the form is about: one participant, or everybody who still has something to cancel.
std::vector<ParticipantId> meant(const Registration& registration, const Fields& sent) {
  std::vector<ParticipantId> found;
  const auto wanted = parseId(sent.text("participant"));
  for (const Participant& each : registration.participants)
    if (isLive(each.state) && (!wanted || each.id.value == *wanted)) found.push_back(each.id);
  return found;
}

struct EditPage {
  view::OwnPage own;
  Participant participant;
  view::ParticipantShape shape;
};

EditPage loadEdit(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    EditPage page{.own = loadOwn(tx, request, host), .participant = {}, .shape = {}};
    page.participant = requireParticipant(request, page.own.registration);
    page.shape.places = store::loadPlaces(tx, page.own.event.id);
    page.shape.questions = view::askedOf(askedFirst(page.own.questions), AskedOf::participant);
    for (const store::AnswerFile& file : page.own.files)
      if (file.participant == page.participant.id) page.shape.files.push_back(file);
    std::ranges::copy_if(page.own.sessions, std::back_inserter(page.shape.workshops),
                         &Session::isChosen);
    return page;
  });
}

FormSpec fieldsOf(const EditPage& page, const view::Words& words) {
  return view::participantFields(page.shape, words);
}

Response showEdit(const Request& request, Host& host, const EditPage& page, const Form& form,
                  int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "participant",
                   view::participantPage(page.own, page.participant, page.shape, form, words),
                   {.status = status, .title = words.text("events.participant.title")});
}

}  // namespace

Response showRegistration(const Request& request, Host& host) {
  const view::Words words(request, host);
  return host.page(request, "registration", view::ownPage(loadOwn(request, host), words),
                   {.title = words.text("events.own.title")});
}

Response confirmRegistration(const Request& request, Host& host) {
  const auto page = loadOwn(request, host);
  const bool isInTime = host.write(request, [&](WriteTx& tx) {
    return operations::confirmAddress(tx, page.registration.id);
  });
  return back(request, host, page, isInTime ? "events.flash.confirmed" : "events.flash.too_late");
}

Response askCancel(const Request& request, Host& host) {
  const auto page = loadOwn(request, host);
  const auto participants = meant(page.registration, request.query);
  if (participants.empty() || !view::mayCancel(page))
    return back(request, host, page, "events.flash.nothing_to_cancel");
  const view::Words words(request, host);
  return host.page(request, "cancel", view::cancelPage(page, participants, words),
                   {.title = words.text("events.cancel.title")});
}

Response cancelPlaces(const Request& request, Host& host) {
  const auto page = loadOwn(request, host);
  const auto participants = meant(page.registration, request.form);
  if (participants.empty() || !view::mayCancel(page))
    return back(request, host, page, "events.flash.nothing_to_cancel");
  const auto cancelled = host.write(request, [&](WriteTx& tx) {
    return operations::cancel(tx, page.event.id, participants, operations::By::participant);
  });
  return back(request, host, page,
              cancelled > 0 ? "events.flash.cancelled" : "events.flash.nothing_to_cancel");
}

Response editParticipant(const Request& request, Host& host) {
  const auto page = loadEdit(request, host);
  if (!isLive(page.participant.state) || !page.own.takesChanges)
    return back(request, host, page.own, "events.flash.not_changeable");
  Form form(fieldsOf(page, view::Words(request, host)));
  view::fillParticipant(form, page.participant, page.shape);
  return showEdit(request, host, page, form);
}

Response saveParticipant(const Request& request, Host& host) {
  const auto page = loadEdit(request, host);
  const auto sent = readFiles(request, host, page.shape.questions, page.shape.files);
  Form form = Form::read(fieldsOf(page, view::Words(request, host)), sent.sent);
  view::checkParticipant(form, page.shape, sent.problems);
  if (!form.ok()) return showEdit(request, host, page, form, 422);
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::change(tx, page.own.event.id, page.participant.id,
                              view::readChange(form, page.shape));
  });
  if (problem) {
    view::explain(form, *problem);
    const bool isStale = *problem == operations::ChangeProblem::notThere ||
                         *problem == operations::ChangeProblem::closed;
    return showEdit(request, host, page, form, isStale ? 409 : 422);
  }
  return back(request, host, page.own, "events.flash.saved");
}

Response acceptPlace(const Request& request, Host& host) {
  const auto page = loadOwn(request, host);
  const ParticipantId participant = requireParticipant(request, page.registration).id;
  const auto problem = host.write(request, [&](WriteTx& tx) {
    return operations::acceptOffer(tx, page.event.id, participant);
  });
  return back(request, host, page, problem ? "events.flash.offer_gone" : "events.flash.accepted");
}

}  // namespace toimela::events::handlers
