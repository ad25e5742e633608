#include "toimela/route.h"

#include <catch2/catch.hpp>

using namespace toimela;

namespace {

constexpr Permission kEdit{"contacts.network.edit"};

Response answer(const Request&, Host&) { return Response::noContent(); }

}  // namespace

TEST_CASE("a route demands nothing until it says what") {
  CHECK(get("/contacts", answer).rule.kind == Rule::Kind::undeclared);
  CHECK(get("/contacts", answer).anyone().rule.kind == Rule::Kind::anyone);
  CHECK(get("/contacts", answer).signedIn().rule.kind == Rule::Kind::signedIn);
  const Route guarded = post("/contacts", answer).needs(kEdit);
  CHECK(guarded.rule.kind == Rule::Kind::permission);
  CHECK(guarded.rule.permission == kEdit);
}

TEST_CASE("reading and writing are counted apart, and writing has its token checked") {
  CHECK(get("/a", answer).method == Method::get);
  CHECK(get("/a", answer).rateClass == RateClass::read);
  CHECK(put("/a", answer).method == Method::put);
  CHECK(del("/a", answer).method == Method::del);
  for (const Route& route : {post("/a", answer), put("/a", answer), del("/a", answer)}) {
    CHECK(route.rateClass == RateClass::write);
    CHECK(route.csrfChecked);
  }
}

TEST_CASE("what a route says of itself can be read again") {
  const Route route = post("/contacts/networks/{network}/edit", answer)
                          .needs(kEdit)
                          .at([](ReadTx&, const PathParameters&) { return std::optional<Scope>(); })
                          .orOwner()
                          .anywhere()
                          .cached()
                          .rate(RateClass::credentials)
                          .accepts(1024)
                          .withoutCsrf()
                          .described("Changes a network.");
  CHECK(route.pattern == "/contacts/networks/{network}/edit");
  CHECK(route.handler != nullptr);
  CHECK(route.rule.scope != nullptr);
  CHECK(route.rule.orOwner);
  CHECK(route.rule.anyScope);
  CHECK(route.isCached);
  CHECK(route.rateClass == RateClass::credentials);
  CHECK(route.largestBody == 1024);
  CHECK_FALSE(route.csrfChecked);
  CHECK(route.summary == "Changes a network.");
}

TEST_CASE("a body that was spooled to a file has no text in memory") {
  Request request;
  CHECK(request.bodyText().empty());
  request.body = std::string("name=Maija");
  CHECK(request.bodyText() == "name=Maija");
  request.body = std::make_shared<const SpooledFile>("", 0);
  CHECK(request.bodyText().empty());
}
