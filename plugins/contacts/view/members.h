// Pages about one member, and what stands above every form of this plugin.
#pragma once

#include "domain/member.h"
#include "store/members.h"
#include "toimela/form.h"
#include "toimela/view.h"
#include "view/words.h"

namespace toimela::contacts::view {

View newNetworkForm(const Form& form, const Words& words);
/// A page of a network with a form.
View networkForm(const Network& network, std::string_view titleKey, const Form& form,
                 const Words& words);
/// A page about a member; `memberForm` has a form too.
View memberPage(const Network& network, const store::MemberRow& row, std::string_view titleKey,
                const Words& words);
View memberForm(const Network& network, const store::MemberRow& row, const Form& form,
                const Words& words);
/// Asks before a membership ends; says why it did not when `problem` is given.
View endQuestion(const Network& network, const store::MemberRow& row,
                 std::optional<EndProblem> problem, const Words& words);

}  // namespace toimela::contacts::view
