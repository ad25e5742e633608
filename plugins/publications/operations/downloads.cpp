#include "operations/downloads.h"

#include "store/parts.h"
#include "toimela/bookkeeping.h"

namespace toimela::publications::operations {

void Downloads::note(const Request& request, Host& host, PublicationId publication, PartId part, Instant at) {
  const auto agent = request.headers.find("User-Agent").value_or("");
  if (request.method != Method::get || isRobot(agent) ||
      isContinuation(request.headers.find("Range").value_or("")))
    return;
  // The mark cannot be turned back into an address, and is forgotten after the 30 seconds.
  const std::string reader = host.sign("download:" + request.address + " " + std::string(agent));
  bool isDue = false;
  {
    const std::lock_guard lock(mutex_);
    if (!clicks_.counts(reader, part, at)) return;
    ++counted_[{publication, Date::of(at).text()}];
    isDue = at - written_ >= kWritten;
  }
  if (isDue) write(host);
}

void Downloads::write(Host& host) {
  decltype(counted_) counted;
  {
    const std::lock_guard lock(mutex_);
    counted.swap(counted_);
    written_ = now();
  }
  if (counted.empty()) return;
  try {
    host.writeAs(std::nullopt, [&](WriteTx& tx) {
      for (const auto& [of, count] : counted) store::addDownloads(tx, of.first, of.second, count);
      bookkeeping(tx, "downloads are counted, nobody did anything");
    });
  } catch (const DatabaseUnavailable&) {
    // Readers get their files while nothing can be written.
    const std::lock_guard lock(mutex_);
    for (const auto& [of, count] : counted) counted_[of] += count;
  }
}

}  // namespace toimela::publications::operations
