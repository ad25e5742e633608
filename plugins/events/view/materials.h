// Materials of an event: forms, the page of organisers, and how others see them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "domain/material.h"
#include "domain/registration.h"
#include "toimela/files.h"
#include "toimela/form.h"
#include "view/words.h"

namespace toimela::events::view {

/// A material with what is known of its file.
struct ShownMaterial {
  Material material;
  std::optional<files::StoredFile> file;
};

/// Of a new one, or of one that is there: what was sent as a file stays a file.
FormSpec materialFields(const std::vector<Session>& sessions, const Material& stored, bool isNew,
                        const Words& words);
void fillMaterial(Form& form, const Material& material);
/// What the form says of `material`; with an error at the field when there is neither a link nor a
/// file, or both, or no link that is safe to follow. `isSent`: a file came with the form.
Material readMaterial(Form& form, Material material, bool isSent);

/// The page of organisers.
void showMaterials(View& view, const Event& event, const std::vector<ShownMaterial>& materials,
                   const std::vector<Session>& sessions, const Words& words);
/// The page that a participant's letter leads to.
void showParticipantsMaterials(View& view, Host& host, const Event& event, const Participant& participant,
                               const std::vector<ShownMaterial>& materials, const Words& words);
/// Those of the session, or of the whole event without one, for the partial {{> material_list}}.
std::vector<View> materialViews(const Event& event, const std::vector<ShownMaterial>& materials,
                                std::optional<SessionId> session, const Words& words);

}  // namespace toimela::events::view
