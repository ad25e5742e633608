// Pictures that people send and pages show. The rest of a file's life is in toimela/files.h.
#pragma once

#include "toimela/files.h"

namespace toimela::files {

/// PNG, JPEG and WebP, told by their content, of at most 5 MiB.
TOIMELA_API const Rules& pictures();
/// The picture to be shown in a page: inline and nosniff, with a policy under which nothing in it
/// could run. Throws NotFound when there is no such file or it is no picture. The caller has checked
/// the rights; `isPublic` says that everybody may see it, so that it may be kept for an hour.
TOIMELA_API Response showPicture(Host& host, FileId id, bool isPublic);

}  // namespace toimela::files
