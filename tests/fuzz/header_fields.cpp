// A line each: a query string, a Cookie field, an Accept-Language field, the cursor of a list.
#include "promise.h"
#include "routing/body.h"
#include "routing/language.h"
#include "toimela/host.h"
#include "toimela/paging.h"

using namespace toimela;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = fuzz::textOf(data, size);
  const auto query = fuzz::cut(text, '\n'), cookies = fuzz::cut(text, '\n'), languages = fuzz::cut(text, '\n');
  Request request;
  try {
    request.query = routing::parseQuery(query);
  } catch (const RequestError& refused) {
    fuzz::promise(refused.status == 400);
  }
  if (const auto found = routing::cookieIn(cookies, "toimela"))
    fuzz::promise(found->find(';') == found->npos);
  routing::negotiated(languages);
  if (!request.query.has("after")) request.query.add("after", std::string(text));
  try {
    const Paging paging = Paging::of(request);
    fuzz::promise(paging.limit >= 1 && paging.limit <= Paging::kLargestLimit);
    if (paging.after) fuzz::promise(Paging::cursor(*paging.after) == request.query.text("after"));
    struct Tag;
    paging.afterId<Id<Tag>>();
  } catch (const RequestError& refused) {
    fuzz::promise(refused.status == 400);
  }
  return 0;
}
