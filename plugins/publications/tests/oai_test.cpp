// OAI-PMH: what harvesters may ask, every error that they may be told, and lists that go on after changes.
#include <catch2/catch.hpp>

#include <Poco/DOM/DOMParser.h>
#include <Poco/DOM/Document.h>
#include <Poco/DOM/NodeList.h>
#include <Poco/DOM/AutoPtr.h>

#include <random>
#include <set>

#include "archive.h"
#include "domain/oai.h"

using namespace toimela;
using namespace toimela::publications;
using Catch::Matchers::Contains;
using testing::bodyOf;

namespace {

constexpr const char* kHost = "toimela.example";

std::vector<std::string> errorsOf(const oai::Arguments& arguments) {
  const auto parsed = oai::parse(arguments, kHost);
  std::vector<std::string> codes;
  if (const auto* refusals = std::get_if<std::vector<oai::Refusal>>(&parsed))
    for (const auto& each : *refusals) codes.emplace_back(oai::code(each.error));
  return codes;
}
oai::Ask askOf(const oai::Arguments& arguments) { return std::get<oai::Ask>(oai::parse(arguments, kHost)); }
using ErrorCodes = std::vector<std::string>;

std::vector<std::string> texts(const std::string& xml, const std::string& element) {
  Poco::XML::DOMParser parser;
  const Poco::AutoPtr<Poco::XML::Document> document = parser.parseString(xml);
  const Poco::AutoPtr<Poco::XML::NodeList> nodes = document->getElementsByTagName(element);
  std::vector<std::string> found;
  for (unsigned long i = 0; i < nodes->length(); ++i) found.push_back(nodes->item(i)->innerText());
  return found;
}

}  // namespace

TEST_CASE("every verb is understood with its arguments", "[publications][oai]") {
  CHECK(askOf({{"verb", "Identify"}}).verb == oai::Verb::identify);
  CHECK(askOf({{"verb", "ListSets"}}).verb == oai::Verb::listSets);
  CHECK(askOf({{"verb", "ListMetadataFormats"}, {"identifier", "oai:toimela.example:7"}}).identifier == PublicationId{7});
  CHECK(askOf({{"verb", "GetRecord"}, {"identifier", "oai:toimela.example:7"}, {"metadataPrefix", "oai_qdc"}}).selection.format ==
        oai::Format::oaiQdc);
  const auto list = askOf({{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}, {"from", "2026-01-01"},
                           {"until", "2026-01-31"}, {"set", "region-06"}}).selection;
  CHECK(oai::datestamp(*list.from) == "2026-01-01T00:00:00Z");
  CHECK(oai::datestamp(*list.until) == "2026-01-31T23:59:59Z");
  CHECK(list.set == oai::Set{RegionCode::parse("06").value()});
}

