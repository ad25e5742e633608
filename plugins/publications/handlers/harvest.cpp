// Another archive by OAI-PMH.
#include <Poco/Net/DNS.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/URI.h>

#include <iostream>
#include <memory>
#include <stdexcept>

#include "handlers/transfer.h"
#include "operations/intake.h"
#include "store/series.h"
#include "view/harvest.h"

namespace toimela::publications::handlers {

namespace {

constexpr std::size_t kLargestAnswer = 50 * 1024 * 1024;
constexpr int kMostPages = 10'000;

/// Addresses of the outside only: a harvest is no way into the service's own network.
Poco::Net::IPAddress addressOf(const Poco::URI& uri, bool isLocalAllowed) {
  const auto found = Poco::Net::DNS::hostByName(uri.getHost());
  for (const auto& address : found.addresses()) {
    const bool isInside = address.isLoopback() || address.isWildcard() || address.isLinkLocal() || address.isSiteLocal() ||
                          address.isMulticast() || address.isIPv4Mapped();
    if (!isInside || isLocalAllowed) return address;
  }
  throw std::runtime_error(uri.getHost() + " is an address of this network; --local allows it");
}

std::string fetch(const Poco::URI& uri, bool isLocalAllowed) {
  namespace Net = Poco::Net;
  const auto address = addressOf(uri, isLocalAllowed);
  std::unique_ptr<Net::HTTPClientSession> session;
  if (uri.getScheme() == "https") {
    // By name, so that the certificate is checked against it.
    session = std::make_unique<Net::HTTPSClientSession>(
        uri.getHost(), uri.getPort(),
        new Net::Context(Net::Context::TLS_CLIENT_USE, "", Net::Context::VERIFY_RELAXED, 9, true));
  } else if (uri.getScheme() == "http") {
    session = std::make_unique<Net::HTTPClientSession>(Net::SocketAddress(address, uri.getPort()));
  } else {
    throw std::runtime_error("the address must begin with http:// or https://");
  }
  session->setTimeout(Poco::Timespan(60, 0));
  Net::HTTPRequest request(Net::HTTPRequest::HTTP_GET, uri.getPathAndQuery(), Net::HTTPMessage::HTTP_1_1);
  request.setHost(uri.getHost(), uri.getPort());
  request.set("User-Agent", "Toimela harvester");
  session->sendRequest(request);
  Net::HTTPResponse response;
  std::istream& in = session->receiveResponse(response);
  if (response.getStatus() != Net::HTTPResponse::HTTP_OK)
    throw std::runtime_error("the archive answered " + std::to_string(static_cast<int>(response.getStatus())));
  std::string content;
  char piece[64 * 1024];
  while (in.read(piece, sizeof piece) || in.gcount() > 0) {
    content.append(piece, static_cast<std::size_t>(in.gcount()));
    if (content.size() > kLargestAnswer) throw std::runtime_error("the archive answers with more than 50 MB at once");
  }
  return content;
}

int harvest(Host& host, const std::string& address, const std::string& set, bool isLocalAllowed) {
  const view::Words words(Locale::en, host);
  const auto series = host.read([](ReadTx& tx) { return store::allSeries(tx); });
  Sums sums;
  std::string token;
  for (int page = 0; page < kMostPages; ++page) {
    Poco::URI uri(address);
    uri.addQueryParameter("verb", "ListRecords");
    if (!token.empty()) {
      uri.addQueryParameter("resumptionToken", token);
    } else {
      uri.addQueryParameter("metadataPrefix", "oai_dc");
      if (!set.empty()) uri.addQueryParameter("set", set);
    }
    const auto read = view::readHarvest(fetch(uri, isLocalAllowed));
    if (!read) throw std::runtime_error("the answer is not OAI-PMH");
    if (!read->error.empty()) throw std::runtime_error("the archive says: " + read->error);
    std::vector<Publication> good;
    for (const view::Sent& sent : read->sent) {
      view::Judged judged = view::judge(sent, series, words);
      for (const std::string& problem : judged.problems) std::cerr << judged.where << ": " << problem << "\n";
      if (judged.publication) good.push_back(std::move(*judged.publication));
      else ++sums.wrong;
    }
    // A page of the archive in one commit.
    const auto [added, known] = host.writeAs(std::nullopt, [&](WriteTx& tx) {
      std::pair<int, int> counts;
      for (const Publication& publication : good)
        ++(operations::takeIn(tx, publication, State::draft).taken == operations::Taken::added ? counts.first : counts.second);
      return counts;
    });
    sums.added += added;
    sums.known += known;
    if (read->token.empty()) break;
    token = read->token;
  }
  std::cout << sums.added << " drafts; " << sums.known << " were known, " << sums.wrong << " were left out\n";
  return sums.wrong ? 1 : 0;
}

}  // namespace

Command harvestCommand() {
  return {"harvest", "URL [--set SET] [--local]", "takes in another archive by OAI-PMH, as drafts",
          [](Host& host, const std::vector<std::string>& words) {
            std::string address, set;
            bool isLocalAllowed = false;
            for (std::size_t i = 0; i < words.size(); ++i) {
              if (words[i] == "--local") isLocalAllowed = true;
              else if (words[i] == "--set" && i + 1 < words.size()) set = words[++i];
              else if (address.empty() && !words[i].starts_with("--")) address = words[i];
              else return 2;
            }
            if (address.empty()) return 2;
            try {
              return harvest(host, address, set, isLocalAllowed);
            } catch (const Poco::Exception& e) {
              std::cerr << e.displayText() << "\n";
            } catch (const std::exception& e) {
              std::cerr << e.what() << "\n";
            }
            return 1;
          }};
}

}  // namespace toimela::publications::handlers
