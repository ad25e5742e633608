// The picture of a card comes in.
#pragma once

#include <optional>

#include "toimela/files.h"
#include "toimela/form.h"

namespace toimela::trendcards::handlers {

/// The picture, safe on disk; nothing when it was refused, with an error at `field` of the form. Not when
/// the form has errors already.
std::optional<files::Incoming> takePicture(Host& host, const UploadedFile& sent, Form& form, const char* field);

}  // namespace toimela::trendcards::handlers
