// BibTeX, and what a citation makes of it.
#include "domain/bibtex.h"
#include "domain/publication.h"
#include "promise.h"

using namespace toimela;
using namespace toimela::publications;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const BibtexFile file = parseBibtex(fuzz::textOf(data, size));
  fuzz::promise(file.entries.size() <= 10'000);
  for (const BibtexEntry& entry : file.entries) {
    fuzz::promise(!entry.fields.empty() && entry.line > 0);
    for (const auto& [name, value] : entry.fields) {
      fuzz::promise(!name.empty());
      const std::string lines = bibtexPeople(value);
      parseContributors(lines, Credit::creator);
      Issued::parse(value);
    }
  }
  return 0;
}
