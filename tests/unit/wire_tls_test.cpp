// HTTPS by the server itself.
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <fstream>

#include "certificate.h"
#include "wire_rig.h"

using namespace toimela;
using namespace toimela::wire;
using namespace toimela::wire::testing;

namespace {

Tls makeCertificate(const std::string& folder, const std::string& base) {
  const auto files = toimela::testing::makeCertificate(folder, base);
  return {files.certificate, files.key};
}

/// A blocking TLS client over a Client's socket.
class TlsClient {
 public:
  TlsClient(Client& client, int version = 0, const std::string& protocol = "http/1.1")
      : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    if (version != 0) {
      SSL_CTX_set_security_level(context_.get(), 0);
      SSL_CTX_set_min_proto_version(context_.get(), version);
      SSL_CTX_set_max_proto_version(context_.get(), version);
    }
    session_.reset(SSL_new(context_.get()));
    const std::string list = static_cast<char>(protocol.size()) + protocol;
    SSL_set_alpn_protos(session_.get(), reinterpret_cast<const unsigned char*>(list.data()),
                        static_cast<unsigned>(list.size()));
    SSL_set_fd(session_.get(), client.fd());
    connected_ = SSL_connect(session_.get()) == 1;
    ERR_clear_error();
  }
  bool connected() const { return connected_; }
  void send(const std::string& bytes) {
    SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size()));
  }
  /// Reads at most `count` bytes; fewer at the end of the connection.
  std::string receive(std::size_t count) {
    std::string bytes;
    char part[16384];
    while (bytes.size() < count) {
      const int got = SSL_read(session_.get(), part,
                               static_cast<int>(std::min(sizeof part, count - bytes.size())));
      if (got <= 0) {
        cleanEnd_ = SSL_get_error(session_.get(), got) == SSL_ERROR_ZERO_RETURN;
        break;
      }
      bytes.append(part, static_cast<std::size_t>(got));
    }
    ERR_clear_error();
    return bytes;
  }
  bool cleanEnd() const { return cleanEnd_; }
  /// What the server has shown, as it stands on the wire.
  std::string certificate() const {
    const std::unique_ptr<X509, void (*)(X509*)> shown(SSL_get1_peer_certificate(session_.get()), X509_free);
    unsigned char* bytes = nullptr;
    const int length = i2d_X509(shown.get(), &bytes);
    std::string result(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(length));
    OPENSSL_free(bytes);
    return result;
  }
  std::string version() const { return SSL_get_version(session_.get()); }
  std::string protocol() const {
    const unsigned char* data = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(session_.get(), &data, &length);
    return {reinterpret_cast<const char*>(data), length};
  }

 private:
  struct Free {
    void operator()(SSL* session) const { SSL_free(session); }
  };
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
  std::unique_ptr<SSL, Free> session_;
  bool connected_ = false;
  bool cleanEnd_ = false;
};

std::string bodyOf(const std::string& response) {
  return response.substr(response.find("\r\n\r\n") + 4);
}

struct TlsRig : Rig {
  TemporaryFolder certificates;
  TlsRig() { options.tls = makeCertificate(certificates.path(), "server"); }
};

}  // namespace

TEST_CASE("requests are served over TLS 1.2 and 1.3, not over older versions", "[wire]") {
  TlsRig rig;
  rig.application.onRequest = [](const WireRequest& request) {
    return Response::text(200, request.secure ? "secure" : "plain");
  };
  const Running running = rig.start();
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    Client socket = rig.connect();
    TlsClient client(socket, version);
    REQUIRE(client.connected());
    CHECK(client.protocol() == "http/1.1");
    client.send(get("/") + get("/", "Connection: close\r\n"));
    const std::string all = client.receive(100'000);
    CHECK(all.find("secure") != all.rfind("secure"));
    CHECK(client.cleanEnd());
  }
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    Client socket = rig.connect();
    CHECK_FALSE(TlsClient(socket, version).connected());
  }
}

