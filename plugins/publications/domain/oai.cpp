#include "domain/oai.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <map>

namespace toimela::publications::oai {

namespace {

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  // "-0" would be read as a number that is not negative.
  if (text.starts_with('-') || failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == text.npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string seconds(Instant at) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
}
std::optional<Instant> instant(std::string_view text) {
  const auto count = number(text);
  // Until the year 9999.
  if (!count || *count > 253'402'300'799) return std::nullopt;
  return Instant{std::chrono::seconds{*count}};
}

/// Arguments that a verb knows.
struct Known {
  Verb verb;
  std::vector<std::string_view> required, optional;
};
const std::vector<Known>& verbs() {
  static const std::vector<Known> all{
      {Verb::identify, {}, {}},
      {Verb::listMetadataFormats, {}, {"identifier"}},
      {Verb::listSets, {}, {}},
      {Verb::listIdentifiers, {"metadataPrefix"}, {"from", "until", "set"}},
      {Verb::listRecords, {"metadataPrefix"}, {"from", "until", "set"}},
      {Verb::getRecord, {"identifier", "metadataPrefix"}, {}}};
  return all;
}

bool hasLists(Verb verb) { return verb == Verb::listSets || verb == Verb::listIdentifiers || verb == Verb::listRecords; }

class Reading {
 public:
  Reading(const Arguments& arguments, std::string_view host) : host_(host) {
    for (const auto& [name, value] : arguments)
      if (!values_.emplace(name, value).second) repeated_.push_back(name);
  }

  std::variant<Ask, std::vector<Refusal>> read() {
    const Known* verb = findVerb();
    if (!verb) return std::move(refusals_);
    ask_.verb = verb->verb;
    for (const std::string& name : repeated_) refuse(Error::badArgument, "The argument is repeated: " + name);
    if (values_.contains("resumptionToken") && hasLists(verb->verb)) goOn();
    else begin(*verb);
    if (!refusals_.empty()) return std::move(refusals_);
    return ask_;
  }

 private:
  void refuse(Error error, std::string_view message) { refusals_.push_back({error, std::string(message)}); }
  const std::string* value(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? nullptr : &found->second;
  }

  const Known* findVerb() {
    const std::string* given = value("verb");
    if (!given) return refuse(Error::badVerb, "The verb is missing."), nullptr;
    if (std::ranges::find(repeated_, "verb") != repeated_.end())
      return refuse(Error::badVerb, "The verb is repeated."), nullptr;
    for (const Known& each : verbs())
      if (name(each.verb) == *given) return &each;
    return refuse(Error::badVerb, "There is no such verb."), nullptr;
  }

  void goOn() {
    if (values_.size() > 2)
      refuse(Error::badArgument, "resumptionToken is an exclusive argument: no other may stand beside it.");
    // Sets come on one page, so there is no token of theirs.
    const auto selection = ask_.verb == Verb::listSets ? std::nullopt : parseToken(*value("resumptionToken"));
    if (!selection) refuse(Error::badResumptionToken, "The resumptionToken is not one of this repository.");
    else ask_.selection = *selection;
  }

  void begin(const Known& verb) {
    for (const auto& [name, unused] : values_) {
      const auto isIt = [&](std::string_view each) { return each == name; };
      if (name != "verb" && std::ranges::none_of(verb.required, isIt) && std::ranges::none_of(verb.optional, isIt))
        refuse(Error::badArgument, "The verb has no such argument: " + name.substr(0, 100));
    }
    for (const std::string_view name : verb.required)
      if (!value(name)) refuse(Error::badArgument, "The argument is missing: " + std::string(name));
    if (const auto* given = value("metadataPrefix"); given && known(verb, "metadataPrefix")) readFormat(*given);
    if (const auto* given = value("identifier"); given && known(verb, "identifier")) {
      ask_.identifier = parseIdentifier(*given, host_);
      if (!ask_.identifier) refuse(Error::idDoesNotExist, "No item has this identifier.");
    }
    if (hasLists(verb.verb)) readDates();
    if (const auto* given = value("set"); given && known(verb, "set")) {
      ask_.selection.set = parseSet(*given);
      if (!ask_.selection.set) refuse(Error::noRecordsMatch, "There is no such set.");
    }
  }

  static bool known(const Known& verb, std::string_view name) {
    return std::ranges::find(verb.required, name) != verb.required.end() ||
           std::ranges::find(verb.optional, name) != verb.optional.end();
  }

  void readFormat(const std::string& given) {
    for (const Format format : kFormats)
      if (prefix(format) == given) {
        ask_.selection.format = format;
        return;
      }
    refuse(Error::cannotDisseminateFormat, "The metadata format is not supported.");
  }

  void readDates() {
    std::optional<Datestamp> from, until;
    const auto read = [&](const char* name, std::optional<Datestamp>& date) {
      const auto* given = value(name);
      if (!given) return;
      date = parseDatestamp(*given);
      if (!date) refuse(Error::badArgument, std::string(name) + " is no UTC date (YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ).");
    };
    read("from", from);
    read("until", until);
    if (from && until && from->isDay != until->isDay)
      return refuse(Error::badArgument, "from and until have different granularities.");
    // Nothing changed before 1970, and a token counts seconds from there.
    if (from) ask_.selection.from = std::max(from->at, Instant{});
    if (until)
      ask_.selection.until =
          std::max(until->isDay ? until->at + std::chrono::hours(24) - std::chrono::seconds(1) : until->at, Instant{});
    if (from && until && from->at > until->at) refuse(Error::badArgument, "from is later than until.");
  }

  std::string_view host_;
  std::map<std::string, std::string, std::less<>> values_;
  std::vector<std::string> repeated_;
  std::vector<Refusal> refusals_;
  Ask ask_;
};

}  // namespace

std::string_view name(Verb verb) {
  switch (verb) {
    case Verb::identify: return "Identify";
    case Verb::listMetadataFormats: return "ListMetadataFormats";
    case Verb::listSets: return "ListSets";
    case Verb::listIdentifiers: return "ListIdentifiers";
    case Verb::listRecords: return "ListRecords";
    case Verb::getRecord: return "GetRecord";
  }
  return "";
}

std::string_view prefix(Format format) { return format == Format::oaiDc ? "oai_dc" : "oai_qdc"; }

std::string_view code(Error error) {
  switch (error) {
    case Error::badArgument: return "badArgument";
    case Error::badResumptionToken: return "badResumptionToken";
    case Error::badVerb: return "badVerb";
    case Error::cannotDisseminateFormat: return "cannotDisseminateFormat";
    case Error::idDoesNotExist: return "idDoesNotExist";
    case Error::noRecordsMatch: return "noRecordsMatch";
    case Error::noMetadataFormats: return "noMetadataFormats";
    case Error::noSetHierarchy: return "noSetHierarchy";
  }
  return "";
}

std::optional<Set> parseSet(std::string_view spec) {
  const auto hyphen = spec.find('-');
  if (hyphen == spec.npos) return std::nullopt;
  const auto what = spec.substr(0, hyphen), which = spec.substr(hyphen + 1);
  if (what == "region") {
    if (const auto region = RegionCode::parse(which); region && which.size() == 2) return Set{*region};
  } else if (what == "kind") {
    if (const auto kind = parseKind(which)) return Set{*kind};
  } else if (what == "series") {
    if (const auto id = parseId(which)) return Set{SeriesId{*id}};
  }
  return std::nullopt;
}

std::string spec(const Set& set) {
  if (const auto* region = std::get_if<RegionCode>(&set.of)) return "region-" + region->text();
  if (const auto* kind = std::get_if<Kind>(&set.of)) return "kind-" + std::string(code(*kind));
  return "series-" + std::get<SeriesId>(set.of).text();
}

std::variant<Ask, std::vector<Refusal>> parse(const Arguments& arguments, std::string_view host) {
  return Reading(arguments, host).read();
}

// "2.oai_dc.FROM.UNTIL.SET.AT.ID.BEFORE.TOTAL": the version of the token first; empty where nothing was said. The
// first version had no total; harvesters may come back with one.
std::string token(const Selection& s) {
  std::string text = "2." + std::string(prefix(s.format));
  text.append(".").append(s.from ? seconds(*s.from) : "");
  text.append(".").append(s.until ? seconds(*s.until) : "");
  text.append(".").append(s.set ? spec(*s.set) : "");
  const Place place = s.after.value_or(Place{});
  text.append(".").append(seconds(place.changedAt)).append(".").append(place.id.text());
  text.append(".").append(std::to_string(place.before));
  return text + "." + (place.total ? std::to_string(*place.total) : std::string());
}

std::optional<Selection> parseToken(std::string_view token) {
  if (token.size() > 200) return std::nullopt;
  const auto parts = split(token, '.');
  const bool isFirst = parts.size() == 8 && parts[0] == "1", isSecond = parts.size() == 9 && parts[0] == "2";
  if (!isFirst && !isSecond) return std::nullopt;
  Selection selection;
  const auto format = std::ranges::find_if(kFormats, [&](Format each) { return prefix(each) == parts[1]; });
  if (format == kFormats.end()) return std::nullopt;
  selection.format = *format;
  if (!parts[2].empty() && !(selection.from = instant(parts[2]))) return std::nullopt;
  if (!parts[3].empty() && !(selection.until = instant(parts[3]))) return std::nullopt;
  if (!parts[4].empty() && !(selection.set = parseSet(parts[4]))) return std::nullopt;
  const auto at = instant(parts[5]);
  const auto id = parseId(parts[6]);
  const auto before = number(parts[7]);
  if (!at || !id || !before) return std::nullopt;
  selection.after = Place{*at, PublicationId{*id}, *before, std::nullopt};
  if (isSecond && !parts[8].empty() && !(selection.after->total = number(parts[8]))) return std::nullopt;
  return selection;
}

std::string identifier(PublicationId id, std::string_view host) {
  return "oai:" + std::string(host) + ":" + id.text();
}

std::optional<PublicationId> parseIdentifier(std::string_view text, std::string_view host) {
  const std::string start = "oai:" + std::string(host) + ":";
  if (!text.starts_with(start)) return std::nullopt;
  const auto id = parseId(text.substr(start.size()));
  return id ? std::optional(PublicationId{*id}) : std::nullopt;
}

std::optional<Datestamp> parseDatestamp(std::string_view text) {
  const auto day = text.size() >= 10 && text[4] == '-' && text[7] == '-' ? Date::parse(text.substr(0, 10)) : std::nullopt;
  if (!day) return std::nullopt;
  Datestamp result{Instant{std::chrono::sys_days{day->day()}}, text.size() == 10};
  if (result.isDay) return result;
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z') return std::nullopt;
  const auto hour = number(text.substr(11, 2)), minute = number(text.substr(14, 2)), second = number(text.substr(17, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  result.at += std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
  return result;
}

std::string datestamp(Instant at) { return isoText(at).substr(0, 19) + "Z"; }

}  // namespace toimela::publications::oai
