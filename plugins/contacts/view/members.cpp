#include "view/members.h"

#include "view/trail.h"

namespace toimela::contacts::view {

namespace {

std::string_view keyOf(EndProblem problem) {
  return problem == EndProblem::hasNotBegun ? "contacts.error.has_not_begun"
                                            : "contacts.error.has_ended";
}

}  // namespace

View newNetworkForm(const Form& form, const Words& words) {
  View view;
  view.list("breadcrumbs", breadcrumbs({{"/contacts", words.text("contacts.navigation")},
                                        {"", words.text("contacts.network_new.title")}},
                                       words))
      .group("form", form.view(words.texts(), words.locale()));
  return view;
}

View networkForm(const Network& network, std::string_view titleKey, const Form& form,
                 const Words& words) {
  View view;
  view.list("breadcrumbs", trailBeyond(network, titleKey, words))
      .set("network_id", network.id.value)
      .text("network", network.name, words.locale())
      .group("form", form.view(words.texts(), words.locale()));
  return view;
}

View memberPage(const Network& network, const store::MemberRow& row, std::string_view titleKey,
                const Words& words) {
  View view;
  view.list("breadcrumbs", trailBeyond(network, titleKey, words))
      .set("network_id", network.id.value)
      .text("network", network.name, words.locale())
      .set("member_id", row.member.id.value)
      .set("person", row.name())
      .text("organisation", row.organisation, words.locale())
      .set("role", words.role(row.member.role))
      .set("period", words.period(row.member.period));
  return view;
}

View memberForm(const Network& network, const store::MemberRow& row, const Form& form,
                const Words& words) {
  View view = memberPage(network, row, "contacts.member_edit.title", words);
  view.group("form", form.view(words.texts(), words.locale()));
  return view;
}

View endQuestion(const Network& network, const store::MemberRow& row,
                 std::optional<EndProblem> problem, const Words& words) {
  View view = memberPage(network, row, "contacts.member_end.title", words);
  if (problem) view.set("problem", words.text(keyOf(*problem)));
  return view;
}

}  // namespace toimela::contacts::view
