// What a PNG says of itself.
#include "domain/png.h"
#include "promise.h"

using namespace toimela;
using namespace toimela::trendcards;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto content = fuzz::textOf(data, size);
  const auto found = pngSize(content);
  if (found) fuzz::promise(found->width > 0 && found->height > 0);
  if (!faultOf(content)) fuzz::promise(found && found->width <= kWidestPicture && found->height <= kHighestPicture);
  return 0;
}
