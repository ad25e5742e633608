#include "view/picture.h"

#include "view/managing.h"

namespace toimela::events::view {

std::string picturePath(EventId event, FileId file) {
  return pathOf(event) + "/picture/" + file.text();
}

FormSpec pictureFields() {
  return {Field::file("file", "events.picture.file", ".png,.jpg,.jpeg,.webp").hint("events.picture.file_hint"),
          Field::localText("alternative", "events.picture.alternative")
              .hint("events.picture.alternative_hint")
              .longest(300)};
}

LocalText readAlternative(Form& form) {
  LocalText alternative = form.localText("alternative");
  for (const Locale locale : kLocales)
    if (alternative.in(locale).empty())
      form.error("alternative_" + std::string(code(locale)), "events.error.alternative_missing");
  return alternative;
}

View picturePage(const Event& event, const std::optional<Picture>& picture, const Form& form,
                 const Words& words) {
  View view;
  showHead(view, event, "manage", words);
  showPicture(view, event.id, picture, words);
  view.group("form", form.view(words.texts(), words.locale()));
  return view;
}

void showPicture(View& view, EventId event, const std::optional<Picture>& picture, const Words& words) {
  view.flag("has_picture", picture.has_value());
  if (!picture) return;
  View shown;
  shown.set("src", words.link(picturePath(event, picture->file)))
      .set("alternative", words.pick(picture->alternative));
  view.group("picture", std::move(shown));
}

}  // namespace toimela::events::view
