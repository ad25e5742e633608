// The forms of this plugin: their fields, what was read from them, what goes wrong.
#pragma once

#include <vector>

#include "domain/member.h"
#include "domain/network.h"
#include "operations/members.h"
#include "store/members.h"
#include "toimela/directory.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::contacts::view {

/// What the fields about a member offer to choose from.
struct MemberChoices {
  std::vector<Organisation> organisations;
  std::vector<Region> regions;  ///< empty in a regional network, whose region is not asked
};
/// Asks for the person too.
FormSpec newMemberFields(const MemberChoices& choices, const Words& words);
FormSpec memberFields(const MemberChoices& choices, const Words& words);
void fillMember(Form& form, const Network& network, const Member& member);
operations::NewMember readNewMember(const Form& form, const Network& network, Locale language);
/// What the form says of `member`, who stays who they are.
Member readMember(const Form& form, const Network& network, Member member);
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

}  // namespace toimela::contacts::view
