#include "mail/handlers.h"

#include "mail/outbox_store.h"
#include "toimela/table.h"

namespace toimela::mail {

namespace {

constexpr int kMailsAPage = 50;

void showState(View& view, const std::optional<Instant>& sentAt,
               const std::optional<Instant>& failedAt) {
  view.flag("is_sent", sentAt.has_value())
      .flag("is_failed", failedAt.has_value())
      .flag("is_waiting", !sentAt && !failedAt);
}

std::string shown(const std::optional<Instant>& instant, Locale locale) {
  return instant ? showInstant(*instant, locale) : std::string();
}

std::string stateName(const Request& request, Host& host, MailState state) {
  return host.texts().get(request.locale, "mail.state." + std::string(code(state)));
}

TableSpec mailTable(const Request& request, Host& host) {
  TableFilter states{"state", "mail.state", "mail.state.all", {}};
  for (const MailState state : kMailStates)
    states.choices.push_back({std::string(code(state)), stateName(request, host, state), true});
  return {.id = "mail",
          .path = "/admin/mail",
          .captionKey = "mail.caption",
          .searchKey = "mail.search",
          .filters = {std::move(states)},
          .columns = {TableColumn::text("subject", "mail.subject").heads(),
                      TableColumn::text("recipient", "mail.recipient"),
                      TableColumn::text("created", "mail.created"), TableColumn::text("state", "mail.state"),
                      TableColumn::number("attempts", "mail.attempts")},
          .emptyKey = "mail.empty",
          .emptyTextKey = "mail.empty.text",
          .rowsAPage = kMailsAPage,
          .isPagedByKey = true};
}

TableRow rowOf(const Request& request, Host& host, const MailSummary& mail) {
  const MailState state = stateOf(mail);
  const char* tag = state == MailState::sent ? "tag tag--ok" : state == MailState::failed ? "tag tag--off" : "tag tag--warn";
  const std::string id = std::to_string(mail.id);
  return {{TableCell(mail.subject).linked(request.link("/admin/mail/" + id)), mail.recipient,
           spreadsheet::Cell(mail.createdAt), TableCell(stateName(request, host, state)).tagged(tag),
           spreadsheet::Cell(mail.attempts)},
          id};
}

}  // namespace

Response showOutbox(const Request& request, Host& host) {
  const Table table(mailTable(request, host), request);
  const MailFilter filter{table.words(), parseMailState(table.filter("state"))};
  const auto mails = host.read([&](ReadTx& tx) {
    return listMails(tx, filter, parseId(table.after()).value_or(0), table.limit());
  });
  std::vector<TableRow> rows;
  for (const MailSummary& mail : mails) rows.push_back(rowOf(request, host, mail));
  if (table.format()) return table.file(request, host, std::move(rows), "mail");
  View view;
  view.group("table", table.view(request, host, std::move(rows)));
  return host.page(request, "mail_list", std::move(view),
                   {.title = host.texts().get(request.locale, "mail.title")});
}

Response showMessage(const Request& request, Host& host) {
  const auto id = parseId(request.parameters.text("message"));
  if (!id) throw NotFound();
  const auto mail = host.read([&](ReadTx& tx) { return findMail(tx, *id); });
  if (!mail) throw NotFound();
  const bool waits = !mail->sentAt && !mail->failedAt;
  View view;
  view.set("subject", mail->subject)
      .set("recipient", mail->recipient)
      .set("recipient_name", mail->recipientName)
      .set("message_id", mail->messageId)
      .set("created", showInstant(mail->createdAt, request.locale))
      .set("sent", shown(mail->sentAt, request.locale))
      .set("failed", shown(mail->failedAt, request.locale))
      .set("next_attempt", waits ? showInstant(mail->nextAttemptAt, request.locale) : "")
      .set("attempts", mail->attempts)
      .set("last_error", mail->lastError)
      .set("text", mail->confidential ? "" : mail->text)
      .flag("is_confidential", mail->confidential)
      .set("mail_lang", std::string(code(mail->language)))
      .flag("has_html", !mail->html.empty() && !mail->confidential);
  showState(view, mail->sentAt, mail->failedAt);
  return host.page(request, "mail_message", std::move(view), {.title = mail->subject});
}

}  // namespace toimela::mail
