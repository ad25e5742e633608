#include "handlers/questions.h"

#include <algorithm>

#include "handlers/organised.h"
#include "handlers/removing.h"
#include "operations/questions.h"
#include "store/questions.h"
#include "view/managing.h"
#include "view/question_form.h"

namespace toimela::events::handlers {

namespace {

struct Page {
  Event event;
  std::vector<Question> all;
  Question question;  ///< the one that the path names
};

Page load(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Event event = requireOrganised(tx, request);
    auto all = store::questionsOf(tx, event.id);
    Page page{std::move(event), std::move(all), {}};
    if (!request.parameters.has("question")) return page;
    const auto id = request.parameters.id<QuestionId>("question");
    const auto found = std::ranges::find_if(page.all, [&](const Question& each) { return each.id == id; });
    if (found == page.all.end()) throw NotFound();
    page.question = *found;
    return page;
  });
}

/// Those that the question may hang on: they stand before it.
std::vector<Question> others(const Page& page) {
  const auto end = std::ranges::find_if(
      page.all, [&](const Question& each) { return each.id == page.question.id; });
  return {page.all.begin(), end};
}

Response showForm(const Request& request, Host& host, const Page& page, const Form& form, int status = 200) {
  const view::Words words(request, host);
  const bool isNew = page.question.id == QuestionId{};
  const std::string title = words.text(isNew ? "events.question.new" : "events.question.edit");
  View view;
  view::showHead(view, page.event, "questions", words);
  view.set("title", title)
      .set("action", words.link(request.path))
      .set("key", page.question.key)
      .group("form", form.view(words.texts(), words.locale()));
  return host.page(request, "organise_question", std::move(view), {.status = status, .title = title});
}

Response back(const Request& request, Host& host, const Page& page, std::string_view flash) {
  return host.redirect(request, view::pathOf(page.event.id) + "/questions", flash);
}

template <class Save>
Response submit(const Request& request, Host& host, Save save) {
  const Page page = load(request, host);
  Form form = Form::read(view::questionFields(others(page), view::Words(request, host)), request.form);
  if (!form.ok()) return showForm(request, host, page, form, 422);
  const Question question = view::readQuestion(form, page.question, page.all);
  const auto problem =
      host.write(request, [&](WriteTx& tx) { return save(tx, page.event.id, question); });
  if (!problem) return back(request, host, page, "events.flash.question_saved");
  view::explain(form, *problem);
  return showForm(request, host, page, form, 422);
}

}  // namespace

Response listQuestions(const Request& request, Host& host) {
  const Page page = load(request, host);
  const view::Words words(request, host);
  View view;
  view::showHead(view, page.event, "questions", words);
  view.list("questions", view::questionRows(page.all, words)).flag("has_questions", !page.all.empty());
  return host.page(request, "organise_questions", std::move(view));
}

Response newQuestion(const Request& request, Host& host) {
  const Page page = load(request, host);
  Form form(view::questionFields(others(page), view::Words(request, host)));
  view::fillQuestion(form, page.question);
  return showForm(request, host, page, form);
}

Response addQuestion(const Request& request, Host& host) {
  return submit(request, host, operations::addQuestion);
}

Response addReadyMade(const Request& request, Host& host) {
  const Page page = load(request, host);
  auto question = view::readyMade(request.form.text("name"), host.texts());
  if (!question) throw RequestError(400, "error.400.text", "no question is ready-made under that name");
  question->key = newKey(question->key, page.all);
  host.write(request, [&](WriteTx& tx) { return operations::addQuestion(tx, page.event.id, *question); });
  return back(request, host, page, "events.flash.question_saved");
}

Response editQuestion(const Request& request, Host& host) { return newQuestion(request, host); }

Response saveQuestion(const Request& request, Host& host) {
  return submit(request, host, operations::saveQuestion);
}

Response raiseQuestion(const Request& request, Host& host) {
  const Page page = load(request, host);
  host.write(request, [&](WriteTx& tx) {
    operations::raiseQuestion(tx, page.event.id, page.question.id);
    return 0;
  });
  return back(request, host, page, {});
}

Response removeQuestion(const Request& request, Host& host) {
  const Page page = load(request, host);
  const auto removal = host.write(request, [&](WriteTx& tx) {
    return operations::removeQuestion(tx, page.event.id, page.question.id);
  });
  return afterRemoval(request, host, page.event.id, view::pathOf(page.event.id) + "/questions",
                      "events.flash.question_removed", removal);
}

}  // namespace toimela::events::handlers