TEST_CASE("all kinds of bodies go over TLS, in both directions, also when the reader is slow",
          "[wire]") {
  TlsRig rig;
  std::string content;
  for (int i = 0; i < 2'000'000; ++i) content += static_cast<char>('a' + i % 21);
  const std::string path = rig.certificates.path() + "/file";
  std::ofstream(path) << content;
  rig.application.isCacheable = [](const RequestHead& head) { return head.path == "/kept"; };
  rig.application.lookUp = [kept = page(content)](const RequestHead&) { return kept; };
  rig.application.largestBody = 10'000'000;
  rig.application.onRequest = [&](const WireRequest& request) {
    Response response;
    if (request.path == "/memory") response.body = content;
    if (request.path == "/shared") response.body = std::make_shared<const std::string>(content);
    if (request.path == "/file") response.body = FileBody{path, 0, content.size()};
    if (request.path == "/stream") {
      response.body = StreamBody{[&, at = std::size_t{0}](std::string& piece) mutable {
        piece = content.substr(at, 50'000);
        at += piece.size();
        return at < content.size();
      }};
    }
    if (request.path == "/echo") {
      const auto& file = *std::get<std::shared_ptr<const SpooledFile>>(request.body);
      std::ifstream in(file.path(), std::ios::binary);
      response.body = std::string(std::istreambuf_iterator<char>(in), {});
    }
    return response;
  };
  const Running running = rig.start();
  for (const char* target : {"/kept", "/memory", "/shared", "/file", "/stream"}) {
    INFO(target);
    Client socket = rig.connect(8192);
    TlsClient client(socket);
    // HTTP/1.0 has the body end with the connection, whatever kind it is.
    client.send("GET " + std::string(target) + " HTTP/1.0\r\n\r\n");
    CHECK(bodyOf(client.receive(content.size() + 10'000)) == content);
    CHECK(client.cleanEnd());
  }
  Client socket = rig.connect();
  TlsClient client(socket);
  client.send("POST /echo HTTP/1.0\r\nContent-Length: " + std::to_string(content.size()) +
              "\r\n\r\n" + content);
  CHECK(bodyOf(client.receive(content.size() + 10'000)) == content);
}

TEST_CASE("an event stream runs over TLS", "[wire]") {
  TlsRig rig;
  rig.options.eventPing = 50ms;
  rig.application.onRequest = [](const WireRequest&) {
    Response response;
    response.body = EventStreamBody{"t", "data: first\n\n"};
    return response;
  };
  const Running running = rig.start();
  Client socket = rig.connect();
  TlsClient client(socket);
  client.send(get("/"));
  std::string received;
  const auto await = [&](const char* text) {
    while (received.find(text) == std::string::npos) {
      const std::string more = client.receive(1);
      if (more.empty()) return false;
      received += more;
    }
    return true;
  };
  CHECK(await("data: first\n\n"));
  rig.server->publish("t", std::make_shared<const std::string>("data: second\n\n"));
  CHECK(await("data: second\n\n"));
  CHECK(await(": \n\n"));
}

TEST_CASE("a client that does not shake hands, or speaks plain HTTP, is closed", "[wire]") {
  TlsRig rig;
  rig.options.headerDeadline = 100ms;
  const Running running = rig.start();
  Client silent = rig.connect();
  CHECK(silent.seesEnd());
  Client plain = rig.connect();
  plain.send(get("/"));
  CHECK(plain.receive().status == 0);
  Client half = rig.connect();
  half.send("\x16\x03\x01\x02");
  CHECK(half.seesEnd());
  CHECK(eventually([&] { return rig.server->counters().connections == 0; }));
}

TEST_CASE("a certificate and a key that do not belong together are told in one line", "[wire]") {
  TlsRig rig;
  const Tls other = makeCertificate(rig.certificates.path(), "other");
  rig.options.tls->keyFile = other.keyFile;
  CHECK_THROWS_WITH(Server(rig.options, rig.application),
                    (Catch::Contains("key") && !Catch::Contains("\n")));
  rig.options.tls->certificateFile = "/nonexistent";
  CHECK_THROWS_WITH(Server(rig.options, rig.application),
                    Catch::StartsWith("Cannot use the certificate"));
}

TEST_CASE("a renewed certificate serves new connections while old ones go on", "[wire]") {
  TlsRig rig;
  const Running running = rig.start();
  Client oldSocket = rig.connect();
  TlsClient old(oldSocket);
  REQUIRE(old.connected());
  const std::string before = old.certificate();

  makeCertificate(rig.certificates.path(), "server");
  rig.server->reloadTls();
  Client newSocket = rig.connect();
  TlsClient fresh(newSocket);
  REQUIRE(fresh.connected());
  CHECK(fresh.certificate() != before);
  for (TlsClient* client : {&old, &fresh}) {
    client->send(get("/here", "Connection: close\r\n"));
    CHECK(client->receive(100'000).find("GET /here") != std::string::npos);
  }
}

TEST_CASE("a certificate that is no good is told, and the one in use stays", "[wire]") {
  TlsRig rig;
  const Running running = rig.start();
  std::ofstream(rig.options.tls->certificateFile) << "This is no certificate.\n";
  CHECK_THROWS_WITH(rig.server->reloadTls(), Catch::StartsWith("Cannot use the certificate"));
  Client socket = rig.connect();
  TlsClient client(socket);
  CHECK(client.connected());
}
