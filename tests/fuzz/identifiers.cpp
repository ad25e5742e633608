// ISBN, ISSN, ORCID, URN, DOI, days of publishing, lines of people: what is read is written so that it is read again.
#include "domain/publication.h"
#include "promise.h"

using namespace toimela;
using namespace toimela::publications;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::textOf(data, size);
  fuzz::comesBack<Isbn>(text);
  fuzz::comesBack<Issn>(text);
  fuzz::comesBack<Orcid>(text);
  fuzz::comesBack<Link>(text);
  fuzz::comesBack<Issued>(text);
  if (const auto isbn = Isbn::parse(text)) fuzz::promise(isbn->digits().size() == 13);
  if (const auto link = Link::parse(text)) {
    fuzz::promise(link->text().size() <= 500 && link->text().find_first_of("\" \n\r") == std::string::npos);
    link->doi();
    link->urn();
  }
  if (const auto issued = Issued::parse(text)) {
    fuzz::promise(issued->year() >= 1500 && issued->year() <= 2100);
    issued->month();
    issued->day();
  }
  isShortCode(text);
  const auto people = parseContributors(text, Credit::creator).contributors;
  fuzz::promise(parseContributors(contributorLines(people, Credit::creator), Credit::creator).contributors == people);
  return 0;
}
