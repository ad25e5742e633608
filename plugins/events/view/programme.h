// Programme and quotas of an event: its page and forms.
#pragma once

#include <vector>

#include "domain/event.h"
#include "domain/places.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::events::view {

void showProgramme(View& view, const Event& event, const std::vector<Session>& sessions,
                   const std::vector<Quota>& quotas, const Places& places, const Words& words);

FormSpec sessionFields();
void fillSession(Form& form, const Session& session);
/// A new session begins with its event.
Session newSession(const Event& event);
/// What the form says; with an error in the form when it is not possible.
Session readSession(Form& form, const Event& event, Session session);

FormSpec quotaFields(bool isNew);
void fillQuota(Form& form, const Quota& quota);
/// What the form says; with an error in the form when it names nobody.
Quota readQuota(Form& form, const Event& event, Quota quota);

}  // namespace toimela::events::view