TEST_CASE("every error condition of the protocol is told by its code", "[publications][oai]") {
  CHECK(errorsOf({}) == ErrorCodes{"badVerb"});
  CHECK(errorsOf({{"verb", "listRecords"}}) == ErrorCodes{"badVerb"});
  CHECK(errorsOf({{"verb", "Identify"}, {"verb", "Identify"}}) == ErrorCodes{"badVerb"});
  CHECK(errorsOf({{"verb", "Identify"}, {"set", "x"}}) == ErrorCodes{"badArgument"});
  CHECK(errorsOf({{"verb", "ListRecords"}}) == ErrorCodes{"badArgument"});
  CHECK(errorsOf({{"verb", "GetRecord"}}) == ErrorCodes{"badArgument", "badArgument"});
  CHECK(errorsOf({{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}, {"metadataPrefix", "oai_dc"}}) == ErrorCodes{"badArgument"});
  CHECK(errorsOf({{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}, {"from", "yesterday"}}) == ErrorCodes{"badArgument"});
  CHECK(errorsOf({{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}, {"from", "2026-01-01T00:00:00"}}) == ErrorCodes{"badArgument"});
  CHECK(errorsOf({{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}, {"from", "2026-02-30"}}) == ErrorCodes{"badArgument"});
  CHECK(errorsOf({{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}, {"from", "2026-02-23T09:-0:05Z"}}) ==
        ErrorCodes{"badArgument"});
  CHECK(errorsOf({{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}, {"from", "2026-01-01"}, {"until", "2026-01-02T00:00:00Z"}}) ==
        ErrorCodes{"badArgument"});
  CHECK(errorsOf({{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}, {"from", "2026-01-03"}, {"until", "2026-01-02"}}) ==
        ErrorCodes{"badArgument"});
  CHECK(errorsOf({{"verb", "ListRecords"}, {"metadataPrefix", "marc21"}}) == ErrorCodes{"cannotDisseminateFormat"});
  CHECK(errorsOf({{"verb", "GetRecord"}, {"metadataPrefix", "marc21"}, {"identifier", "oai:other.example:1"}}) ==
        ErrorCodes{"cannotDisseminateFormat", "idDoesNotExist"});
  CHECK(errorsOf({{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}, {"set", "moon"}}) == ErrorCodes{"noRecordsMatch"});
  CHECK(errorsOf({{"verb", "ListRecords"}, {"resumptionToken", "x"}}) == ErrorCodes{"badResumptionToken"});
  CHECK(errorsOf({{"verb", "ListSets"}, {"resumptionToken", "x"}}) == ErrorCodes{"badResumptionToken"});
  CHECK(errorsOf({{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}, {"resumptionToken", oai::token({})}}).front() == "badArgument");
  CHECK(errorsOf({{"verb", "Identify"}, {"resumptionToken", "x"}}) == ErrorCodes{"badArgument"});
}

TEST_CASE("a token carries the whole question and is checked when it comes back", "[publications][oai]") {
  oai::Selection s{.format = oai::Format::oaiQdc, .from = Instant{std::chrono::seconds{1000}}, .until = std::nullopt,
                   .set = oai::Set{SeriesId{12}}, .after = oai::Place{Instant{std::chrono::seconds{2000}}, PublicationId{5}, 100}};
  CHECK(oai::parseToken(oai::token(s)) == s);
  s.after->total = 12'345;
  CHECK(oai::parseToken(oai::token(s)) == s);
  // Of before tokens had a total; a harvester may have been on its way.
  const auto old = oai::parseToken("1.oai_dc....2000.5.100");
  REQUIRE(old);
  CHECK((old->after->id == PublicationId{5} && !old->after->total));
  for (const char* wrong : {"", "1", "1.oai_dc......", "2.oai_dc....1.1.1", "1.oai_dc.x...1.1.1", "1.oai_dc...moon.1.1.1",
                            "1.oai_dc....1.0.1", "1.oai_dc....1.1.-1", "1.oai_dc....99999999999999999999.1.1", "1.oai_dc....1.1.1.1",
                            "2.oai_dc....1.1.1.-1", "2.oai_dc....1.1.1.x", "2.oai_dc....1.1.1.1.1", "3.oai_dc....1.1.1.1"})
    CHECK_FALSE(oai::parseToken(wrong));
}

TEST_CASE("whatever comes as an argument, an answer is made of it", "[publications][oai][fuzz]") {
  std::mt19937 random(20261122);
  const std::vector<std::string> names{"verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken", "x"};
  const std::vector<std::string> values{"Identify", "ListRecords", "GetRecord", "oai_dc", "2026-01-01", "2026-01-01T00:00:00Z",
                                        "region-06", "kind-report", "series-1", "oai:toimela.example:1", oai::token({})};
  int understood = 0;
  for (int round = 0; round < 20'000; ++round) {
    oai::Arguments arguments;
    for (unsigned i = 0, count = random() % 5; i < count; ++i) {
      std::string value = values[random() % values.size()];
      for (unsigned j = 0, changes = random() % 3; j < changes && !value.empty(); ++j)
        value[random() % value.size()] = static_cast<char>(random() % 256);
      arguments.emplace_back(names[random() % names.size()], value);
    }
    const auto parsed = oai::parse(arguments, kHost);
    if (const auto* ask = std::get_if<oai::Ask>(&parsed)) {
      ++understood;
      if (ask->selection.after) CHECK(oai::parseToken(oai::token(ask->selection)) == ask->selection);
    } else {
      REQUIRE_FALSE(std::get<std::vector<oai::Refusal>>(parsed).empty());
    }
  }
  CHECK(understood > 0);
}

