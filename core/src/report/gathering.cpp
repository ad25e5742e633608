#include "report/gathering.h"

#include <algorithm>
#include <utility>

namespace toimela::report {

namespace {

struct Offered {
  std::string plugin;
  const Source* source;
};

std::vector<Offered> offeredIn(CoreHost& host, std::optional<RegionCode> region) {
  const plugins::Contributions& contributions = host.contributions();
  std::vector<Offered> offered;
  for (auto service = contributions.services.lower_bound(kServices);
       service != contributions.services.end() && service->first.starts_with(kServices); ++service) {
    const std::string& plugin = contributions.serviceOwners.at(service->first);
    if (host.active(plugin, region)) offered.push_back({plugin, static_cast<const Source*>(service->second.get())});
  }
  std::ranges::stable_sort(offered, {}, [](const Offered& each) { return each.source->order; });
  return offered;
}

}  // namespace

const Figure* ToldPart::beforeOf(const Figure& figure) const {
  const auto found = std::ranges::find(before, figure.key, &Figure::key);
  return found == before.end() ? nullptr : &*found;
}

std::vector<ToldPart> gather(CoreHost& host, const Question& question) {
  Question before = question;
  --before.year;
  before.figuresOnly = true;
  const std::vector<Offered> offered = offeredIn(host, question.region);
  return host.read([&](ReadTx& tx) {
    std::vector<ToldPart> parts;
    for (const auto& [plugin, source] : offered)
      parts.push_back({plugin, source->tell(tx, host, question), source->tell(tx, host, before).figures});
    return parts;
  });
}

}  // namespace toimela::report
