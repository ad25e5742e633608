// The command that takes in another archive, against one that answers over HTTP.
#include <catch2/catch.hpp>

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>

#include <atomic>
#include <functional>

#include "archive.h"
#include "handlers/transfer.h"

using namespace toimela;
using namespace toimela::publications;
using testing::bodyOf;
namespace Net = Poco::Net;

namespace {

using Answer = std::function<void(Net::HTTPServerRequest&, Net::HTTPServerResponse&)>;

/// A server of somebody else on a port of this machine.
class Elsewhere {
 public:
  explicit Elsewhere(Answer answer)
      : answer_(std::move(answer)),
        socket_(Net::SocketAddress("127.0.0.1", 0)),
        server_(Net::HTTPRequestHandlerFactory::Ptr(new Forward(*this)), socket_, parameters()) {
    server_.start();
  }
  ~Elsewhere() { server_.stopAll(true); }
  Elsewhere(const Elsewhere&) = delete;
  Elsewhere& operator=(const Elsewhere&) = delete;
  std::string address() const { return "http://127.0.0.1:" + std::to_string(socket_.address().port()) + "/oai"; }

 private:
  static Net::HTTPServerParams::Ptr parameters() {
    Net::HTTPServerParams::Ptr all(new Net::HTTPServerParams);
    all->setMaxThreads(1);
    all->setKeepAlive(false);
    return all;
  }
  struct Handler : Net::HTTPRequestHandler {
    explicit Handler(const Answer& answer) : answer(answer) {}
    void handleRequest(Net::HTTPServerRequest& request, Net::HTTPServerResponse& response) override { answer(request, response); }
    const Answer& answer;
  };
  struct Forward : Net::HTTPRequestHandlerFactory {
    explicit Forward(Elsewhere& owner) : owner(owner) {}
    Net::HTTPRequestHandler* createRequestHandler(const Net::HTTPServerRequest&) override { return new Handler(owner.answer_); }
    Elsewhere& owner;
  };
  Answer answer_;
  Net::ServerSocket socket_;
  Net::HTTPServer server_;
};

int harvest(Archive& into, std::vector<std::string> words) { return handlers::harvestCommand().run(into.host(), words); }

std::vector<PublicationId> allOf(Archive& a) {
  return a.read([](ReadTx& tx) { return store::allAfter(tx, {}, 1000); });
}

}  // namespace

TEST_CASE("another archive is taken in over HTTP, page by page, and once only", "[publications][harvest]") {
  Archive there(testing::databases().front());
  constexpr int kRecords = 103;  // more than one page of the list
  for (int i = 1; i <= kRecords; ++i) {
    auto p = example("Opas " + std::to_string(i));
    p.title = {.fi = "Opas " + std::to_string(i)};
    there.publish(p);
  }
  auto visitor = there.site.visitor();
  std::atomic<int> asked{0};
  Elsewhere elsewhere([&](Net::HTTPServerRequest& request, Net::HTTPServerResponse& response) {
    ++asked;
    const auto answer = visitor.get(request.getURI());
    response.setStatus(static_cast<Net::HTTPResponse::HTTPStatus>(answer.status));
    response.setContentType("text/xml");
    response.send() << bodyOf(answer);
  });

  const auto fresh = testing::databases();
  Archive here(fresh.front());
  CHECK(harvest(here, {elsewhere.address()}) == 1);  // an address of this network, and nobody allowed it
  CHECK(asked == 0);
  CHECK(harvest(here, {elsewhere.address(), "--local"}) == 0);
  CHECK(asked == 2);
  REQUIRE(allOf(here).size() == kRecords);
  CHECK(here.find(allOf(here).front()).state == State::draft);
  CHECK(harvest(here, {elsewhere.address(), "--local"}) == 0);
  CHECK(allOf(here).size() == kRecords);
  CHECK(harvest(here, {elsewhere.address(), "--local", "--set", "kind-video"}) == 1);  // the archive says: no records
  CHECK(harvest(here, {}) == 2);
}

TEST_CASE("an archive that answers with something else, or not at all, changes nothing", "[publications][harvest]") {
  Archive here(testing::databases().front());
  int status = 200;
  std::string body;
  Elsewhere elsewhere([&](Net::HTTPServerRequest&, Net::HTTPServerResponse& response) {
    response.setStatus(static_cast<Net::HTTPResponse::HTTPStatus>(status));
    response.send() << body;
  });
  for (const auto& [code, text] : std::vector<std::pair<int, std::string>>{
           {200, "<html>hello</html>"}, {200, ""}, {200, "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"},
           {500, "oops"}, {302, ""}}) {
    INFO(code << " " << text);
    status = code;
    body = text;
    CHECK(harvest(here, {elsewhere.address(), "--local"}) == 1);
  }
  CHECK(harvest(here, {"http://127.0.0.1:1/oai", "--local"}) == 1);
  CHECK(harvest(here, {"ftp://127.0.0.1/oai", "--local"}) == 1);
  CHECK(harvest(here, {"no address", "--local"}) == 1);
  CHECK(allOf(here).empty());
}
