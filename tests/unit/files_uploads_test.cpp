// Uploads in pieces, handler by handler (tus 1.0.0).
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <future>

#include "files/contribution.h"
#include "files/upload_id.h"
#include "files/upload_store.h"
#include "files/uploads.h"
#include "host/core_host.h"
#include "lock_watch.h"
#include "pdf_corpus.h"
#include "toimela/testing.h"
#include "toimela/uploads.h"

using namespace toimela;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPattern = "/api/v1/archive/uploads";

/// The four routes with a person in front of them.
class Sender {
 public:
  Sender(Host& host, PersonId person, files::Rules rules = files::worksToKeep())
      : host_(host), person_(person), routes_(files::uploadRoutes(std::string(kPattern), Permission{"x"}, rules)) {}

  Response call(Method method, const std::string& id, Headers headers, std::string body = {}) {
    Request request = asked();
    request.method = method;
    if (!id.empty()) request.parameters.add("upload", id);
    if (!headers.has("Tus-Resumable")) headers.set("Tus-Resumable", "1.0.0");
    request.headers = std::move(headers);
    request.body = std::move(body);
    for (const Route& route : routes_)
      if (route.method == method) return route.handler(request, host_);
    throw std::logic_error("no such route");
  }
  Response begin(std::uint64_t length, const std::string& name = "a2lyamEucGRm") {
    Headers headers;
    headers.set("Upload-Length", std::to_string(length));
    headers.set("Upload-Metadata", "filename " + name + ",filetype eA==");
    return call(Method::post, "", std::move(headers));
  }
  std::string begun(std::uint64_t length) {
    const Response response = begin(length);
    REQUIRE(response.status == 201);
    const std::string location(*response.headers.find("Location"));
    REQUIRE(location.starts_with(std::string(kPattern) + "/"));
    return location.substr(kPattern.size() + 1);
  }
  Response append(const std::string& id, std::uint64_t offset, std::string bytes) {
    Headers headers;
    headers.set("Upload-Offset", std::to_string(offset));
    headers.set("Content-Type", std::string(files::kPieceType));
    return call(Method::patch, id, std::move(headers), std::move(bytes));
  }
  std::string offset(const std::string& id) {
    return std::string(call(Method::get, id, {}).headers.find("Upload-Offset").value_or("none"));
  }
  std::optional<std::variant<files::Incoming, files::Refusal>> taken(const std::string& id) {
    Request request = asked();
    request.form.add("file_upload", id);
    return files::sentFile(host_, request, "file", files::worksToKeep());
  }

 private:
  Request asked() const {
    Request request;
    request.actor.person = person_;
    request.locale = Locale::fi;
    return request;
  }
  Host& host_;
  PersonId person_;
  std::vector<Route> routes_;
};

}  // namespace

TEST_CASE("a file comes in pieces, is kept, and nothing of the upload is left", "[files]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    Host& host = site.host("core");
    Sender sender(host, site.person("Maija", "Meikäläinen"));
    const std::string pdf = testing::soundPdf("Kasikirja");
    const std::string id = sender.begun(pdf.size());
    CHECK(sender.offset(id) == "0");
    CHECK(sender.append(id, 0, pdf.substr(0, 100)).status == 204);
    CHECK(sender.offset(id) == "100");
    CHECK_FALSE(sender.taken(id));  // not yet complete
    const Response last = sender.append(id, 100, pdf.substr(100));
    CHECK(last.status == 204);
    CHECK(last.headers.find("Upload-Offset") == std::to_string(pdf.size()));
    CHECK(last.headers.has("Upload-Expires"));
    auto taken = sender.taken(id);
    REQUIRE(taken);
    const auto incoming = std::get<files::Incoming>(*taken);
    CHECK(incoming.name == "kirja.pdf");
    CHECK(incoming.type == "application/pdf");
    CHECK(incoming.size == pdf.size());
    const FileId file = host.writeAs({}, [&](WriteTx& tx) {
      tx.unaudited("a test keeps a file");
      return files::keep(tx, incoming, std::nullopt);
    });
    std::ifstream in(*files::contentOf(host, file), std::ios::binary);
    CHECK(std::string{std::istreambuf_iterator<char>(in), {}} == pdf);
    CHECK_THROWS_AS(sender.offset(id), NotFound);
    CHECK_FALSE(sender.taken(id));
    CHECK(fs::is_empty(core(host).dataFolder() / "uploads"));
  }
}

TEST_CASE("a piece that does not fit where the upload has come is refused, and nothing is lost", "[files]") {
  testing::Site site(testing::databases().front());
  Sender sender(site.host("core"), site.person("Maija", "Meikäläinen"));
  const std::string id = sender.begun(10);
  CHECK(sender.append(id, 5, "12345").status == 409);
  CHECK(sender.append(id, 0, "12345").status == 204);
  CHECK(sender.append(id, 0, "12345").status == 409);
  CHECK(sender.append(id, 5, "123456").status == 413);
  CHECK(sender.offset(id) == "5");
  CHECK(sender.append(id, 5, "").status == 204);
  CHECK(sender.append(id, 5, "6789\n").status == 204);  // ten bytes of text under the name of a PDF
}

