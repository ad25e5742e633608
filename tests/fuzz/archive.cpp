// A zip file: what is promised of its entries holds, whatever the file says of itself.
#include "files/container.h"
#include "promise.h"

using namespace toimela;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::uint64_t kMost = 64 * 1024;
  const auto container = files::Container::inMemory(fuzz::textOf(data, size));
  if (!container) return 0;
  container->unpackedSize();
  for (const files::Container::Entry& entry : container->entries())
    if (const auto content = container->read(entry.name, kMost)) fuzz::promise(content->size() <= kMost);
  return 0;
}
