// The head of a request: found in pieces as in one, taken apart or refused with a status.
#include "promise.h"
#include "wire/head_parser.h"

using namespace toimela;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr wire::HeadLimits kLimits{16 * 1024, 100, 8 * 1024};
  const auto bytes = fuzz::textOf(data, size);
  std::size_t scanned = 0;
  const wire::HeadEnd whole = wire::findHeadEnd(bytes, scanned, kLimits);
  std::size_t inPieces = 0;
  wire::HeadEnd last;
  for (std::size_t length = 1; length <= bytes.size() && last.length == 0 && last.refusal == 0; ++length)
    last = wire::findHeadEnd(bytes.substr(0, length), inPieces, kLimits);
  fuzz::promise(last.length == whole.length && last.refusal == whole.refusal);
  if (whole.length == 0) return 0;

  wire::Head head;
  const int status = wire::parseHead(bytes.substr(0, whole.length), kLimits, head);
  fuzz::promise(status == 0 || (status >= 400 && status < 600));
  if (status != 0) return 0;
  fuzz::promise(head.path.starts_with('/'));
  fuzz::promise(head.fields.all().size() <= kLimits.fields + 1);
  for (const auto& [name, value] : head.fields.all()) {
    fuzz::promise(!name.empty());
    fuzz::promise(value.find_first_of(std::string_view("\r\n\0", 3)) == value.npos);
  }
  head.fields.toHeaders();
  return 0;
}