TEST_CASE("requests that break the protocol are told how", "[files]") {
  testing::Site site(testing::databases().front());
  Sender sender(site.host("core"), site.person("Maija", "Meikäläinen"), {.mostBytes = 1000, .types = {"application/pdf"}});
  Headers other;
  other.set("Tus-Resumable", "0.2.2");
  const Response old = sender.call(Method::post, "", other);
  CHECK(old.status == 412);
  CHECK(old.headers.find("Tus-Version") == "1.0.0");
  CHECK(sender.call(Method::post, "", {}).status == 400);
  for (const char* length : {"-1", "x", "1e9", "99999999999999999999", " 1"}) {
    Headers headers;
    headers.set("Upload-Length", length);
    CHECK(sender.call(Method::post, "", headers).status == 400);
  }
  CHECK(sender.begin(0).status == 422);
  CHECK(sender.begin(1001).status == 413);
  CHECK(sender.begin(10, "b2hqZWxtYS5leGU=").status == 422);  // ohjelma.exe
  const std::string id = sender.begun(10);
  Headers wrongType;
  wrongType.set("Upload-Offset", "0");
  wrongType.set("Content-Type", "application/octet-stream");
  CHECK(sender.call(Method::patch, id, wrongType, "x").status == 415);
  Headers noOffset;
  noOffset.set("Content-Type", std::string(files::kPieceType));
  CHECK(sender.call(Method::patch, id, noOffset, "x").status == 400);
  CHECK_THROWS_AS(sender.offset("../../../etc/passwd"), NotFound);
  CHECK_THROWS_AS(sender.offset(id.substr(0, 32) + std::string(22, 'A')), NotFound);
}

TEST_CASE("an upload is its maker's alone", "[files]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  Sender maija(host, site.person("Maija", "Meikäläinen")), matti(host, site.person("Matti", "Meikäläinen"));
  const std::string id = maija.begun(4);
  CHECK_THROWS_AS(matti.offset(id), NotFound);
  CHECK_THROWS_AS(matti.append(id, 0, "Hei\n"), NotFound);
  CHECK_THROWS_AS(matti.call(Method::del, id, {}), NotFound);
  CHECK(maija.append(id, 0, "Hei\n").status == 204);
  CHECK_FALSE(matti.taken(id));
}

TEST_CASE("what turns out to be nothing we keep is refused at its end, and gone", "[files]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  Sender sender(host, site.person("Maija", "Meikäläinen"));
  const std::string id = sender.begun(4);
  const Response refused = sender.append(id, 0, "MZ\x90\x01");
  CHECK(refused.status == 422);
  CHECK(refused.headers.find("Content-Type") == "application/problem+json");
  CHECK_THROWS_AS(sender.offset(id), NotFound);
  CHECK(fs::is_empty(core(host).dataFolder() / "uploads"));
}

TEST_CASE("one person has a bounded number of uploads under way", "[files]") {
  testing::Site site(testing::databases().front());
  Host& host = site.host("core");
  Sender sender(host, site.person("Maija", "Meikäläinen")), other(host, site.person("Matti", "Meikäläinen"));
  std::string last;
  for (int i = 0; i < 8; ++i) last = sender.begun(10);
  CHECK(sender.begin(10).status == 429);
  CHECK(other.begin(10).status == 201);
  CHECK(sender.call(Method::del, last, {}).status == 204);
  CHECK(sender.begin(10).status == 201);
  Sender greedy(host, site.person("Liisa", "Virtanen"));
  greedy.begun(20);
  // Nearly all of it has come, so that it does not matter what room the disk has.
  static constexpr Sql kMost{"test.upload.most",
                             "UPDATE core_upload SET length = 8589934582, received = 8589934582 WHERE length = 20"};
  host.writeAs({}, [](WriteTx& tx) {
    tx.run(kMost);
    tx.unaudited("a test sends eight GiB");
  });
  CHECK(greedy.begin(11).status == 429);
  CHECK(greedy.begin(10).status == 201);
  CHECK(greedy.begin(1).status == 429);
}

