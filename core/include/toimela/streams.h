// Streams of server-sent events: opened by the handler of a route, told of changes by
// WriteTx::broadcast, and ended when there is nothing more to tell.
//
// Of one reader (a person, or a guest with a mark) the newest eight of a process stay open, and all
// streams together may use half of its connections: a further one is answered with 503.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "toimela/data.h"
#include "toimela/http.h"

namespace toimela::streams {

/// The answer that opens a stream on the topic. `first` is sent at once, in text/event-stream framing.
/// Within half a minute after `until` the stream is ended.
TOIMELA_API Response open(std::string topic, std::string first, std::optional<Instant> until = {});

/// Ends every stream of the topic, in every process, after the commit and after what was broadcast
/// before. A browser asks once more: answer 204 to it, and it stays away (WHATWG HTML, section 9.2.3).
TOIMELA_API void end(WriteTx& tx, std::string_view topic);

/// What the wire must know of a stream comes to it in fields of the answer that are never sent: who
/// reads (set by the dispatcher), and until when (milliseconds since 1970).
inline constexpr std::string_view kReaderField = "Toimela-Stream-Reader", kUntilField = "Toimela-Stream-Until";

}  // namespace toimela::streams
