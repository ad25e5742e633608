// A publication with everything that addresses name, for tests that are generated from the route table.
#pragma once

#include <atomic>

#include "demo_site.h"

namespace toimela::program_tests {

/// One more article of Pirkanmaa; its number.
inline std::string exampleArticle(Backstage& backstage) {
  return std::to_string(backstage.insert(
      "INSERT INTO publications_article (region, is_published, title_fi, title_sv, title_en, body_fi, body_sv, body_en, "
      "author, day, image_alt, changed_at, revision) VALUES ('06', 1, 'A', '', '', 'B', '', '', 'C', '2026-01-01', '', 0, 1) "
      "RETURNING id"));
}

/// A draft of Pirkanmaa with one file; its number and that of the part.
inline std::pair<std::string, std::string> exampleDraft(Backstage& backstage) {
  static std::atomic<int> count{0};
  const auto id = backstage.insert(
      "INSERT INTO publications_publication (short_code, kind, state, region, title_fi, title_sv, title_en, abstract_fi, "
      "abstract_sv, abstract_en, publisher, issued, language, licence, project, withdrawn_why, created_at, changed_at, "
      "revision) SELECT 'draft" + std::to_string(++count) + "', kind, 'draft', '06', title_fi, title_sv, title_en, "
      "abstract_fi, abstract_sv, abstract_en, publisher, issued, language, licence, project, '', 0, 0, 1 "
      "FROM publications_publication WHERE id = 1 RETURNING id");
  const auto part = backstage.insert(
      "INSERT INTO publications_part (publication_id, position, role, label, is_accessible) VALUES (" +
      std::to_string(id) + ", 1, 'main', 'L', 0) RETURNING id");
  // A file of its own, with the content of another: it goes with the draft.
  const auto file = backstage.insert(
      "INSERT INTO core_file (stored_name, name, type, size, sha256, created_at) SELECT 'example" + std::to_string(count) +
      "', name, type, size, sha256, 0 FROM core_file WHERE id = (SELECT MIN(file_id) FROM publications_version) RETURNING id");
  backstage.run("INSERT INTO publications_version (part_id, number, file_id, note, created_at) VALUES (" +
                std::to_string(part) + ", 1, " + std::to_string(file) + ", '', 0)");
  return {std::to_string(id), std::to_string(part)};
}

/// The values and, over them, those of a publication with a file, a series and an article, all of Pirkanmaa.
inline std::map<std::string, std::string> withPublication(Backstage& backstage, std::map<std::string, std::string> values) {
  const std::string id = backstage.text(
      "SELECT CAST(MIN(p.id) AS TEXT) FROM publications_publication p JOIN publications_part t "
      "ON t.publication_id = p.id WHERE p.state = 'published'");
  backstage.run("UPDATE publications_publication SET region = '06' WHERE id = " + id);
  values["publication"] = id;
  values["part"] = backstage.text("SELECT CAST(MIN(id) AS TEXT) FROM publications_part WHERE publication_id = " + id);
  values["number"] = values["page"] = "1";
  values["format"] = "bibtex";
  values["upload"] = "nosuchupload";
  values["code"] = backstage.text("SELECT short_code FROM publications_publication WHERE id = " + id);
  values["series"] = std::to_string(backstage.insert(
      "INSERT INTO publications_series (is_collection, region, title_fi, title_sv, title_en, about_fi, about_sv, "
      "about_en, revision) VALUES (1, '06', 'S', '', '', '', '', '', 1) RETURNING id"));
  values["article"] = exampleArticle(backstage);
  return values;
}

}  // namespace toimela::program_tests
