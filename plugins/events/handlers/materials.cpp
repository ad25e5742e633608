#include "handlers/materials.h"

#include <algorithm>

#include "handlers/organised.h"
#include "handlers/part_form.h"
#include "handlers/received.h"
#include "handlers/removing.h"
#include "handlers/visible.h"
#include "operations/materials.h"
#include "store/events.h"
#include "store/mailings.h"
#include "store/materials.h"
#include "store/registrations.h"
#include "view/links.h"
#include "view/managing.h"
#include "view/materials.h"

namespace toimela::events::handlers {

namespace {

struct Kept {
  Event event;
  std::vector<Session> sessions;
  Material material;
};
/// The event and, where the path names one, its material.
Kept readKept(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Kept kept{.event = requireOrganised(tx, request), .sessions = {}, .material = {}};
    kept.sessions = store::sessionsOf(tx, kept.event.id);
    if (!request.parameters.has("material")) return kept;
    const auto id = request.parameters.id<MaterialId>("material");
    const auto all = store::materialsOf(tx, kept.event.id);
    const auto found = std::ranges::find_if(all, [&](const Material& each) { return each.id == id; });
    if (found == all.end()) throw NotFound();
    kept.material = *found;
    return kept;
  });
}

PartPage pageOf(bool isNew) {
  return {.tab = "materials",
          .titleKey = isNew ? "events.material.new" : "events.material.edit",
          .introKey = isNew ? "events.material.new_text" : std::string_view(),
          .back = {},
          .takesFiles = isNew};
}

std::string listPath(EventId event) { return view::pathOf(event) + "/materials"; }

/// A file of the event that everybody, or whoever `sees` participants' materials, may take.
FileId requireFile(const Request& request, const std::vector<Material>& materials, bool seesAll) {
  const auto id = request.parameters.id<FileId>("file");
  for (const Material& material : materials)
    if (id && material.file == id && (seesAll || material.audience == MaterialAudience::everyone)) return *id;
  throw NotFound();
}

struct Taking {
  Event event;
  Participant participant;
};
/// Who opens the link in a letter about materials.
Taking requireTaking(ReadTx& tx, const Request& request, Host& host) {
  const auto id = request.parameters.id<ParticipantId>("participant");
  const auto of = id ? store::registrationOf(tx, *id) : std::nullopt;
  const auto registration = of ? store::findRegistration(tx, *of) : std::nullopt;
  const auto event = registration ? store::findEvent(tx, registration->event) : std::nullopt;
  const auto participant = event ? store::findParticipant(tx, event->id, *id) : std::nullopt;
  if (!participant || participant->state != PlaceState::confirmed || registration->confirmBy ||
      !view::opensMaterials(host, *participant, request.parameters.text("token")))
    throw NotFound();
  return {*event, *participant};
}

}  // namespace

std::vector<view::ShownMaterial> readMaterials(ReadTx& tx, EventId event) {
  std::vector<view::ShownMaterial> shown;
  for (Material& material : store::materialsOf(tx, event)) {
    auto file = material.file ? files::find(tx, *material.file) : std::nullopt;
    shown.push_back({std::move(material), std::move(file)});
  }
  return shown;
}

Response listMaterials(const Request& request, Host& host) {
  const view::Words words(request, host);
  View view;
  host.read([&](ReadTx& tx) {
    const Event event = requireOrganised(tx, request);
    const auto materials = readMaterials(tx, event.id);
    const bool canMail =
        !materials.empty() && event.status == EventStatus::published && now() >= event.startsAt;
    view::showHead(view, event, "materials", words);
    view::showMaterials(view, event, materials, store::sessionsOf(tx, event.id), words);
    view.flag("can_mail", canMail)
        .set("to_tell", canMail ? words.count("events.material.to_tell",
                                              static_cast<std::int64_t>(
                                                  store::notToldOf(tx, event.id, materials.back().material.id).size()))
                                : std::string());
    return true;
  });
  return host.page(request, "organise_materials", std::move(view));
}

Response newMaterial(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Kept kept = readKept(request, host);
  Form form(view::materialFields(kept.sessions, {}, true, words));
  form.fill("audience", std::string(code(MaterialAudience::everyone)));
  return showPart(request, host, kept.event, pageOf(true), form);
}

Response addMaterial(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Kept kept = readKept(request, host);
  Form form = Form::read(view::materialFields(kept.sessions, {}, true, words), request.form);
  const Material material = view::readMaterial(form, {}, !request.files.empty());
  const auto file = receiveOne(request, host, form, files::documentsAndPictures(), "events.error.file_kind");
  if (!form.ok()) return showPart(request, host, kept.event, pageOf(true), form, 422);
  host.write(request, [&](WriteTx& tx) { return operations::addMaterial(tx, kept.event.id, material, file); });
  return host.redirect(request, listPath(kept.event.id), "events.done.material_saved");
}

Response editMaterial(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Kept kept = readKept(request, host);
  Form form(view::materialFields(kept.sessions, kept.material, false, words));
  view::fillMaterial(form, kept.material);
  return showPart(request, host, kept.event, pageOf(false), form);
}

Response saveMaterial(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Kept kept = readKept(request, host);
  Form form = Form::read(view::materialFields(kept.sessions, kept.material, false, words), request.form);
  const Material material = view::readMaterial(form, kept.material, false);
  if (!form.ok()) return showPart(request, host, kept.event, pageOf(false), form, 422);
  if (!host.write(request, [&](WriteTx& tx) { return operations::saveMaterial(tx, kept.event.id, material); }))
    throw NotFound();
  return host.redirect(request, listPath(kept.event.id), "events.done.material_saved");
}

Response removeMaterial(const Request& request, Host& host) {
  const EventId event = host.read([&](ReadTx& tx) { return requireOrganised(tx, request).id; });
  const auto material = request.parameters.id<MaterialId>("material");
  if (!material) throw NotFound();
  const auto removal =
      host.write(request, [&](WriteTx& tx) { return operations::removeMaterial(tx, event, *material); });
  return afterRemoval(request, host, event, listPath(event), "events.done.material_removed", removal);
}

Response mailMaterials(const Request& request, Host& host) {
  const EventId event = host.read([&](ReadTx& tx) { return requireOrganised(tx, request).id; });
  const auto told = host.write(request, [&](WriteTx& tx) { return operations::mailMaterials(tx, event); });
  return host.redirect(request, listPath(event),
                       told ? "events.done.materials_mailed" : "events.done.materials_nobody");
}

Response sendMaterial(const Request& request, Host& host) {
  const FileId file = host.read([&](ReadTx& tx) {
    const Event event = requireVisibleEvent(tx, request, host);
    const bool seesAll = takesPart(tx, request, event.id) || organises(tx, request, host, event);
    return requireFile(request, store::materialsOf(tx, event.id), seesAll);
  });
  return files::serve(host, file);
}

Response showParticipantsMaterials(const Request& request, Host& host) {
  const view::Words words(request, host);
  View view;
  host.read([&](ReadTx& tx) {
    const auto [event, participant] = requireTaking(tx, request, host);
    view::showParticipantsMaterials(view, host, event, participant,
                                    readMaterials(tx, event.id), words);
    return true;
  });
  return host.page(request, "materials", std::move(view));
}

Response sendParticipantsMaterial(const Request& request, Host& host) {
  const FileId file = host.read([&](ReadTx& tx) {
    const Taking taking = requireTaking(tx, request, host);
    return requireFile(request, store::materialsOf(tx, taking.event.id), true);
  });
  return files::serve(host, file);
}

}  // namespace toimela::events::handlers
