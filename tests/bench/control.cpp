// What scripts/bench measures the page of a network against: a stock Poco HTTPServer that asks the
// database through a SOCI session of its thread and renders with the mustache library as it comes.
// Written straightforwardly, with neither care for speed nor anything slow put in on purpose.
#include <soci/sqlite3/soci-sqlite3.h>

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NameValueCollection.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

#include "control_pages.h"

namespace control {

namespace {

using namespace Poco::Net;

constexpr int kThreads = 64;
constexpr const char* kPrefix = "/fi/contacts/networks/";

struct Options {
  std::string database, source;
  unsigned short port = 0;
};

void setHeaders(HTTPServerResponse& response) {
  response.set("Content-Security-Policy",
               "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
               "font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; "
               "base-uri 'none'; frame-ancestors 'none'");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("X-Frame-Options", "DENY");
  response.set("Referrer-Policy", "same-origin");
  response.set("Cross-Origin-Opener-Policy", "same-origin");
  response.set("Cross-Origin-Embedder-Policy", "require-corp");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
  response.set("Permissions-Policy",
               "camera=(), microphone=(), geolocation=(), interest-cohort=()");
  response.set("Cache-Control", "no-store");
}

class PageHandler : public HTTPRequestHandler {
 public:
  PageHandler(const Options& options, const Templates& templates)
      : options_(options), templates_(templates) {}

  void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
    setHeaders(response);
    std::optional<std::string> html;
    try {
      html = page(request);
    } catch (const std::exception& error) {
      std::cerr << error.what() << '\n';
      response.setStatusAndReason(HTTPResponse::HTTP_INTERNAL_SERVER_ERROR);
      html = "500";
    }
    if (!html) {
      response.setStatusAndReason(HTTPResponse::HTTP_NOT_FOUND);
      html = "404";
    }
    response.setContentType("text/html; charset=utf-8");
    response.sendBuffer(html->data(), html->size());
  }

 private:
  std::optional<std::string> page(const HTTPServerRequest& request) const {
    thread_local soci::session sql(*soci::factory_sqlite3(),
                                   "db=\"" + options_.database + "\" timeout=10");
    const std::string& path = request.getURI();
    if (path.rfind(kPrefix, 0) != 0) return std::nullopt;
    NameValueCollection cookies;
    request.getCookies(cookies);
    const long long id = std::atoll(path.c_str() + std::char_traits<char>::length(kPrefix));
    return networkPage(sql, templates_, id, cookies.get("toimela", ""));
  }

  const Options& options_;
  const Templates& templates_;
};

class PageHandlerFactory : public HTTPRequestHandlerFactory {
 public:
  explicit PageHandlerFactory(const Options& options)
      : options_(options), templates_(options.source) {}
  HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override {
    return new PageHandler(options_, templates_);
  }

 private:
  const Options& options_;
  const Templates templates_;
};

int serve(const Options& options) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  Poco::ThreadPool threads(kThreads, kThreads + 8);
  auto* parameters = new HTTPServerParams;
  parameters->setMaxThreads(kThreads);
  parameters->setMaxQueued(1'000);
  parameters->setKeepAlive(true);
  ServerSocket socket(SocketAddress("127.0.0.1", options.port));
  HTTPServer server(new PageHandlerFactory(options), threads, socket, parameters);
  server.start();
  int signal = 0;
  sigwait(&signals, &signal);
  server.stopAll(true);
  return 0;
}

}  // namespace

}  // namespace control

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: toimela_bench_control DATABASE SOURCE-TREE PORT\n";
    return 2;
  }
  try {
    return control::serve({argv[1], argv[2], static_cast<unsigned short>(std::atoi(argv[3]))});
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
