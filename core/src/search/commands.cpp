#include "search/commands.h"

#include <chrono>
#include <iostream>

#include "host/core_host.h"
#include "search/service.h"

namespace toimela::search {

namespace {

int reindex(Host& host, const std::vector<std::string>& arguments) {
  if (!arguments.empty()) return 2;
  const auto begin = std::chrono::steady_clock::now();
  std::int64_t things = 0, told = 0;
  const auto outcome = serviceOf(core(host).contributions()).rebuild([&](std::int64_t count) {
    things = count;
    if (things - told < 10'000) return;
    told = things;
    std::cout << things << " things read\n" << std::flush;
  });
  if (outcome == Indexer::Outcome::busy) {
    std::cerr << "An index is being made already.\n";
    return 1;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  std::cout << "A new index of " << things << " things was made in " << took.count() << " s.\n";
  return 0;
}

int status(Host& host, const std::vector<std::string>& arguments) {
  if (!arguments.empty()) return 2;
  std::cout << serviceOf(core(host).contributions()).size() << " documents\n";
  return 0;
}

}  // namespace

std::vector<Command> commands() {
  return {{"search reindex", "", "Makes the search index of this machine anew, while it is served from", reindex},
          {"search status", "", "Says how many documents the search index of this machine has", status}};
}

}  // namespace toimela::search
