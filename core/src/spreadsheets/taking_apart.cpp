#include "spreadsheets/taking_apart.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "confinement/confinement.h"
#include "spreadsheets/csv.h"
#include "spreadsheets/xlsx.h"

namespace toimela::spreadsheet {

namespace {

constexpr std::array<std::pair<Trouble, std::string_view>, 6> kWords{{{Trouble::notATable, "not_a_table"},
                                                                      {Trouble::damaged, "damaged"},
                                                                      {Trouble::tooLarge, "too_large"},
                                                                      {Trouble::tooManyRows, "too_many_rows"},
                                                                      {Trouble::tooManyColumns, "too_many_columns"},
                                                                      {Trouble::tooMuchWork, "too_much_work"}}};

std::string_view wordOf(Trouble trouble) {
  return std::ranges::find(kWords, trouble, &std::pair<Trouble, std::string_view>::first)->second;
}

std::string readAll(int file) {
  std::string bytes;
  std::array<char, 64 * 1024> buffer;
  for (ssize_t got; (got = ::read(file, buffer.data(), buffer.size())) > 0;)
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
  return bytes;
}

bool writeAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Outcome takeApart(std::string bytes, const Limits& limits) {
  Collector rows(limits);
  try {
    if (bytes.starts_with("PK\x03\x04")) readXlsx(bytes, rows);
    else readCsv(std::move(bytes), rows);
    return rows.take();
  } catch (const Refused& refused) {
    return refused.trouble;
  } catch (const std::bad_alloc&) {
    return Trouble::tooMuchWork;
  }
}

std::string encode(const Outcome& outcome) {
  if (const auto* trouble = std::get_if<Trouble>(&outcome)) return nlohmann::json{{"trouble", wordOf(*trouble)}}.dump();
  auto rows = nlohmann::json::array();
  for (const Row& row : std::get<std::vector<Row>>(outcome)) rows.push_back({row.number, row.cells});
  return nlohmann::json{{"rows", std::move(rows)}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

namespace {

Outcome outcomeOf(const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  if (json.contains("trouble")) {
    const auto word = json["trouble"].get<std::string>();
    const auto found = std::ranges::find(kWords, word, &std::pair<Trouble, std::string_view>::second);
    return found == kWords.end() ? Trouble::damaged : found->first;
  }
  std::vector<Row> rows;
  for (const auto& row : json.at("rows"))
    rows.push_back({row.at(0).get<int>(), row.at(1).get<std::vector<std::string>>()});
  return rows;
}

}  // namespace

Outcome decode(const std::string& text) {
  try {
    return outcomeOf(text);
  } catch (const nlohmann::json::exception&) {
    throw std::runtime_error("a table was taken apart to something else");
  }
}

int runTakingApart(int rows, int columns) {
  std::string bytes = readAll(STDIN_FILENO);
  // Whatever is loaded at its first use is loaded now: afterwards no file can be opened.
  toUtf8("\xE4");
  try {
    confinement::confine({});
  } catch (const std::runtime_error&) {
    return confinement::kNotConfined;
  }
  return writeAll(STDOUT_FILENO, encode(takeApart(std::move(bytes), {.rows = rows, .columns = columns}))) ? 0 : 1;
}

std::string_view messageKey(Trouble trouble) {
  static const std::array<std::string, kWords.size()> keys = [] {
    std::array<std::string, kWords.size()> made;
    for (std::size_t i = 0; i < kWords.size(); ++i) made[i] = "spreadsheet.trouble." + std::string(kWords[i].second);
    return made;
  }();
  return keys[static_cast<std::size_t>(std::ranges::find(kWords, trouble, &std::pair<Trouble, std::string_view>::first) - kWords.begin())];
}

}  // namespace toimela::spreadsheet
