// The program's own certificate, renewed while it serves.
#include <openssl/ssl.h>

#include <catch2/catch.hpp>

#include "certificate.h"
#include "demo_site.h"

namespace toimela::program_tests {
namespace {

/// The certificate that a new connection is shown, as it stands on the wire; empty without one.
std::string shownBy(const Server& server) {
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  const std::unique_ptr<BIO, void (*)(BIO*)> bio(BIO_new_ssl_connect(context.get()), BIO_free_all);
  BIO_set_conn_hostname(bio.get(), server.endpoint().authority().c_str());
  if (BIO_do_handshake(bio.get()) != 1) return {};
  SSL* session = nullptr;
  BIO_get_ssl(bio.get(), &session);
  const std::unique_ptr<X509, void (*)(X509*)> shown(SSL_get1_peer_certificate(session), X509_free);
  unsigned char* bytes = nullptr;
  const int length = i2d_X509(shown.get(), &bytes);
  std::string result(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(length));
  OPENSSL_free(bytes);
  return result;
}

bool logs(const Server& server, const std::string& text) {
  return eventually([&] { return server.log().find(text) != std::string::npos; });
}

TEST_CASE("SIGHUP has a renewed certificate read, and a broken one changes nothing") {
  const DemoSite site = demoSite();
  const auto files = testing::makeCertificate(site.folder(), "server");
  Server server(site.settings({{"tls_certificate", files.certificate}, {"tls_key", files.key}}));
  const std::string first = shownBy(server);
  REQUIRE_FALSE(first.empty());

  testing::makeCertificate(site.folder(), "server");
  CHECK(shownBy(server) == first);
  server.send(SIGHUP);
  REQUIRE(logs(server, "certificate read anew"));
  const std::string second = shownBy(server);
  CHECK_FALSE(second.empty());
  CHECK(second != first);

  writeFile(files.certificate, "no certificate");
  server.send(SIGHUP);
  REQUIRE(logs(server, "the certificate stays as it was"));
  CHECK(shownBy(server) == second);
  CHECK(server.stop() == 0);
}

TEST_CASE("SIGHUP without a certificate leaves the service alone") {
  const DemoSite site = demoSite();
  Server server(site.settings());
  server.send(SIGHUP);
  REQUIRE(logs(server, "there is no certificate to read anew"));
  CHECK(Browser(server).get("/fi").status == 200);
  CHECK(server.stop() == 0);
}

}  // namespace
}  // namespace toimela::program_tests
