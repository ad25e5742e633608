#include "pages/service_pages.h"

#include "toimela/accessibility.h"
#include "toimela/contact.h"
#include "toimela/texts.h"

namespace toimela::pages {

namespace {

/// When the pages were last assessed as a whole, and the texts of the statement written.
const Date kAssessed = Date::parse("2026-11-23").value();

PageOptions titled(const Request& request, Host& host, std::string_view page) {
  return {.title = host.texts().get(request.locale, std::string(page) + ".title"),
          .description = host.texts().get(request.locale, std::string(page) + ".lead")};
}

}  // namespace

Response showShortcuts(const Request& request, Host& host) {
  return host.page(request, "shortcuts", View{}, titled(request, host, "shortcuts"));
}

Response showAccessibility(const Request& request, Host& host) {
  const Texts& texts = host.texts();
  const Contact& contact = *host.service<Contact>();
  View view;
  view.set("about", contact.operatorName().empty()
                        ? texts.format(request.locale, "accessibility.about_nobody", {{"service", host.baseUrl()}})
                        : texts.format(request.locale, "accessibility.about",
                                       {{"service", host.baseUrl()}, {"operator", contact.operatorName()}}));
  view.set("email", contact.email());
  view.set("dates", texts.format(request.locale, "accessibility.dates", {{"made", showDate(kAssessed, request.locale)}}));
  if (auto* archive = host.service<AccessibilityOfArchive>())
    view.set("counted", texts.format(request.locale, "accessibility.gap.counted",
                                     {{"count", host.read([&](ReadTx& tx) { return archive->inaccessible(tx); })}}));
  return host.page(request, "accessibility", std::move(view), titled(request, host, "accessibility"));
}

}  // namespace toimela::pages
