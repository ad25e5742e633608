// The forms of this plugin: their fields, what was read from them, what goes wrong.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/member.h"
#include "domain/network.h"
#include "operations/members.h"
#include "store/members.h"
#include "toimela/directory.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::contacts::view {

/// Fields that several forms have. The region is asked in national networks only.
Field roleField(std::string_view labelKey);
Field regionField(std::string_view labelKey, const std::vector<Region>& regions, const Words& words);
MemberRole readRole(const Form& form);
std::optional<RegionCode> readRegion(const Form& form, const Network& network);
/// Of a form that is ok, in which the first day is required.
DateRange readPeriod(const Form& form);

/// What the fields about a member offer to choose from.
struct MemberChoices {
  std::vector<Region> regions;  ///< empty in a regional network, whose region is not asked
};
/// Asks for the person too.
FormSpec newMemberFields(const MemberChoices& choices, const Words& words);
FormSpec memberFields(const MemberChoices& choices, const Words& words);
/// `organisation` as its lookup field shows it.
void fillMember(Form& form, const Network& network, const Member& member,
                std::string organisation);
operations::NewMember readNewMember(const Form& form, const Network& network,
                                    OrganisationId organisation, Locale language);
/// What the form says of `member`, who stays who they are.
Member readMember(const Form& form, const Network& network, OrganisationId organisation,
                  Member member);
void explain(Form& form, MemberProblem problem);

/// A place for a new network is a region's code, or kNation.
inline constexpr std::string_view kNation = "nation";
FormSpec newNetworkFields(const std::vector<Region>& places, bool nationToo, const Words& words);
Network readNewNetwork(const Form& form);
/// The coordinator is one of the people given.
FormSpec networkFields(const std::vector<Person>& people);
void fillNetwork(Form& form, const Network& network);
Network readNetwork(const Form& form, Network network);

/// The revision that the form was filled from; 0 when it was not sent.
std::int64_t readRevision(const Form& form);
/// Says that someone else saved meanwhile; saving once more replaces what they saved.
void explainStale(Form& form, std::int64_t revision);
/// Says it, and at each field what stands there now where it is not what was typed. `stored` is the
/// same form filled with what was saved.
void explainStale(Form& form, const Form& stored, const FormSpec& fields, const Words& words);

}  // namespace toimela::contacts::view
