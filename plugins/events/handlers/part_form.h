// Pages with one form about a part of an event, and how parts of the programme are asked for and kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "domain/event.h"
#include "handlers/organised.h"
#include "operations/organising.h"
#include "toimela/form.h"
#include "toimela/host.h"
#include "view/managing.h"

namespace toimela::events::handlers {

/// Where a form stands and where it leads back to.
struct PartPage {
  std::string_view tab;            ///< of the pages of an event
  std::string_view titleKey;
  std::string_view introKey = {};
  std::string back = {};           ///< the last part of the path; the tab's own when it is empty
  bool takesFiles = false;
};
/// The form, sent to the path of the request.
Response showPart(const Request& request, Host& host, const Event& event, const PartPage& page,
                  const Form& form, int status = 200);

/// How a session or a quota is asked for and kept.
template <class Part>
struct Editing {
  std::string_view newKey, editKey, doneKey;
  FormSpec (*fields)(bool isNew);
  /// What a new one is filled with.
  Part (*fresh)(const Event& event);
  void (*fill)(Form& form, const Part& part);
  /// What the form says of `part`, with errors in the form where it is not possible.
  Part (*read)(Form& form, const Event& event, Part part);
  Part (*require)(ReadTx& tx, const Request& request, const Event& event);
  std::optional<operations::PartProblem> (*add)(WriteTx& tx, EventId event, const Part& part);
  std::optional<operations::PartProblem> (*save)(WriteTx& tx, EventId event, const Part& part);
};

template <class Part>
class PartEditor {
 public:
  PartEditor(const Editing<Part>& how, const Request& request, Host& host)
      : how_(how), request_(request), host_(host) {}

  Response showNew() const {
    const Event event = host_.read([&](ReadTx& tx) { return requireOrganised(tx, request_); });
    Form form(how_.fields(true));
    how_.fill(form, how_.fresh(event));
    return show(event, true, form);
  }
  Response add() const {
    const Event event = host_.read([&](ReadTx& tx) { return requireOrganised(tx, request_); });
    return keep(event, how_.fresh(event), true);
  }
  Response showStored() const {
    const auto [event, part] = stored();
    Form form(how_.fields(false));
    how_.fill(form, part);
    return show(event, false, form);
  }
  Response save() const {
    auto [event, part] = stored();
    return keep(event, std::move(part), false);
  }

 private:
  std::pair<Event, Part> stored() const {
    return host_.read([&](ReadTx& tx) {
      Event event = requireOrganised(tx, request_);
      Part part = how_.require(tx, request_, event);
      return std::pair{std::move(event), std::move(part)};
    });
  }
  Response show(const Event& event, bool isNew, const Form& form, int status = 200) const {
    return showPart(request_, host_, event,
                    {.tab = "programme", .titleKey = isNew ? how_.newKey : how_.editKey}, form, status);
  }
  Response keep(const Event& event, Part base, bool isNew) const {
    Form form = Form::read(how_.fields(isNew), request_.form);
    const Part part = how_.read(form, event, std::move(base));
    if (!form.ok()) return show(event, isNew, form, 422);
    const auto problem = host_.write(request_, [&](WriteTx& tx) {
      return isNew ? how_.add(tx, event.id, part) : how_.save(tx, event.id, part);
    });
    if (problem == operations::PartProblem::gone) throw NotFound();
    if (!problem)
      return host_.redirect(request_, view::pathOf(event.id) + "/programme", how_.doneKey);
    form.error("capacity", "events.error.session_too_small");
    return show(event, isNew, form, 422);
  }

  const Editing<Part>& how_;
  const Request& request_;
  Host& host_;
};

}  // namespace toimela::events::handlers
