#include "handlers/own_answers.h"

#include <algorithm>

#include "handlers/answer_files.h"
#include "handlers/own_page.h"
#include "operations/followup.h"
#include "operations/places.h"
#include "view/own_answers.h"
#include "view/questions.h"

namespace toimela::events::handlers {

namespace {

Response show(const Request& request, Host& host, const view::OwnPage& page,
              const view::AnswersForm& form, int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "answers", view::answersPage(page, form, words),
                   {.status = status, .title = words.text(form.titleKey())});
}

/// The form that a page is about, or nothing where there is nothing to ask any more.
using FormOf = std::optional<view::AnswersForm> (*)(const view::OwnPage& page, const view::Words& words);

Response ask(const Request& request, Host& host, FormOf formOf) {
  const auto page = loadOwn(request, host);
  const auto form = formOf(page, view::Words(request, host));
  return form ? show(request, host, page, *form) : back(request, host, page, "events.flash.not_changeable");
}

/// Reads the form and saves it by `save`, which says whether the answers are still taken.
template <class Save>
Response take(const Request& request, Host& host, FormOf formOf, Save save) {
  const auto page = loadOwn(request, host);
  const view::Words words(request, host);
  auto form = formOf(page, words);
  if (!form) return back(request, host, page, "events.flash.not_changeable");
  const auto sent = readFiles(request, host, form->questions(), page.files);
  form->read(sent.sent, sent.problems);
  if (!form->ok()) return show(request, host, page, *form, 422);
  const bool isTaken = host.write(request, [&](WriteTx& tx) { return save(tx, page, form->answers()); });
  return back(request, host, page, isTaken ? "events.flash.saved" : "events.flash.not_changeable");
}

}  // namespace

Response editAnswers(const Request& request, Host& host) { return ask(request, host, view::registrationAnswers); }

Response saveAnswers(const Request& request, Host& host) {
  return take(request, host, view::registrationAnswers, [](WriteTx& tx, const auto& page, const auto& all) {
    const auto& given = all.front();
    return !operations::changeAnswers(tx, page.registration.id, given.questions, given.answers, given.files);
  });
}

Response askFollowUp(const Request& request, Host& host) { return ask(request, host, view::followUpAnswers); }

Response answerFollowUp(const Request& request, Host& host) {
  return take(request, host, view::followUpAnswers, [](WriteTx& tx, const auto& page, const auto& all) {
    return operations::answerFollowUp(tx, page.registration.id, all);
  });
}

Response showOwnFile(const Request& request, Host& host) {
  return serveAnswer(request, host, loadOwn(request, host).registration);
}

Response linkOwn(const Request& request, Host& host) {
  const auto page = loadOwn(request, host);
  const auto wanted = request.form.text("organisation");
  const auto organisation = std::ranges::find_if(
      page.linkable, [&](const Organisation& each) { return each.id.text() == wanted; });
  if (organisation == page.linkable.end()) return back(request, host, page, "events.flash.not_changeable");
  const auto refusal = host.write(request, [&](WriteTx& tx) {
    return operations::linkOrganisation(tx, page.event.id, page.registration.id, *organisation, {});
  });
  return back(request, host, page, refusal ? "events.flash.over_ceiling" : "events.flash.linked");
}

}  // namespace toimela::events::handlers
