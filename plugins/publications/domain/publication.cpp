#include "domain/publication.h"

#include <algorithm>

namespace toimela::publications {

namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r";
  const auto from = text.find_first_not_of(kSpace);
  if (from == text.npos) return {};
  return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

}  // namespace

std::string_view dcmiType(Kind kind) {
  switch (kind) {
    case Kind::podcast: return "Sound";
    case Kind::video: return "MovingImage";
    case Kind::dataset: return "Dataset";
    default: return "Text";
  }
}

bool hasField(Kind kind, std::string_view field) {
  const auto isOf = [kind](std::initializer_list<Kind> kinds) { return std::ranges::find(kinds, kind) != kinds.end(); };
  if (field == "isbn") return isOf({Kind::report, Kind::handbook, Kind::magazine, Kind::thesis, Kind::cards});
  if (field == "issn") return isOf({Kind::report, Kind::handbook, Kind::magazine, Kind::thesis, Kind::article, Kind::podcast});
  if (field == "editors") return isOf({Kind::report, Kind::handbook, Kind::magazine, Kind::article, Kind::podcast, Kind::cards});
  if (field == "translation_of") return !isOf({Kind::magazine, Kind::thesis, Kind::dataset});
  if (field == "accompanies") return !isOf({Kind::magazine, Kind::thesis});
  return true;
}

std::string_view url(Licence licence) {
  switch (licence) {
    case Licence::cc0: return "https://creativecommons.org/publicdomain/zero/1.0/";
    case Licence::by: return "https://creativecommons.org/licenses/by/4.0/";
    case Licence::bySa: return "https://creativecommons.org/licenses/by-sa/4.0/";
    case Licence::byNd: return "https://creativecommons.org/licenses/by-nd/4.0/";
    case Licence::byNc: return "https://creativecommons.org/licenses/by-nc/4.0/";
    case Licence::byNcSa: return "https://creativecommons.org/licenses/by-nc-sa/4.0/";
    case Licence::byNcNd: return "https://creativecommons.org/licenses/by-nc-nd/4.0/";
    case Licence::reserved: return "http://rightsstatements.org/vocab/InC/1.0/";
  }
  return "";
}

bool isLanguage(std::string_view code) { return std::ranges::find(kLanguages, code) != kLanguages.end(); }

ContributorLines parseContributors(std::string_view lines, Credit role) {
  ContributorLines result;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    const auto line = trimmed(lines.substr(0, end));
    lines.remove_prefix(std::min(lines.size(), end + 1));
    if (line.empty()) continue;
    const auto semicolon = line.find(';');
    Contributor contributor{role, std::string(trimmed(line.substr(0, semicolon))), std::nullopt};
    const auto mark = semicolon == line.npos ? std::string_view() : trimmed(line.substr(semicolon + 1));
    if (!mark.empty()) contributor.orcid = Orcid::parse(mark);
    const auto comma = contributor.name.find(',');
    if (comma != std::string::npos)
      contributor.name = std::string(trimmed(std::string_view(contributor.name).substr(0, comma))) + ", " +
                         std::string(trimmed(std::string_view(contributor.name).substr(comma + 1)));
    const bool isNamed = !contributor.name.empty() && contributor.name.size() <= 200 &&
                         !contributor.name.starts_with(',') && !contributor.name.ends_with(", ");
    if (!isNamed || (!mark.empty() && !contributor.orcid)) result.wrong.emplace_back(line);
    else result.contributors.push_back(std::move(contributor));
  }
  return result;
}

std::string contributorLines(const std::vector<Contributor>& contributors, Credit role) {
  std::string lines;
  for (const Contributor& each : contributors) {
    if (each.role != role) continue;
    if (!lines.empty()) lines += '\n';
    lines += each.name;
    if (each.orcid) lines += "; " + each.orcid->text();
  }
  return lines;
}

std::string byline(const Publication& publication, std::string_view others) {
  std::vector<std::string> names;
  for (const Credit role : kCredits) {
    for (const Contributor& each : publication.contributors)
      if (each.role == role) names.push_back(each.family());
    if (!names.empty()) break;
  }
  if (names.empty()) return publication.publisher;
  if (names.size() > 3) return names.front().append(" ").append(others);
  std::string text = names.front();
  for (std::size_t i = 1; i < names.size(); ++i)
    text.append(i + 1 == names.size() ? " & " : ", ").append(names[i]);
  return text;
}

std::vector<Problem> problemsOf(const Publication& p) {
  std::vector<Problem> problems;
  if (!p.issued) problems.push_back({"issued", "publications.error.issued"});
  if (p.kind == Kind::thesis && std::ranges::none_of(p.contributors, [](const Contributor& each) {
        return each.role == Credit::creator && each.isPerson();
      }))
    problems.push_back({"creators", "publications.error.thesis_creator"});
  if (p.identifier && p.isbn) {
    const std::string urn = p.identifier->urn();
    if (urn.size() > 9 && (urn.starts_with("URN:ISBN:") || urn.starts_with("urn:isbn:")))
      if (const auto named = Isbn::parse(urn.substr(9)); named && !(*named == *p.isbn))
        problems.push_back({"identifier", "publications.error.other_isbn"});
  }
  if (std::ranges::any_of(p.placements, [&](const Placement& one) {
        return std::ranges::count(p.placements, one.series, &Placement::series) > 1;
      }))
    problems.push_back({"collections", "publications.error.placed_twice"});
  return problems;
}

std::optional<State> after(State state, Move step, const Powers& powers) {
  const auto allowed = [](bool may, State next) { return may ? std::optional(next) : std::nullopt; };
  switch (step) {
    case Move::submit: return allowed(state == State::draft && powers.edits && !powers.puts(), State::review);
    case Move::takeBack: return allowed(state == State::review && (powers.edits || powers.reviews), State::draft);
    case Move::publish:
      return allowed((state == State::draft || state == State::review) && powers.puts(), State::published);
    case Move::withdraw: return allowed(state == State::published && powers.puts(), State::withdrawn);
    case Move::restore: return allowed(state == State::withdrawn && powers.puts(), State::published);
  }
  return std::nullopt;
}

}  // namespace toimela::publications
