#include <algorithm>

#include "access/handlers.h"
#include "access/scopes.h"
#include "access/tokens.h"
#include "plugins/presentation.h"

namespace toimela::access {

namespace {

/// "Contact persons: read": what the scope lets a program do, in the reader's words.
std::string scopeLabel(CoreHost& host, Locale locale, const std::string& scope) {
  const auto colon = scope.find(':');
  const std::string component = scope.substr(0, colon);
  const std::string title =
      component == "core"
          ? host.texts().get(locale, "access.tokens.scope.core")
          : plugins::titleOf(host.contributions(), host.texts(), locale, component);
  return host.texts().format(locale, "access.tokens.scope." + scope.substr(colon + 1),
                             {{"component", title}});
}

FormSpec tokenForm(CoreHost& host, Locale locale) {
  std::vector<Choice> scopes, days;
  for (const std::string& scope : knownScopes(host.contributions()))
    scopes.push_back({scope, scopeLabel(host, locale, scope) + " (" + scope + ")", true});
  for (const int count : {7, 30, 90, 180, kTokenLongestDays})
    days.push_back({std::to_string(count),
                    host.texts().format(locale, "access.tokens.days.count",
                                        {{"count", std::int64_t{count}}}),
                    true});
  return {Field::text("name", "access.tokens.name")
              .required()
              .longest(80)
              .hint("access.tokens.name_hint"),
          Field::several("scopes", "access.tokens.scopes", std::move(scopes))
              .required()
              .hint("access.tokens.scopes_hint"),
          Field::choice("days", "access.tokens.days", std::move(days)).required()};
}

Form emptyForm(CoreHost& host, Locale locale) {
  Form form(tokenForm(host, locale));
  form.fill("days", "90");
  return form;
}

View tokenRow(const Request& request, const TokenInfo& token) {
  View row;
  row.set("token", token.publicId)
      .set("name", token.name)
      .set("scopes", joinScopes(token.scopes))
      .set("since", showInstant(token.createdAt, request.locale))
      .set("until", showInstant(token.expiresAt, request.locale))
      .set("used", token.lastUsedOn ? showDate(*token.lastUsedOn, request.locale) : "")
      .flag("is_expired", token.expired(now()));
  return row;
}

/// `made` is the token to be shown this once, if one was made.
Response tokensPage(const Request& request, Host& host, const Form& form, int status,
                    const TokenMade* made = nullptr) {
  const auto tokens =
      host.read([&](ReadTx& tx) { return listTokens(tx, *request.actor.person); });
  std::vector<View> rows;
  for (const TokenInfo& token : tokens) rows.push_back(tokenRow(request, token));
  View view;
  view.set("made", made ? made->token : "")
      .set("made_name", made ? made->info.name : "")
      .flag("has_tokens", !rows.empty())
      .list("tokens", std::move(rows))
      .group("form", form.view(host.texts(), request.locale));
  return host.page(request, "tokens", std::move(view),
                   titled(request, host, "access.tokens.title", status));
}

}  // namespace

Response showTokens(const Request& request, Host& host) {
  return tokensPage(request, host, emptyForm(core(host), request.locale), 200);
}

Response submitToken(const Request& request, Host& host) {
  Form form = Form::read(tokenForm(core(host), request.locale), request.form);
  if (!form.ok()) return tokensPage(request, host, form, 422);
  const NewToken wish{form.text("name"), form.texts("scopes"), std::stoi(form.text("days"))};
  const auto outcome =
      host.write(request, [&](WriteTx& tx) { return makeToken(tx, *request.actor.person, wish); });
  // The token is stored nowhere, so the page that shows it is the answer itself. Sent once more, the
  // form makes no second token: the name is taken.
  if (const auto* made = std::get_if<TokenMade>(&outcome))
    return tokensPage(request, host, emptyForm(core(host), request.locale), 200, made);
  if (std::holds_alternative<TokenNameTaken>(outcome))
    form.error("name", "access.tokens.name_taken");
  else
    form.error("", "access.tokens.too_many", {{"most", std::to_string(kMostTokens)}});
  return tokensPage(request, host, form, 422);
}

Response revokeOneToken(const Request& request, Host& host) {
  const std::string& token = request.parameters.text("token");
  const bool found = host.write(
      request, [&](WriteTx& tx) { return revokeToken(tx, *request.actor.person, token); });
  if (!found) throw NotFound();
  return host.redirect(request, "/account/tokens", "access.tokens.revoked");
}

}  // namespace toimela::access
