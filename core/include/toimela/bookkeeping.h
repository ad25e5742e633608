// Changes that no kept page tells of: when something was used last, attempts that are counted, queues,
// what only its owner sees. Pages that are kept for visitors stay as they are after them.
#pragma once

#include <string_view>

#include "toimela/data.h"

namespace toimela {

/// Like WriteTx::unaudited, for a change that shows on no page that is kept for visitors. Whatever else the
/// transaction says counts as well: with an audit entry or a plain unaudited() in it, and a row changed,
/// the pages of the component are made anew.
TOIMELA_API void bookkeeping(WriteTx& tx, std::string_view why);

}  // namespace toimela
