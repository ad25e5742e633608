// Something on the board of a network, for tests that are generated from the route table.
#pragma once

#include "demo_site.h"

namespace toimela::program_tests {

/// A question of the author's on the network's board; its number.
inline std::int64_t exampleQuestion(Backstage& backstage, const std::string& network,
                                    std::int64_t author) {
  return backstage.insert(
      "INSERT INTO contacts_post (network_id, kind, title, body, language, author_id, created_at, "
      "active_at, pinned, answered, revision) VALUES (" +
      network + ", 'question', 'Q', 'B', 'fi', " + std::to_string(author) +
      ", 1, 1, 0, 0, 1) RETURNING id");
}

/// A comment of the author's on a post; its number.
inline std::int64_t exampleComment(Backstage& backstage, std::int64_t post, std::int64_t author) {
  return backstage.insert(
      "INSERT INTO contacts_comment (post_id, body, language, author_id, created_at, revision) "
      "VALUES (" +
      std::to_string(post) + ", 'C', 'fi', " + std::to_string(author) + ", 1, 1) RETURNING id");
}

/// Fills in what the addresses of a board name, all written by the author.
inline void addBoardExamples(Backstage& backstage, std::map<std::string, std::string>& values,
                             std::int64_t author) {
  const auto post = exampleQuestion(backstage, values.at("network"), author);
  values["post"] = std::to_string(post);
  values["comment"] = std::to_string(exampleComment(backstage, post, author));
  values["file"] = "999999";
}

}  // namespace toimela::program_tests
