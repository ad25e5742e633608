#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/core_host.h"
#include "plugins/declarations.h"
#include "plugins/handlers.h"
#include "plugins/opening.h"
#include "plugins/presentation.h"
#include "toimela/texts.h"

namespace toimela::plugins {

namespace {

using nlohmann::ordered_json;

const Region& regionOf(const Request& request, Host& host) { return *host.region(*request.region); }

const std::string& nameOf(const Region& region, Locale locale) {
  return region.name.pick(locale).text;
}

std::string pathOf(const Request& request, Host& host, std::string_view last) {
  return "/admin/regions/" + regionOf(request, host).slug + "/" + std::string(last);
}

/// The regions that can be the model: what they have is copied, so the actor must be one who may
/// open them, too.
std::vector<const Region*> modelsFor(const Request& request, Host& host) {
  std::vector<const Region*> models;
  for (const Region& region : host.regions())
    if (region.code != *request.region &&
        host.allowed(request.actor, kOpen, {.region = region.code}))
      models.push_back(&region);
  std::ranges::sort(models, [&](const Region* a, const Region* b) {
    return sortsBefore(nameOf(*a, request.locale), nameOf(*b, request.locale), request.locale);
  });
  return models;
}

/// By slug on the pages, by code in the API.
const Region* modelOf(const std::vector<const Region*>& models, std::string_view text) {
  const auto found = std::ranges::find_if(models, [&](const Region* region) {
    return region->slug == text || region->code.text() == text;
  });
  return found == models.end() ? nullptr : *found;
}

FormSpec choosingFields(const Request& request, const std::vector<const Region*>& models) {
  std::vector<Choice> choices;
  for (const Region* region : models)
    choices.push_back({region->slug, nameOf(*region, request.locale), true});
  return {Field::choice("from", "opening.from", std::move(choices)).hint("opening.from_hint").required()};
}

FormSpec openingFields() {
  FormSpec fields{Field::hidden("from"), Field::hidden("mark")};
  for (const RegionSetting& setting : regionTexts()) fields.push_back(setting.field);
  return fields;
}

/// What the plan of this moment is known by: nobody is to change something else than they have seen.
std::string markOf(Host& host, const Opening& plan, const RegionSettings& settings) {
  return host.sign("opening:" + plan.mark(core(host).contributions(), settings));
}

std::string titleFor(const Request& request, Host& host, std::string_view plugin) {
  return titleOf(core(host).contributions(), host.texts(), request.locale, plugin);
}

std::string noteOn(const Request& request, Host& host, const PlannedSwitch& planned) {
  const Texts& texts = host.texts();
  if (planned.national.availability == Availability::alwaysOn)
    return texts.get(request.locale, "plugins.region.always_on");
  if (planned.national.locked) return texts.get(request.locale, "opening.locked");
  if (planned.obstacle.outcome != SwitchOutcome::done)
    return outcomeText(core(host).contributions(), texts, request.locale, planned.plugin,
                       planned.obstacle);
  const std::string key = planned.plugin + ".opening";
  return planned.isOnThen && texts.has(key) ? texts.get(request.locale, key) : std::string();
}

View switchRow(const Request& request, Host& host, const PlannedSwitch& planned) {
  View row;
  row.set("title", titleFor(request, host, planned.plugin))
      .flag("is_on_now", planned.isOnNow)
      .flag("is_on_then", planned.isOnThen)
      .flag("changes", planned.isOnNow != planned.isOnThen)
      .set("note", noteOn(request, host, planned));
  return row;
}

/// A setting's value as people read it.
std::string shown(const Request& request, Host& host, const RegionSettings& settings,
                  const PlannedSetting& planned, RegionCode region) {
  const Field& field = planned.field;
  const auto valueOf = [&](const std::string& name) {
    return settingValue(core(host).contributions(), settings, planned.plugin, name, region);
  };
  switch (field.kind) {
    case Field::Kind::localText:
    case Field::Kind::localMultiline: {
      LocalText text;
      for (const Locale locale : kLocales)
        text.in(locale) = valueOf(field.name + "_" + std::string(code(locale)));
      return text.pick(request.locale).text;
    }
    case Field::Kind::flag:
      return host.texts().get(request.locale,
                              valueOf(field.name) == "1" ? "opening.yes" : "opening.no");
    default: break;
  }
  const std::string value = valueOf(field.name);
  for (const Choice& choice : field.choices)
    if (choice.value == value)
      return choice.translated ? choice.label : host.texts().get(request.locale, choice.label);
  return value;
}

View settingRow(const Request& request, Host& host, const RegionSettings& settings,
                const Opening& plan, const PlannedSetting& planned) {
  View row;
  row.set("plugin", titleFor(request, host, planned.plugin))
      .set("label", host.texts().get(request.locale, planned.field.labelKey))
      .set("now", shown(request, host, settings, planned, plan.to))
      .set("then", shown(request, host, settings, planned, plan.from));
  return row;
}

/// What would change, as a part of the page.
View planView(const Request& request, Host& host, const Opening& plan,
              const RegionSettings& settings) {
  std::vector<View> switches, changed;
  for (const PlannedSwitch& planned : plan.switches)
    switches.push_back(switchRow(request, host, planned));
  for (const PlannedSetting& planned : plan.settings)
    changed.push_back(settingRow(request, host, settings, plan, planned));
  View view;
  view.list("switches", std::move(switches))
      .flag("has_settings", !changed.empty())
      .list("settings", std::move(changed));
  return view;
}

/// What is shown of an opening that somebody has in mind.
struct Looked {
  Opening plan;
  RegionSettings settings;
};

Looked lookAt(const Request& request, Host& host, const Region& from) {
  OpeningBasis basis = host.read(loadOpeningBasis);
  Opening plan = planOpening(core(host).contributions(), basis.tiers, basis.settings, from.code,
                             *request.region);
  return {std::move(plan), std::move(basis.settings)};
}

/// The form as it is offered: the region's own greeting, or that of the model to begin with.
Form offered(Host& host, const Region& from, const Looked& looked) {
  const auto& contributions = core(host).contributions();
  const LocalText own = welcomeOf(contributions, looked.settings, looked.plan.to);
  Form form(openingFields());
  form.fill("from", from.slug)
      .fill("mark", markOf(host, looked.plan, looked.settings))
      .fill(kWelcome,
            own.empty() ? welcomeOf(contributions, looked.settings, looked.plan.from) : own);
  return form;
}

void setHead(View& view, const Request& request, Host& host, const std::string& title) {
  view.set("title", title)
      .set("region_title", host.texts().format(request.locale, "plugins.region.title",
                                               {{"region", nameOf(regionOf(request, host), request.locale)}}))
      .set("plugins_href", request.link(pathOf(request, host, "plugins")));
}

Response openingPage(const Request& request, Host& host, const Form& choosing, const Region* from,
                     const Looked* looked, const Form* form, int status) {
  const std::string title =
      host.texts().format(request.locale, "opening.title",
                          {{"region", nameOf(regionOf(request, host), request.locale)}});
  View view;
  setHead(view, request, host, title);
  view.set("action", request.link(pathOf(request, host, "open")))
      .group("choosing", choosing.view(host.texts(), request.locale))
      .flag("has_plan", looked != nullptr);
  if (looked)
    view.set("plan_title",
             host.texts().format(request.locale, "opening.plan",
                                 {{"model", nameOf(*from, request.locale)}}))
        .group("plan", planView(request, host, looked->plan, looked->settings))
        .group("form", form->view(host.texts(), request.locale));
  return host.page(request, "region_opening", std::move(view), {.status = status, .title = title});
}

ordered_json openingJson(const Opening& plan) {
  ordered_json on = ordered_json::array(), off = on, left = on, settings = on;
  for (const PlannedSwitch& planned : plan.switches) {
    if (planned.isOnThen != planned.isOnNow) (planned.isOnThen ? on : off).push_back(planned.plugin);
    if (planned.isOnThen != planned.isOnInModel) left.push_back(planned.plugin);
  }
  for (const PlannedSetting& planned : plan.settings)
    settings.push_back({{"plugin", planned.plugin}, {"name", planned.field.name}});
  return {{"region", plan.to.text()},
          {"from", plan.from.text()},
          {"switchedOn", std::move(on)},
          {"switchedOff", std::move(off)},
          {"left", std::move(left)},
          {"settings", std::move(settings)}};
}

/// A step that is left to do, for who may.
void addStep(std::vector<View>& steps, const Request& request, Host& host, std::string_view name,
             const std::string& path) {
  const std::string key = "opening.next." + std::string(name);
  View& step = steps.emplace_back();
  step.set("href", request.link(path))
      .set("title", host.texts().get(request.locale, key))
      .set("text", host.texts().get(request.locale, key + "_text"));
}

}  // namespace

Response showOpening(const Request& request, Host& host) {
  const auto models = modelsFor(request, host);
  const std::string wanted(request.query.text("from"));
  Form choosing(choosingFields(request, models));
  if (wanted.empty()) return openingPage(request, host, choosing, nullptr, nullptr, nullptr, 200);
  const Region* from = modelOf(models, wanted);
  if (!from) {
    choosing.error("from", "opening.from_unknown");
    return openingPage(request, host, choosing, nullptr, nullptr, nullptr, 422);
  }
  choosing.fill("from", from->slug);
  const Looked looked = lookAt(request, host, *from);
  const Form form = offered(host, *from, looked);
  return openingPage(request, host, choosing, from, &looked, &form, 200);
}

Response submitOpening(const Request& request, Host& host) {
  const auto& contributions = core(host).contributions();
  const auto models = modelsFor(request, host);
  Form form = Form::read(openingFields(), request.form);
  Form choosing(choosingFields(request, models));
  const Region* from = modelOf(models, form.text("from"));
  if (!from) {
    choosing.error("from", "opening.from_unknown");
    return openingPage(request, host, choosing, nullptr, nullptr, nullptr, 422);
  }
  choosing.fill("from", from->slug);
  const bool isOpened = form.ok() && host.write(request, [&](WriteTx& tx) {
    const OpeningBasis basis = lockOpeningBasis(tx);
    const Opening plan =
        planOpening(contributions, basis.tiers, basis.settings, from->code, *request.region);
    if (markOf(host, plan, basis.settings) != form.text("mark")) {
      tx.unaudited("something else would change than was shown");
      return false;
    }
    openRegion(tx, contributions, basis, plan, form.localText(kWelcome));
    return true;
  });
  if (isOpened)
    return host.redirect(request, pathOf(request, host, "opened"), "opening.done");
  const Looked looked = lookAt(request, host, *from);
  if (!form.ok()) return openingPage(request, host, choosing, from, &looked, &form, 422);
  form.fill("mark", markOf(host, looked.plan, looked.settings));
  form.error("", "opening.changed");
  return openingPage(request, host, choosing, from, &looked, &form, 409);
}

Response showOpened(const Request& request, Host& host) {
  const Region& region = regionOf(request, host);
  std::vector<View> steps;
  const auto may = [&](std::string_view permission) {
    return host.allowed(request.actor, Permission{permission}, {.region = region.code});
  };
  if (may("core.person.edit"))
    addStep(steps, request, host, "invite",
            "/admin/people/new?role=contact_person&place=region:" + region.code.text());
  if (may("core.person.view")) addStep(steps, request, host, "roles", "/admin/people");
  if (may(kRegionSwitch.name))
    addStep(steps, request, host, "settings", pathOf(request, host, "plugins"));
  if (host.allowed(request.actor, kSwitch, {}))
    addStep(steps, request, host, "lock", "/admin/plugins");
  addStep(steps, request, host, "look", "/regions/" + region.slug);
  const std::string title = host.texts().format(request.locale, "opening.next.title",
                                                {{"region", nameOf(region, request.locale)}});
  View view;
  setHead(view, request, host, title);
  view.list("steps", std::move(steps));
  return host.page(request, "region_opened", std::move(view), {.title = title});
}

Response openForApi(const Request& request, Host& host) {
  const auto& contributions = core(host).contributions();
  FormSpec fields{Field::text("from", "opening.from").required()};
  for (const RegionSetting& setting : regionTexts()) fields.push_back(setting.field);
  Form form = Form::read(std::move(fields), request.form);
  const auto models = modelsFor(request, host);
  const Region* from = modelOf(models, form.text("from"));
  if (!from && !form.text("from").empty()) form.error("from", "opening.from_unknown");
  if (!form.ok()) return host.problem(request, form);
  const bool greets = std::ranges::any_of(kLocales, [&](Locale locale) {
    return request.form.find(std::string(kWelcome) + "_" + std::string(code(locale))).has_value();
  });
  const Opening plan = host.write(request, [&](WriteTx& tx) {
    const OpeningBasis basis = lockOpeningBasis(tx);
    Opening made =
        planOpening(contributions, basis.tiers, basis.settings, from->code, *request.region);
    openRegion(tx, contributions, basis, made,
               greets ? std::optional(form.localText(kWelcome)) : std::nullopt);
    return made;
  });
  return host.json(openingJson(plan).dump());
}

}  // namespace toimela::plugins
