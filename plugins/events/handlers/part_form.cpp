#include "handlers/part_form.h"

namespace toimela::events::handlers {

Response showPart(const Request& request, Host& host, const Event& event, const PartPage& page,
                  const Form& form, int status) {
  const view::Words words(request, host);
  View view;
  view::showHead(view, event, page.tab, words);
  view.set("title", words.text(page.titleKey))
      .set("intro", page.introKey.empty() ? std::string() : words.text(page.introKey))
      .set("action", words.link(request.path))
      .set("back", words.link(view::pathOf(event.id) + "/" +
                              (page.back.empty() ? std::string(page.tab) : page.back)))
      .flag("takes_files", page.takesFiles)
      .group("form", form.view(words.texts(), words.locale()));
  return host.page(request, "organise_part", std::move(view),
                   {.status = status, .title = words.text(page.titleKey)});
}

}  // namespace toimela::events::handlers
