#include "handlers/picture.h"

#include "handlers/organised.h"
#include "handlers/received.h"
#include "handlers/removing.h"
#include "handlers/visible.h"
#include "operations/pictures.h"
#include "store/pictures.h"
#include "toimela/pictures.h"
#include "view/picture.h"

namespace toimela::events::handlers {

namespace {

struct Shown {
  Event event;
  std::optional<Picture> picture;
};
Shown read(const Request& request, Host& host) {
  return host.read([&](ReadTx& tx) {
    Event event = requireOrganised(tx, request);
    auto picture = store::pictureOf(tx, event.id);
    return Shown{std::move(event), std::move(picture)};
  });
}

Response show(const Request& request, Host& host, const Shown& shown, const Form& form, int status = 200) {
  const view::Words words(request, host);
  return host.page(request, "organise_picture", view::picturePage(shown.event, shown.picture, form, words),
                   {.status = status});
}

}  // namespace

Response showPicture(const Request& request, Host& host) {
  const auto file = request.parameters.id<FileId>("file");
  const bool isPublic = host.read([&](ReadTx& tx) {
    const Event event = requireVisibleEvent(tx, request, host);
    const auto picture = store::pictureOf(tx, event.id);
    if (!picture || picture->file != file) throw NotFound();
    return event.status != EventStatus::draft && event.visibility == Visibility::everyone;
  });
  return files::showPicture(host, *file, isPublic);
}

Response editPicture(const Request& request, Host& host) {
  const Shown shown = read(request, host);
  Form form(view::pictureFields());
  if (shown.picture) form.fill("alternative", shown.picture->alternative);
  return show(request, host, shown, form);
}

Response savePicture(const Request& request, Host& host) {
  const Shown shown = read(request, host);
  Form form = Form::read(view::pictureFields(), request.form);
  const LocalText alternative = view::readAlternative(form);
  if (request.files.empty() && !shown.picture) form.error("file", "events.error.file_missing");
  const auto file = receiveOne(request, host, form, files::pictures(), "events.error.picture_kind");
  if (!form.ok()) return show(request, host, shown, form, 422);
  const bool isSet = host.write(request, [&](WriteTx& tx) {
    return operations::setPicture(tx, shown.event.id, file, alternative);
  });
  if (!isSet) throw NotFound();
  return host.redirect(request, view::pathOf(shown.event.id) + "/manage", "events.done.picture_saved");
}

Response removePicture(const Request& request, Host& host) {
  const EventId id = host.read([&](ReadTx& tx) { return requireOrganised(tx, request).id; });
  const auto removal = host.write(request, [&](WriteTx& tx) { return operations::removePicture(tx, id); });
  return afterRemoval(request, host, id, view::pathOf(id) + "/manage", "events.done.picture_removed", removal);
}

}  // namespace toimela::events::handlers
