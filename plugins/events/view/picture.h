// The picture of an event: its form, and how pages show it.
#pragma once

#include <optional>
#include <string>

#include "domain/event.h"
#include "domain/picture.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::events::view {

/// "/events/12/picture/7", without language.
std::string picturePath(EventId event, FileId file);

FormSpec pictureFields();
/// What the form says, with an error at each language that is missing.
LocalText readAlternative(Form& form);

/// The page on which organisers choose it.
View picturePage(const Event& event, const std::optional<Picture>& picture, const Form& form,
                 const Words& words);
/// The group "picture" of a page, with its address and what is to be seen.
void showPicture(View& view, EventId event, const std::optional<Picture>& picture, const Words& words);

}  // namespace toimela::events::view
