#include "host/metrics.h"

#include <sstream>

namespace toimela::host {

void Metrics::count(std::string_view plugin, int status, std::chrono::microseconds took) {
  const double seconds = static_cast<double>(took.count()) / 1e6;
  std::lock_guard lock(mutex_);
  auto found = plugins_.find(plugin);
  if (found == plugins_.end()) found = plugins_.emplace(std::string(plugin), Series{}).first;
  Series& series = found->second;
  ++series.byStatus[status];
  ++series.total;
  series.seconds += seconds;
  for (std::size_t i = 0; i < kBounds.size(); ++i)
    if (seconds <= kBounds[i]) ++series.buckets[i];
}

std::string Metrics::text(const wire::Counters& wire, std::uint64_t statements) const {
  std::ostringstream out;
  auto single = [&](const char* name, const char* type, const char* help, std::uint64_t value) {
    out << "# HELP " << name << ' ' << help << "\n# TYPE " << name << ' ' << type << '\n' << name << ' ' << value << '\n';
  };
  single("toimela_connections", "gauge", "Open client connections.", wire.connections);
  single("toimela_connections_accepted_total", "counter", "Client connections accepted.", wire.accepted);
  single("toimela_requests_total", "counter", "Complete requests read.", wire.requests);
  single("toimela_requests_refused_total", "counter", "Requests refused by the wire.", wire.refused);
  single("toimela_page_cache_hits_total", "counter", "Requests answered from the page cache.", wire.cacheHits);
  single("toimela_requests_queued", "gauge", "Requests waiting for a worker.", wire.queued);
  single("toimela_workers_busy", "gauge", "Workers running a handler.", wire.busy);
  single("toimela_event_streams", "gauge", "Open streams of server-sent events.", wire.eventStreams);
  single("toimela_database_statements_total", "counter", "Statements run in the database.", statements);

  std::lock_guard lock(mutex_);
  out << "# HELP toimela_responses_total Responses of handlers by plugin and status.\n"
         "# TYPE toimela_responses_total counter\n";
  for (const auto& [plugin, series] : plugins_)
    for (const auto& [status, count] : series.byStatus)
      out << "toimela_responses_total{plugin=\"" << plugin << "\",status=\"" << status << "\"} " << count << '\n';
  out << "# HELP toimela_handling_seconds Time from a read request to its response.\n"
         "# TYPE toimela_handling_seconds histogram\n";
  for (const auto& [plugin, series] : plugins_) {
    for (std::size_t i = 0; i < kBounds.size(); ++i)
      out << "toimela_handling_seconds_bucket{plugin=\"" << plugin << "\",le=\"" << kBounds[i] << "\"} "
          << series.buckets[i] << '\n';
    out << "toimela_handling_seconds_bucket{plugin=\"" << plugin << "\",le=\"+Inf\"} " << series.total << '\n'
        << "toimela_handling_seconds_sum{plugin=\"" << plugin << "\"} " << series.seconds << '\n'
        << "toimela_handling_seconds_count{plugin=\"" << plugin << "\"} " << series.total << '\n';
  }
  return out.str();
}

}  // namespace toimela::host
