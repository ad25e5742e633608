// What search engines are told, and what administrators are told of files that rotted.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "files/reading_job.h"
#include "host/core_host.h"
#include "toimela/contact.h"
#include "toimela/files.h"
#include "toimela/testing.h"

using namespace toimela;
using Catch::Matchers::Contains;
using testing::bodyOf;

TEST_CASE("search engines find every sitemap, and every page of the navigation in every language", "[pages][crawlers]") {
  testing::Site site(testing::databases().front());
  auto visitor = site.visitor();
  const auto robots = visitor.get("/robots.txt");
  CHECK(robots.status == 200);
  CHECK(robots.headers.find("Content-Type")->starts_with("text/plain"));
  for (const char* line : {"Disallow: /api/\n", "Sitemap: http://toimela.test/sitemap.xml\n",
                           "Sitemap: http://toimela.test/fi/publications/sitemaps.xml\n"})
    CHECK_THAT(bodyOf(robots), Contains(line));
  const auto index = visitor.get("/sitemap.xml");
  CHECK(index.status == 200);
  CHECK_THAT(bodyOf(index), Contains("<loc>http://toimela.test/sitemaps/pages.xml</loc>") &&
                                !Contains("sitemaps.xml"));
  CHECK(visitor.get("/fi/publications/sitemaps.xml").status == 200);
  const auto pages = bodyOf(visitor.get("/sitemaps/pages.xml"));
  for (const char* path : {"/fi/", "/sv/organisations", "/en/regions/pirkanmaa", "/fi/regions/lappi/publications"})
    CHECK_THAT(pages, Contains("<loc>http://toimela.test" + std::string(path) + "</loc>"));
  CHECK_THAT(pages, !Contains("{region}") && !Contains("/admin") && !Contains("/account") &&
                        !Contains("/search<"));
  site.switchPlugin("publications", "19", false);
  CHECK_THAT(bodyOf(visitor.get("/sitemaps/pages.xml")), !Contains("/fi/regions/lappi/publications<"));
}

TEST_CASE("administrators see on their own page which files rotted on disk, others do not", "[files][pages]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    Host& host = site.host("core");
    const auto path = std::filesystem::temp_directory_path() / ("toimela-rot-" + database.name);
    std::ofstream(path) << "sound words";
    const UploadedFile upload{"file", "muistio.txt", std::make_shared<const SpooledFile>(path.string(), 11)};
    const auto incoming = std::get<files::Incoming>(files::receive(host, upload, files::documentsAndPictures()));
    const FileId id = host.writeAs({}, [&](WriteTx& tx) {
      tx.unaudited("a test keeps a file");
      return files::keep(tx, incoming, std::nullopt);
    });
    auto admin = site.signedIn(site.person("Niilo", "Valtakunta", {{Role::nationalAdmin, {}, {}}}));
    auto member = site.signedIn(site.person("Maija", "Jäsen"));
    CHECK_THAT(bodyOf(admin.get("/fi/dashboard")), !Contains("Vioittuneita"));
    std::fstream(*files::contentOf(host, id), std::ios::in | std::ios::out | std::ios::binary) << "S";
    host.writeAs({}, [](WriteTx& tx) {
      constexpr Sql kAge{"test.content.age", "UPDATE core_content SET verified_at = 0"};
      tx.run(kAge);
      tx.unaudited("time passes");
    });
    CHECK(files::verifyContents(core(host), 1'000'000'000, std::chrono::seconds(10)) == 1);
    CHECK_THAT(bodyOf(admin.get("/fi/dashboard")), Contains("Vioittuneita tiedostoja") && Contains("muistio.txt"));
    CHECK_THAT(bodyOf(member.get("/fi/dashboard")), !Contains("Vioittuneita"));
  }
}

TEST_CASE("standards that ask for somebody's address are given the one of the configuration", "[pages][crawlers]") {
  testing::Site site(testing::databases().front());
  CHECK(site.host("core").service<Contact>()->email() == "toimela@localhost");
  CHECK_THAT(bodyOf(site.visitor().get("/oai?verb=Identify")), Contains("<adminEmail>toimela@localhost</adminEmail>"));
}
