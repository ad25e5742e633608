#include "toimela/streams.h"

namespace toimela::streams {

Response open(std::string topic, std::string first, std::optional<Instant> until) {
  Response response;
  response.body = EventStreamBody{std::move(topic), std::move(first)};
  if (until) response.headers.set(kUntilField, std::to_string(until->time_since_epoch().count()));
  return response;
}

void end(WriteTx& tx, std::string_view topic) { tx.broadcast(topic, ""); }

}  // namespace toimela::streams
