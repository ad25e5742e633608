#include "toimela/idempotency.h"

#include "access/passwords.h"
#include "toimela/host.h"

namespace toimela {

namespace {

constexpr std::size_t kLongestKey = 200;

}  // namespace

std::optional<std::string> idempotencyKey(const Request& request) {
  const auto sent = request.headers.find("Idempotency-Key");
  if (!sent) return std::nullopt;
  if (sent->empty() || sent->size() > kLongestKey)
    throw RequestError(400, "error.idempotency_key", "an idempotency key of a wrong length");
  const std::string person = request.actor.person ? request.actor.person->text() : std::string();
  return "api:" + access::sha256(person + '\n' + std::to_string(static_cast<int>(request.method)) + '\n' +
                                 request.path + '\n' + std::string(*sent));
}

}  // namespace toimela
