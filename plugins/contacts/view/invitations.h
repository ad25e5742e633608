// The form that invites, and the list of those who have not answered yet.
#pragma once

#include <vector>

#include "domain/invitation.h"
#include "operations/invitations.h"
#include "store/invitations.h"
#include "toimela/form.h"
#include "toimela/view.h"
#include "view/forms.h"
#include "view/words.h"

namespace toimela::contacts::view {

FormSpec invitationFields(const MemberChoices& choices, const Words& words);
Invited readInvitation(const Form& form, const Network& network, OrganisationId organisation);
/// The language of the mail.
Locale readLanguage(const Form& form, Locale otherwise);
void explain(Form& form, InviteProblem problem);

std::vector<View> invitedRows(const std::vector<store::InvitedRow>& rows, const Words& words);

}  // namespace toimela::contacts::view
