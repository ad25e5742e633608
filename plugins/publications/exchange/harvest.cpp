#include "exchange/harvest.h"

#include <Poco/URI.h>

#include <algorithm>
#include <stdexcept>

#include "operations/intake.h"
#include "store/series.h"
#include "view/harvest.h"

namespace toimela::publications::exchange {

namespace {

std::string pageAddress(const Harvesting& harvesting, const std::string& token) {
  Poco::URI uri(harvesting.address);
  uri.addQueryParameter("verb", "ListRecords");
  if (!token.empty()) {
    uri.addQueryParameter("resumptionToken", token);
  } else {
    uri.addQueryParameter("metadataPrefix", "oai_dc");
    if (!harvesting.set.empty()) uri.addQueryParameter("set", harvesting.set);
  }
  return uri.toString();
}

/// Within what is left of the time for all.
view::Harvest readPage(const Harvesting& harvesting, const std::string& token, Outside::Clock::time_point end) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Outside::Clock::now());
  if (left <= std::chrono::milliseconds(0)) throw std::runtime_error("the harvest takes too long");
  Outside outside = harvesting.outside;
  outside.forAnswer = std::min(outside.forAnswer, left);
  auto read = view::readHarvest(fetch(pageAddress(harvesting, token), outside));
  if (!read) throw std::runtime_error("the answer is not OAI-PMH");
  if (!read->error.empty()) throw std::runtime_error("the archive says: " + read->error);
  if (!token.empty() && read->token == token) throw std::runtime_error("the archive goes round in a circle");
  return std::move(*read);
}

void takeIn(Host& host, const std::vector<Publication>& publications, Sums& sums) {
  const Sums page = host.writeAs(std::nullopt, [&](WriteTx& tx) {
    Sums counts;
    tx.unaudited("each publication that is added says so itself");
    for (const Publication& publication : publications)
      ++(operations::takeIn(tx, publication, State::draft).taken == operations::Taken::added ? counts.added : counts.known);
    return counts;
  });
  sums.added += page.added;
  sums.known += page.known;
}

}  // namespace

Sums harvest(Host& host, const Harvesting& harvesting) {
  const auto end = Outside::Clock::now() + harvesting.forAll;
  const view::Words words(Locale::en, host);
  const auto series = host.read([](ReadTx& tx) { return store::allSeries(tx); });
  Sums sums;
  std::string token;
  for (int page = 0; page < harvesting.mostPages; ++page) {
    const auto read = readPage(harvesting, token, end);
    std::vector<Publication> good;
    for (const view::Sent& sent : read.sent) {
      view::Judged judged = view::judge(sent, series, words);
      for (const std::string& problem : judged.problems) harvesting.tell(judged.where + ": " + problem);
      if (judged.publication) good.push_back(std::move(*judged.publication));
      else ++sums.wrong;
    }
    takeIn(host, good, sums);
    if (read.token.empty()) return sums;
    token = read.token;
  }
  throw std::runtime_error("the archive has more than " + std::to_string(harvesting.mostPages) + " pages");
}

}  // namespace toimela::publications::exchange
