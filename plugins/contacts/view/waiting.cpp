#include "view/waiting.h"

#include "view/board.h"
#include "view/trail.h"

namespace toimela::contacts::view {

namespace {

View endingRow(const store::EndingPlace& place, const Words& words) {
  View view;
  view.set("href", words.link(pathOf(place.network) + "/members/" + place.member.text() + "/handover"))
      .set("person", place.person)
      .set("ends", words.format("contacts.waiting.ends", {{"day", showDate(place.lastDay, words.locale())}}))
      .text("network", place.networkName, words.locale());
  return view;
}

View questionRow(const store::OpenQuestion& question, const Words& words) {
  View view;
  view.set("href", words.link(postPath(question.network, question.post)))
      .set("title", question.title)
      .set("title_lang", question.language == words.locale() ? std::string() : std::string(code(question.language)))
      .set("asked", words.format("contacts.waiting.asked",
                                 {{"day", showDate(Date::of(question.askedAt), words.locale())}}))
      .text("network", question.networkName, words.locale());
  return view;
}

}  // namespace

void fillWaitingBox(View& view, const std::vector<store::EndingPlace>& ending,
                    const std::vector<store::OpenQuestion>& questions, const Words& words) {
  setList(view, "ending", each(ending, [&](const auto& place) { return endingRow(place, words); }));
  setList(view, "questions", each(questions, [&](const auto& question) { return questionRow(question, words); }));
}

}  // namespace toimela::contacts::view
