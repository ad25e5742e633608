// Numbers, addresses, days: what is read is written so that it is read again.
#include "promise.h"
#include "toimela/types.h"

using namespace toimela;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::textOf(data, size);
  if (const auto id = parseId(text)) fuzz::promise(*id > 0 && parseId(std::to_string(*id)) == id);
  parseLocale(text);
  fuzz::comesBack<RegionCode>(text);
  fuzz::comesBack<MunicipalityCode>(text);
  fuzz::comesBack<EmailAddress>(text);
  fuzz::comesBack<BusinessId>(text);
  fuzz::comesBack<Date>(text);
  if (const auto day = Date::parse(text)) fuzz::promise(day->day().ok());
  // In the hour that comes twice the earlier one is meant, so the same words are the same moment.
  if (const auto at = parseHelsinkiTime(text)) fuzz::promise(parseHelsinkiTime(helsinkiText(*at)) == at);
  return 0;
}
