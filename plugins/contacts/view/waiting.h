// What waits for who coordinates networks, in the reader's language.
#pragma once

#include <vector>

#include "store/waiting.h"
#include "toimela/view.h"
#include "view/words.h"

namespace toimela::contacts::view {

void fillWaitingBox(View& view, const std::vector<store::EndingPlace>& ending,
                    const std::vector<store::OpenQuestion>& questions, const Words& words);

}  // namespace toimela::contacts::view
