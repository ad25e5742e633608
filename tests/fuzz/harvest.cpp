// What another archive answers, in XML.
#include "promise.h"
#include "view/harvest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = toimela::publications::view::readHarvest(std::string(toimela::fuzz::textOf(data, size)));
  if (read) toimela::fuzz::promise(read->deleted >= 0);
  return 0;
}
