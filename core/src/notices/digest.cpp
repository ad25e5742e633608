#include "notices/digest.h"

#include <algorithm>

namespace toimela::notices {

namespace {

/// A mail about one thing says which; one about many, how many.
std::string subjectOf(const Texts& texts, Locale locale, const Digest& digest) {
  const auto count = static_cast<std::int64_t>(digest.shown() + digest.more);
  if (digest.topics.size() > 1)
    return texts.format(locale, "notices.mail.subject", {{"count", count}});
  const Digest::Part& only = digest.parts.front();
  const std::string& topic = only.topic.name.pick(locale).text;
  if (count > 1)
    return texts.format(locale, "notices.mail.subject_topic", {{"topic", topic}, {"count", count}});
  return texts.format(locale, "notices.mail.subject_one",
                      {{"topic", topic}, {"title", only.notices.front().title.pick(locale).text}});
}

View lineOf(Host& host, Locale locale, const Waiting& notice) {
  View line;
  line.set("title", notice.title.pick(locale).text)
      .set("address", host.absolute(locale, notice.path));
  return line;
}

View partOf(Host& host, Locale locale, const Digest::Part& part) {
  std::vector<View> lines;
  for (const Waiting& notice : part.notices) lines.push_back(lineOf(host, locale, notice));
  View view;
  view.set("topic", part.topic.name.pick(locale).text).list("notices", std::move(lines));
  return view;
}

}  // namespace

std::size_t Digest::shown() const {
  std::size_t count = 0;
  for (const Part& part : parts) count += part.notices.size();
  return count;
}

Digest digestOf(std::span<const Waiting> notices) {
  Digest digest;
  for (const Waiting& notice : notices) {
    if (std::ranges::find(digest.topics, notice.topic.key) == digest.topics.end())
      digest.topics.push_back(notice.topic.key);
    if (digest.shown() == kMostLines) {
      ++digest.more;
      continue;
    }
    auto part = std::ranges::find(digest.parts, notice.topic.key,
                                  [](const Digest::Part& each) { return each.topic.key; });
    if (part == digest.parts.end()) part = digest.parts.insert(part, {notice.topic, {}});
    part->notices.push_back(notice);
  }
  return digest;
}

MailMessage digestMail(Host& host, const Person& person, const Digest& digest,
                       std::string_view token) {
  const Locale locale = person.language;
  const Texts& texts = host.texts();
  const std::string unsubscribe =
      host.absolute(locale, "/notices/unsubscribe/" + std::string(token));
  std::vector<View> parts;
  for (const Digest::Part& part : digest.parts) parts.push_back(partOf(host, locale, part));
  View view;
  view.set("subject", subjectOf(texts, locale, digest))
      .set("greeting", texts.format(locale, "notices.mail.greeting", {{"name", person.givenName}}))
      .list("parts", std::move(parts))
      .set("more", digest.more == 0
                       ? std::string()
                       : texts.format(locale, "notices.mail.more",
                                      {{"count", static_cast<std::int64_t>(digest.more)}}))
      .set("choices", host.absolute(locale, "/account/notices"))
      .set("unsubscribe", unsubscribe);
  MailMessage mail =
      host.composeMail(person.email, person.name(), locale, "digest", std::move(view));
  mail.unsubscribe = unsubscribe;
  return mail;
}

}  // namespace toimela::notices