TEST_CASE("room that is promised to one upload is not promised to another", "[files]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      testing::Site site(database);
      Host& host = site.host("core");
      Sender first(host, site.person("Maija", "Meikäläinen")), second(host, site.person("Matti", "Meikäläinen"));
      const std::string id = first.begun(10);
      const auto afterwards = [&](const Sql& change) {
        host.writeAs({}, [&](WriteTx& tx) {
          tx.run(change);
          tx.unaudited("a test promises more than any disk has");
        });
        return second.begin(10).status;
      };
      static constexpr Sql kAll{"test.upload.all", "UPDATE core_upload SET length = 1000000000000000 WHERE length = 10"};
      static constexpr Sql kCome{"test.upload.come", "UPDATE core_upload SET received = length - 10"};
      static constexpr Sql kNone{"test.upload.none", "UPDATE core_upload SET received = 0"};
      static constexpr Sql kStored{"test.upload.stored", "UPDATE core_upload SET sha256 = 'x' WHERE length > 10"};
      static constexpr Sql kRunOut{"test.upload.run_out", "UPDATE core_upload SET sha256 = NULL, expires_at = 1 WHERE length > 10"};
      CHECK_THROWS_AS(afterwards(kAll), DatabaseFull);
      CHECK(first.offset(id) == "0");
      CHECK(afterwards(kCome) == 201);  // its bytes are on the disk
      CHECK_THROWS_AS(afterwards(kNone), DatabaseFull);
      CHECK(afterwards(kStored) == 201);
      CHECK(afterwards(kRunOut) == 201);
    }
  }
}

TEST_CASE("two uploads that begin at the same moment are not promised the same room", "[files]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      testing::Site site(database);
      Host& host = site.host("core");
      const PersonId large = site.person("Maija", "Meikäläinen");
      Sender other(host, site.person("Matti", "Meikäläinen"));
      std::future<Response> answer;
      host.writeAs({}, [&](WriteTx& tx) {
        tx.unaudited("a test begins an upload");
        CHECK(files::uploadsUnderWay(tx, large, tx.time()).promised == 0);
        answer = std::async(std::launch::async, [&] { return other.begin(10); });
        testing::untilSomebodyWaits(database, host, [&] {
          return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
        });
        files::Upload upload;
        upload.token = std::string(32, 'a');
        upload.owner = large;
        upload.length = 1'000'000'000'000'000;
        upload.expiresAt = tx.time() + std::chrono::hours(1);
        files::insertUpload(tx, upload);
      });
      CHECK_THROWS_AS(answer.get(), DatabaseFull);
    }
  }
}

TEST_CASE("a process that ends between the last byte and the store leaves an upload that still becomes a file", "[files]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    Host& host = site.host("core");
    Sender sender(host, site.person("Maija", "Meikäläinen"));
    const std::string pdf = testing::soundPdf("x"), id = sender.begun(pdf.size());
    CHECK(sender.append(id, 0, pdf).status == 204);
    // As it was just before it was put into the store.
    const std::string token = id.substr(0, 32);
    const auto before = host.read([&](ReadTx& tx) { return files::findUpload(tx, token, now()); });
    REQUIRE(before);
    std::ofstream(files::partOf(host, token), std::ios::binary) << pdf << "bytes of a piece that was not acknowledged";
    static constexpr Sql kUndo{"test.upload.undo", "UPDATE core_upload SET sha256 = NULL, type = NULL"};
    host.writeAs({}, [](WriteTx& tx) {
      tx.run(kUndo);
      tx.unaudited("a test turns back the time");
    });
    const auto taken = sender.taken(id);
    REQUIRE(taken);
    CHECK(std::get<files::Incoming>(*taken).sha256 == before->sha256);
  }
}

TEST_CASE("uploads that rest too long are swept with their bytes, others stay", "[files]") {
  for (const auto& database : testing::databases()) {
    testing::Site site(database);
    Host& host = site.host("core");
    Sender sender(host, site.person("Maija", "Meikäläinen"));
    const std::string old = sender.begun(10), young = sender.begun(10);
    CHECK(sender.append(old, 0, "12345").status == 204);
    CHECK(sender.append(young, 0, "12345").status == 204);
    static constexpr Sql kAge{"test.upload.age", "UPDATE core_upload SET expires_at = 1 WHERE token = :token"};
    host.writeAs({}, [&](WriteTx& tx) {
      tx.run(kAge, old.substr(0, 32));
      tx.unaudited("a test lets time pass");
    });
    for (const auto& entry : fs::directory_iterator(core(host).dataFolder() / "uploads"))
      fs::last_write_time(entry.path(), fs::file_time_type::clock::now() - std::chrono::hours(25));
    CHECK_THROWS_AS(sender.offset(old), NotFound);
    files::sweep(core(host));
    CHECK_FALSE(fs::exists(files::partOf(host, old.substr(0, 32))));
    CHECK(sender.offset(young) == "5");
    CHECK(fs::exists(files::partOf(host, young.substr(0, 32))));
    // A record whose bytes are gone is no upload any more.
    fs::remove(files::partOf(host, young.substr(0, 32)));
    CHECK(sender.append(young, 5, "67890").status == 410);
    CHECK_THROWS_AS(sender.offset(young), NotFound);
  }
}
