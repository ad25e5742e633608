// Markdown of users: whatever it is, nothing runs, and it stays UTF-8 of a size that can be sent.
#include "promise.h"
#include "toimela/search.h"
#include "toimela/view.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto source = toimela::fuzz::textOf(data, size);
  const std::string html = toimela::markdown(source).text();
  for (const char* bad : {"<script", "<iframe", "<style", "<img src=\"http:", "<img src=\"https:", "<img src=\"//", "href=\"javascript:", "href=\"data:"})
    toimela::fuzz::promise(html.find(bad) == html.npos);
  toimela::fuzz::promise(html.size() <= 64 * 1024 + 16 * source.size());
  toimela::search::plainText(source);
  return 0;
}