TEST_CASE("a harvester gets every record once, while records change and are withdrawn", "[publications][oai]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Archive a(database);
      std::vector<PublicationId> made;
      for (int i = 0; i < 230; ++i) made.push_back(a.publish(example("Julkaisu <" + std::to_string(i) + "> & muut")));
      a.add(example("Luonnos"));
      auto harvester = a.site.visitor();
      const auto ask = [&](const std::string& query) { return bodyOf(harvester.get("/oai?" + query)); };

      CHECK_THAT(ask("verb=Identify"), Contains("<deletedRecord>persistent</deletedRecord>"));
      CHECK_THAT(ask("verb=ListSets"), Contains("<setSpec>region-06</setSpec>"));
      CHECK_THAT(ask("verb=ListMetadataFormats"), Contains("oai_qdc"));
      CHECK_THAT(ask("verb=Nothing"), Contains("code=\"badVerb\""));
      // Errors of the protocol do not say back what was asked.
      CHECK_THAT(ask("verb=Nothing"), Contains("/oai</request>") && !Contains("verb=\"Nothing\""));

      std::multiset<std::string> seen;
      std::string page = ask("verb=ListRecords&metadataPrefix=oai_dc");
      int pages = 1;
      for (;; ++pages) {
        for (const auto& identifier : texts(page, "identifier")) seen.insert(identifier);
        const auto tokens = texts(page, "resumptionToken");
        REQUIRE(tokens.size() == 1);
        if (tokens.front().empty()) break;
        // Meanwhile one that was given already changes: it may come again, nothing is left out.
        if (pages == 1) CHECK_FALSE(a.take(made.front(), Move::withdraw));
        page = ask("verb=ListRecords&resumptionToken=" + tokens.front());
      }
      CHECK(pages == 3);
      for (const PublicationId id : made) CHECK(seen.count("oai:toimela.test:" + id.text()) >= 1);
      CHECK(seen.size() <= made.size() + 1);

      const auto gone = ask("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:toimela.test:" + made.front().text());
      CHECK_THAT(gone, Contains("status=\"deleted\"") && !Contains("<metadata>"));
      const auto one = ask("verb=GetRecord&metadataPrefix=oai_qdc&identifier=oai:toimela.test:" + made.back().text());
      CHECK(texts(one, "dcterms:issued") == ErrorCodes{"2019"});
      CHECK(texts(one, "dc:title").front() == "Julkaisu <229> & muut");
      CHECK_THAT(one, Contains("creativecommons.org/licenses/by/4.0/"));
      CHECK_THAT(ask("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:toimela.test:999999"), Contains("idDoesNotExist"));
      CHECK_THAT(ask("verb=ListIdentifiers&metadataPrefix=oai_dc&set=region-19"), Contains("noRecordsMatch"));
      CHECK_THAT(ask("verb=ListIdentifiers&metadataPrefix=oai_dc&until=1999-01-01"), Contains("noRecordsMatch"));
      CHECK_THAT(ask("verb=ListIdentifiers&metadataPrefix=oai_dc&set=kind-handbook&from=2020-01-01"), Contains("<header"));

      Headers headers;
      headers.set("Content-Type", "application/x-www-form-urlencoded");
      const auto posted = harvester.send(Method::post, "/oai", headers, "verb=ListIdentifiers&metadataPrefix=oai_dc");
      CHECK(posted.status == 200);
      CHECK(texts(bodyOf(posted), "header").size() == 100);
    }
  }
}
