// The command that takes in another archive, against one that answers over HTTP.
#include <catch2/catch.hpp>

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <thread>

#include "archive.h"
#include "certificate.h"
#include "exchange/harvest.h"
#include "handlers/commands.h"

using namespace toimela;
using namespace toimela::publications;
using testing::bodyOf;
namespace Net = Poco::Net;

namespace {

using Answer = std::function<void(Net::HTTPServerRequest&, Net::HTTPServerResponse&)>;

/// A server of somebody else on a port of this machine.
class Elsewhere {
 public:
  explicit Elsewhere(Answer answer, const Net::ServerSocket& socket = Net::ServerSocket(Net::SocketAddress("127.0.0.1", 0)))
      : answer_(std::move(answer)),
        socket_(socket),
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

TEST_CASE("addresses of inner networks are told from those of the Internet", "[publications][harvest]") {
  for (const char* inner :
       {"0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "169.254.169.254", "172.16.0.1",
        "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "fc00::1", "fd00::8",
        "fe80::1", "fec0::1", "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1"}) {
    INFO(inner);
    CHECK(exchange::isInner(Net::IPAddress(inner)));
  }
  for (const char* outer : {"8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.169.0.1",
                            "193.166.3.1", "223.255.255.1", "2001:708:10::1", "2a00:1450:400f::1"}) {
    INFO(outer);
    CHECK_FALSE(exchange::isInner(Net::IPAddress(outer)));
  }
}

TEST_CASE("a name with any inner address is not asked, and the one that was looked at is the one that is asked",
          "[publications][harvest]") {
  std::atomic<int> asked{0};
  std::string host;
  Elsewhere elsewhere([&](Net::HTTPServerRequest& request, Net::HTTPServerResponse& response) {
    ++asked;
    host = request.getHost();
    response.send() << "hello";
  });
  const std::string address = "http://archive.example:" + elsewhere.address().substr(17);
  int resolved = 0;
  std::vector<Net::IPAddress> found;
  exchange::Outside outside;
  outside.resolve = [&](const std::string& name) {
    ++resolved;
    CHECK(name == "archive.example");
    return found;
  };
  for (const auto& addresses : std::vector<std::vector<std::string>>{
           {"127.0.0.1"}, {"193.166.3.1", "127.0.0.1"}, {"127.0.0.1", "193.166.3.1"}, {"2001:708:10::1", "::1"}, {}}) {
    found.clear();
    for (const std::string& each : addresses) found.emplace_back(each);
    CHECK_THROWS(exchange::fetch(address, outside));
  }
  CHECK(asked == 0);
  // A second look at the name could say something else: there is none.
  outside.isLocalAllowed = true;
  found = {Net::IPAddress("127.0.0.1")};
  resolved = 0;
  CHECK(exchange::fetch(address, outside) == "hello");
  CHECK(resolved == 1);
  CHECK(host.starts_with("archive.example"));
}

TEST_CASE("over TLS the certificate is checked against the name, at the address that was looked at", "[publications][harvest]") {
  const auto folder = std::filesystem::temp_directory_path().string();
  const auto files = testing::makeCertificate(folder, "toimela-harvest");
  Poco::Net::Context::Params parameters;
  parameters.privateKeyFile = files.key;
  parameters.certificateFile = files.certificate;
  parameters.verificationMode = Poco::Net::Context::VERIFY_NONE;
  const Poco::Net::Context::Ptr context(new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, parameters));
  Elsewhere elsewhere([&](Net::HTTPServerRequest&, Net::HTTPServerResponse& response) { response.send() << "hello"; },
                      Net::SecureServerSocket(Net::SocketAddress("127.0.0.1", 0), 64, context));
  exchange::Outside outside;
  outside.isLocalAllowed = true;
  outside.resolve = [](const std::string&) { return std::vector{Net::IPAddress("127.0.0.1")}; };
  const std::string rest = elsewhere.address().substr(16);
  CHECK_THROWS(exchange::fetch("https://localhost" + rest, outside));  // nobody trusts who signed it
  outside.authorities = files.certificate;
  CHECK(exchange::fetch("https://localhost" + rest, outside) == "hello");
  CHECK_THROWS(exchange::fetch("https://archive.example" + rest, outside));
  for (const std::string& file : {files.certificate, files.key}) std::filesystem::remove(file);
}

TEST_CASE("an archive that answers too slowly, too much, or without end is left", "[publications][harvest]") {
  std::atomic<bool> over{false};
  std::string token = "a";
  Elsewhere elsewhere([&](Net::HTTPServerRequest& request, Net::HTTPServerResponse& response) {
    std::ostream& out = response.send();
    if (request.getURI().find("drip") != std::string::npos) {
      // A little all the time, for as long as somebody takes it.
      while (!over && out.good()) {
        out << "." << std::flush;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      }
    } else if (request.getURI().find("much") != std::string::npos) {
      out << std::string(2'000'000, 'x');
    } else {
      out << "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><ListRecords><resumptionToken>" << token
          << "</resumptionToken></ListRecords></OAI-PMH>";
      if (request.getURI().find("circle") == std::string::npos) token += "a";
    }
  });
  exchange::Outside outside;
  outside.isLocalAllowed = true;
  outside.forAnswer = std::chrono::milliseconds(500);
  CHECK_THROWS_WITH(exchange::fetch(elsewhere.address() + "?drip", outside), Catch::Contains("in time"));
  over = true;
  outside.forAnswer = std::chrono::seconds(60);
  outside.mostBytes = 1'000'000;
  CHECK_THROWS_WITH(exchange::fetch(elsewhere.address() + "?much", outside), Catch::Contains("more than"));
  Archive here(testing::databases().front());
  exchange::Harvesting harvesting{.address = elsewhere.address(), .outside = outside, .mostPages = 3};
  CHECK_THROWS_WITH(exchange::harvest(here.host(), harvesting), Catch::Contains("more than 3 pages"));
  harvesting.address += "?circle";
  CHECK_THROWS_WITH(exchange::harvest(here.host(), harvesting), Catch::Contains("circle"));
  harvesting.forAll = std::chrono::milliseconds(0);
  CHECK_THROWS_WITH(exchange::harvest(here.host(), harvesting), Catch::Contains("too long"));
}
