#include "pages/question.h"

#include "toimela/texts.h"

namespace toimela::pages {

namespace {

constexpr std::string_view kQuestion = "ask_first";

/// The page that the form stands on, where the browser tells (Referrer-Policy: same-origin), else the front page.
std::string cameFrom(const Request& request, const Host& host) {
  const auto referer = request.headers.find("Referer").value_or("");
  const std::string here = host.baseUrl() + "/";
  return referer.starts_with(here) ? std::string(referer.substr(here.size() - 1)) : request.link("/");
}

}  // namespace

std::optional<Response> askFirst(const Request& request, Host& host) {
  const auto question = request.form.text(kQuestion);
  if (question.empty() || request.json) return std::nullopt;
  const std::string& title = host.texts().get(request.locale, "question.title");
  View view;
  view.set("title", title).set("question", std::string(question)).set("action", request.link(request.path));
  view.set("back", cameFrom(request, host));
  std::vector<View> fields;
  for (const auto& [name, value] : request.form.all())
    if (name != kQuestion && name != "csrf") fields.emplace_back().set("name", name).set("value", value);
  view.list("fields", std::move(fields));
  return host.page(request, "question", std::move(view), {.title = title});
}

}  // namespace toimela::pages
