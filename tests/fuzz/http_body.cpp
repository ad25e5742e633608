// The chunked coding: the same body, however the bytes arrive.
#include <algorithm>
#include <optional>

#include "promise.h"
#include "wire/body_reader.h"

using namespace toimela;

namespace {

constexpr std::uint64_t kLargest = 4096;

struct Read {
  wire::BodyReader::Result result;
  std::string body;
  std::size_t used = 0;
};

Read read(std::string_view bytes, std::size_t piece) {
  static const wire::Options options;
  wire::BodyReader reader(true, 0, kLargest, options);
  Read read{wire::BodyReader::Result::more, {}, 0};
  while (read.used < bytes.size() && read.result == wire::BodyReader::Result::more) {
    std::string_view input = bytes.substr(read.used, piece);
    const auto given = input.size();
    read.result = reader.read(input);
    read.used += given - input.size();
  }
  fuzz::promise(reader.received() <= kLargest);
  if (read.result == wire::BodyReader::Result::complete) read.body = std::get<std::string>(reader.take());
  return read;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = fuzz::textOf(data, size);
  const Read whole = read(bytes, std::max<std::size_t>(bytes.size(), 1));
  for (const std::size_t piece : {1, 7}) {
    const Read again = read(bytes, piece);
    fuzz::promise(again.result == whole.result);
    if (whole.result != wire::BodyReader::Result::complete) continue;
    fuzz::promise(again.body == whole.body);
    fuzz::promise(again.used == whole.used);
  }
  return 0;
}
