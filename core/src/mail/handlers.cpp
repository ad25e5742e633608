#include "mail/handlers.h"

#include "mail/outbox_store.h"

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

View rowOf(const Request& request, const MailSummary& mail) {
  View row;
  row.set("href", request.link("/admin/mail/" + std::to_string(mail.id)))
      .set("subject", mail.subject)
      .set("recipient", mail.recipient)
      .set("created", showInstant(mail.createdAt, request.locale))
      .set("created_iso", isoText(mail.createdAt))
      .set("attempts", mail.attempts);
  showState(row, mail.sentAt, mail.failedAt);
  return row;
}

}  // namespace

Response showOutbox(const Request& request, Host& host) {
  const std::int64_t before = parseId(request.query.text("before")).value_or(0);
  auto mails = host.read([&](ReadTx& tx) { return listMails(tx, before, kMailsAPage + 1); });
  const bool hasOlder = mails.size() > kMailsAPage;
  if (hasOlder) mails.pop_back();
  const std::string older = hasOlder ? request.link("/admin/mail") +
                                           "?before=" + std::to_string(mails.back().id)
                                     : std::string();
  std::vector<View> rows;
  for (const MailSummary& mail : mails) rows.push_back(rowOf(request, mail));
  View view;
  view.flag("has_rows", !rows.empty())
      .list("rows", std::move(rows))
      .flag("is_newest", before == 0)
      .flag("has_pages", before != 0 || hasOlder)
      .set("older", older);
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
