#include "notices/command.h"

#include <iostream>

#include "kit/local_time.h"
#include "notices/schedule.h"
#include "notices/sending.h"
#include "toimela/arguments.h"

namespace toimela::notices {

namespace {

int send(Host& host, const std::vector<std::string>& words) {
  Arguments arguments(words);
  const auto day = arguments.option("--until");
  const auto until = day ? Date::parse(*day) : std::nullopt;
  if (!arguments.rest().empty() || (day && !until)) return 2;
  const Instant current = now();
  const int sent = sendDue(host, until ? std::max(current, endOf(*until)) : current);
  std::cout << sent << (sent == 1 ? " mail" : " mails") << " put into the outbox\n";
  return 0;
}

}  // namespace

Command digestCommand() {
  return {"digest send", "[--until YYYY-MM-DD]",
          "mail the digests that are due now, or those that are due by the end of a day to come, as before "
          "a pause of the service",
          send};
}

}  // namespace toimela::notices
