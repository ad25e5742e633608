// A way out to other services: what is fetched comes from an address that was looked at, in bounds of size and time.
#pragma once

#include <Poco/Net/IPAddress.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace toimela::publications::exchange {

struct Outside {
  using Clock = std::chrono::steady_clock;

  bool isLocalAllowed = false;              ///< addresses that isInner() as well
  std::chrono::milliseconds forAnswer{120'000};
  std::size_t mostBytes = 50 * 1024 * 1024;  ///< of an answer
  /// All addresses that a name has; DNS where it is not set.
  std::function<std::vector<Poco::Net::IPAddress>(const std::string& name)> resolve = {};
  std::string authorities = {};  ///< file with certificates that are trusted beside the system's
};

/// Anything but an address of the public Internet: loopback, private and shared networks, link-local, multicast,
/// tests, tunnels, IPv4 within IPv6 (IANA's registries of special-purpose addresses, RFC 6890).
bool isInner(const Poco::Net::IPAddress& address);

/// What a GET of an address answers with 200; redirects are not followed. The name is resolved once: if any of its
/// addresses isInner(), nothing is asked; else the connection goes to one of those that were looked at, and a
/// certificate is checked against the name. Throws std::runtime_error or Poco::Exception with a sentence.
std::string fetch(const std::string& from, const Outside& outside);

}  // namespace toimela::publications::exchange
