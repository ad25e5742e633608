// One fixed order for every request: limits, parse, session, region and plugin gate, permission,
// CSRF and Origin, handler, and one place that maps errors to pages or problem documents.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "host/core_host.h"
#include "routing/page_cache.h"
#include "routing/rate_limit.h"
#include "routing/router.h"
#include "wire/server.h"

namespace toimela::routing {

struct DispatcherOptions {
  std::string baseUrl;                       ///< "https://toimela.example", without a slash at the end
  bool originFromHost = false;               ///< base URL not configured: trust the Host header's origin
  std::vector<std::string> trustedProxies;   ///< addresses whose X-Forwarded-* count; "unix" for the socket
  std::string uploadFolder;
  RateLimits rates;
};

/// What the dispatcher asks of the host that composes it.
class Backstage {
 public:
  virtual ~Backstage() = default;
  virtual data::Database& database() = 0;
  virtual data::GenerationWatch& watch() = 0;
  virtual std::shared_ptr<const CoreState> refreshState(ReadTx& tx) = 0;
  virtual CoreHost& hostOf(std::string_view plugin) = 0;
  /// Writes one line to the log; `reason` has no personal data.
  virtual void logFailure(const Request& request, int status, std::string_view plugin, std::string_view reason) = 0;
  virtual void countRequest(std::string_view plugin, int status, std::chrono::microseconds took) = 0;
};

class Dispatcher : public wire::Application {
 public:
  /// Throws std::invalid_argument when the route table is not sound.
  Dispatcher(const plugins::Contributions& contributions, Backstage& backstage, DispatcherOptions options);
  ~Dispatcher() override;

  wire::BodyRule bodyRule(const wire::RequestHead& head) const override;
  bool cacheable(const wire::RequestHead& head) const override;
  void freshen(std::function<void()> ready) override;
  std::shared_ptr<const wire::CachedResponse> cached(const wire::RequestHead& head) override;
  Response handle(WireRequest request) noexcept override;
  Response refusal(int status, const wire::RequestHead* head) const noexcept override;

 private:
  struct Exchange;
  void run(Exchange& x);
  bool findRoute(Exchange& x);
  std::optional<Instant> recognise(Exchange& x, ReadTx& tx);
  bool recogniseProgram(Exchange& x, ReadTx& tx);
  void identify(Exchange& x);
  void read(const Exchange& x, const std::function<void(ReadTx&)>& work);
  bool isTooOften(Exchange& x);
  std::chrono::seconds waitFor(const Exchange& x);
  std::string readerOf(const Exchange& x) const;
  void checkOrigin(const Exchange& x) const;
  void answerError(Exchange& x, int status, std::string messageKey, std::string_view reason);
  void finish(Exchange& x);
  std::string clientAddress(const WireRequest& request) const;
  bool isHttps(const WireRequest& request) const;
  bool trusted(std::string_view peer) const;

  Router router_;
  Backstage& backstage_;
  DispatcherOptions options_;
  PageCache cache_;
  RateLimiter limiter_;
  std::unordered_map<const plugins::From<Route>*, std::atomic<int>> atHand_;  ///< requests of each route
  std::string sessionCookie_, visitorCookie_, flashCookie_, themeCookie_;
};

}  // namespace toimela::routing
