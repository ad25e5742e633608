#include "view/materials.h"

#include <algorithm>

#include "view/links.h"

namespace toimela::events::view {

namespace {

std::string filePath(EventId event, FileId file) { return pathOf(event) + "/files/" + file.text(); }

std::string sizeText(std::uint64_t bytes, const Words& words) {
  constexpr std::uint64_t kMega = 1024 * 1024;
  if (bytes >= kMega)
    return words.count("events.material.megabytes", static_cast<std::int64_t>((bytes + kMega / 2) / kMega));
  return words.count("events.material.kilobytes", static_cast<std::int64_t>(std::max<std::uint64_t>(1, bytes / 1024)));
}

/// "presentation.pdf, 340 kB", or the host that a link leads to.
std::string noteOf(const ShownMaterial& shown, const Words& words) {
  if (shown.file) return shown.file->name + ", " + sizeText(shown.file->size, words);
  if (!shown.material.link) return {};
  const std::string_view rest = std::string_view(*shown.material.link).substr(8);
  return std::string(rest.substr(0, rest.find_first_of("/?#")));
}

View materialView(const ShownMaterial& shown, const std::string& fileHref, const Words& words) {
  const Material& material = shown.material;
  View view;
  view.set("id", material.id.value)
      .text("title", material.title, words.locale())
      .set("href", material.link ? *material.link : fileHref)
      .flag("is_link", material.link.has_value())
      .set("note", noteOf(shown, words))
      .flag("is_for_participants", material.audience == MaterialAudience::participants);
  return view;
}

std::vector<Choice> sessionChoices(const std::vector<Session>& sessions, const Words& words) {
  std::vector<Choice> choices{{"", "events.material.whole_event"}};
  for (const Session& session : sessions)
    choices.push_back({session.id.text(), words.pick(session.title), true});
  return choices;
}

}  // namespace

FormSpec materialFields(const std::vector<Session>& sessions, const Material& stored, bool isNew,
                        const Words& words) {
  FormSpec fields{Field::localText("title", "events.details.title").required()};
  if (isNew || stored.link)
    fields.push_back(Field::text("link", "events.material.link").hint("events.material.link_hint").longest(1000));
  if (isNew)
    fields.push_back(Field::file("file", "events.material.file", ".pdf,.pptx,.odp,.docx,.odt,.xlsx,.ods,.csv,.txt,.png,.jpg,.jpeg,.webp")
                         .hint("events.material.file_hint"));
  fields.push_back(Field::choice("session", "events.material.session", sessionChoices(sessions, words)));
  std::vector<Choice> audiences;
  for (const MaterialAudience audience : kMaterialAudiences)
    audiences.push_back({std::string(code(audience)), "events.audience." + std::string(code(audience))});
  fields.push_back(Field::choice("audience", "events.material.audience", std::move(audiences)).required());
  return fields;
}

void fillMaterial(Form& form, const Material& material) {
  form.fill("title", material.title).fill("audience", std::string(code(material.audience)));
  if (material.link) form.fill("link", *material.link);
  if (material.session) form.fill("session", material.session->text());
}

Material readMaterial(Form& form, Material material, bool isSent) {
  material.title = form.localText("title");
  material.audience = parseMaterialAudience(form.text("audience")).value_or(material.audience);
  const auto session = parseId(form.text("session"));
  material.session = session ? std::optional(SessionId{*session}) : std::nullopt;
  if (material.file) return material;
  const std::string& link = form.text("link");
  material.link = link.empty() ? std::nullopt : std::optional(link);
  if (isSent && material.link) form.error("link", "events.error.link_and_file");
  if (!isSent && !material.link) form.error("link", "events.error.link_or_file");
  if (material.link && !isSafeLink(*material.link)) form.error("link", "events.error.unsafe_link");
  return material;
}

void showMaterials(View& view, const Event& event, const std::vector<ShownMaterial>& materials,
                   const std::vector<Session>& sessions, const Words& words) {
  std::vector<View> groups;
  const auto add = [&](const std::string& title, std::optional<SessionId> session) {
    auto items = materialViews(event, materials, session, words);
    if (items.empty()) return;
    View group;
    group.set("group_title", title).list("materials", std::move(items));
    groups.push_back(std::move(group));
  };
  add(words.text("events.material.whole_event"), std::nullopt);
  for (const Session& session : sessions) add(words.pick(session.title), session.id);
  setList(view, "groups", std::move(groups));
}

void showParticipantsMaterials(View& view, Host& host, const Event& event, const Participant& participant,
                               const std::vector<ShownMaterial>& materials, const Words& words) {
  const std::string path = words.link(materialsPath(host, participant)) + "/";
  view.text("event", event.title, words.locale()).set("time", words.time(event.startsAt, event.endsAt));
  setList(view, "materials", each(materials, [&](const ShownMaterial& shown) {
            return materialView(shown, shown.file ? path + shown.file->id.text() : std::string(), words);
          }));
}

std::vector<View> materialViews(const Event& event, const std::vector<ShownMaterial>& materials,
                                std::optional<SessionId> session, const Words& words) {
  std::vector<View> views;
  for (const ShownMaterial& shown : materials)
    if (shown.material.session == session)
      views.push_back(materialView(
          shown, shown.file ? words.link(filePath(event.id, shown.file->id)) : std::string(), words));
  return views;
}

}  // namespace toimela::events::view
