#include "toimela/route.h"

namespace toimela {

namespace {

Route make(Method method, std::string pattern, Handler handler, RateClass rateClass) {
  Route route;
  route.method = method;
  route.pattern = std::move(pattern);
  route.handler = std::move(handler);
  route.rateClass = rateClass;
  return route;
}

}  // namespace

Route get(std::string pattern, Handler handler) {
  return make(Method::get, std::move(pattern), std::move(handler), RateClass::read);
}
Route post(std::string pattern, Handler handler) {
  return make(Method::post, std::move(pattern), std::move(handler), RateClass::write);
}
Route put(std::string pattern, Handler handler) {
  return make(Method::put, std::move(pattern), std::move(handler), RateClass::write);
}
Route patch(std::string pattern, Handler handler) {
  return make(Method::patch, std::move(pattern), std::move(handler), RateClass::write);
}
Route del(std::string pattern, Handler handler) {
  return make(Method::del, std::move(pattern), std::move(handler), RateClass::write);
}

Route Route::anyone() && {
  rule.kind = Rule::Kind::anyone;
  return std::move(*this);
}
Route Route::signedIn() && {
  rule.kind = Rule::Kind::signedIn;
  return std::move(*this);
}
Route Route::needs(Permission permission) && {
  rule.kind = Rule::Kind::permission;
  rule.permission = permission;
  return std::move(*this);
}
Route Route::at(ScopeResolver resolver) && {
  rule.scope = std::move(resolver);
  return std::move(*this);
}
Route Route::orOwner() && {
  rule.orOwner = true;
  return std::move(*this);
}
Route Route::anywhere() && {
  rule.anyScope = true;
  return std::move(*this);
}
Route Route::cached() && {
  isCached = true;
  return std::move(*this);
}
Route Route::standalone() && {
  isStandalone = true;
  return std::move(*this);
}
Route Route::rate(RateClass value) && {
  rateClass = value;
  return std::move(*this);
}
Route Route::accepts(std::uint64_t bytes) && {
  largestBody = bytes;
  return std::move(*this);
}
Route Route::withoutCsrf() && {
  csrfChecked = false;
  return std::move(*this);
}
Route Route::described(std::string text) && {
  summary = std::move(text);
  return std::move(*this);
}
Route Route::takes(std::string schema) && {
  requestSchema = std::move(schema);
  return std::move(*this);
}
Route Route::answers(std::string schema) && {
  responseSchema = std::move(schema);
  return std::move(*this);
}

Route Route::creates(std::string schema) && {
  responseSchema = std::move(schema);
  isCreating = true;
  return std::move(*this);
}
Route Route::paged(std::string itemSchema) && {
  responseSchema = std::move(itemSchema);
  isPaged = true;
  return std::move(*this);
}
Route Route::reads(std::string queryField, std::string meaning) && {
  queryFields.push_back({std::move(queryField), std::move(meaning)});
  return std::move(*this);
}

}  // namespace toimela
