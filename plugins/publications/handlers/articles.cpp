// News and blog.
#include "handlers/found.h"
#include "handlers/series.h"
#include "operations/articles.h"
#include "publications.h"
#include "store/articles.h"
#include "toimela/directory.h"
#include "toimela/files.h"
#include "toimela/numbers.h"
#include "toimela/undo.h"
#include "view/forms.h"
#include "view/pages.h"

#include <algorithm>

namespace toimela::publications::handlers {

namespace {

constexpr int kInList = 100;
constexpr std::size_t kExcerpt = 200;

bool mayEdit(const Request& request, Host& host, std::optional<RegionCode> region) {
  return host.allowed(request.actor, kEdit, {.region = region});
}

Article require(const Request& request, Host& host) {
  const auto id = request.parameters.id<ArticleId>("article");
  auto found = id ? host.read([&](ReadTx& tx) { return store::findArticle(tx, *id); }) : std::nullopt;
  if (!found || (!found->isPublished && !mayEdit(request, host, found->region))) throw NotFound();
  return std::move(*found);
}

std::string articlesPath(const Region* region) { return view::listPath(region) + "/articles"; }

std::vector<View> way(const Article* article, const Region* region, const std::string& last, const view::Words& words) {
  std::vector<Step> steps{{view::listPath(region), words.text("publications.list.title")},
                          {articlesPath(region), words.text("publications.articles.title")}};
  if (article) steps.push_back({view::pathOf(article->id), words.pick(article->title)});
  if (!last.empty()) steps.push_back({"", last});
  else steps.back().path.clear();
  return breadcrumbs(steps, words);
}

/// The beginning of a text, cut between words; marks of Markdown at the start of lines are left out.
std::string excerpt(const std::string& text) {
  std::string plain;
  for (const char c : text)
    if (c != '*' && c != '#' && c != '_' && c != '`') plain += c == '\n' || c == '\r' ? ' ' : c;
  if (plain.size() <= kExcerpt) return plain;
  const auto space = plain.rfind(' ', kExcerpt);
  return plain.substr(0, space == std::string::npos ? 0 : space) + " …";
}

View rowOf(const Article& article, const view::Words& words) {
  View row;
  row.set("href", words.link(view::pathOf(article.id)))
      .text("title", article.title, words.locale())
      .set("author", article.author)
      .set("day", showDate(article.day, words.locale()))
      .set("excerpt", excerpt(words.pick(article.body)));
  return row;
}

Response showForm(const Request& request, Host& host, const Article* article, const Form& form, int status = 200) {
  const view::Words words(request, host);
  const Region* region = words.region(article ? article->region : request.region);
  const std::string& title = words.text(article ? "publications.articles.edit" : "publications.articles.new");
  View view;
  view.list("breadcrumbs", way(article, region, title, words))
      .set("heading", title)
      .set("action", words.link(request.path))
      .set("back", words.link(article ? view::pathOf(article->id) : articlesPath(region)))
      .set("remove", article ? words.link(view::pathOf(article->id) + "/remove") : std::string())
      .group("form", form.view(words.texts(), words.locale()));
  return host.page(request, "article_form", std::move(view), {.status = status, .title = title});
}

/// What the form says; the picture it brings, if any, is kept with it.
struct Written {
  Article article;
  std::optional<files::Incoming> picture;
};
std::optional<Written> read(const Request& request, Host& host, Form& form, Article article) {
  const auto sent = std::ranges::find(request.files, "file", &UploadedFile::field);
  const bool hasPicture = sent != request.files.end() && sent->content && sent->content->size() > 0;
  auto written = view::readArticle(form, std::move(article), hasPicture);
  std::optional<files::Incoming> picture;
  if (hasPicture && form.ok()) {
    auto received = files::receive(host, *sent, view::pictures());
    if (const auto* refusal = std::get_if<files::Refusal>(&received)) view::explain(form, *refusal);
    else picture = std::get<files::Incoming>(std::move(received));
  }
  if (!form.ok()) return std::nullopt;
  return Written{std::move(*written), std::move(picture)};
}

}  // namespace

Response listArticles(const Request& request, Host& host) {
  const view::Words words(request, host);
  const Region* region = words.region(request.region);
  const auto asked = request.query.text("month");
  const auto month = asked.size() == 7 ? std::optional(std::string(asked)) : std::nullopt;
  const bool edits = mayEdit(request, host, request.region);
  const auto [articles, drafts, months] = host.read([&](ReadTx& tx) {
    return std::tuple{store::articles(tx, request.region, month, false, kInList),
                      edits ? store::articles(tx, request.region, {}, true, kInList) : std::vector<Article>{},
                      store::articleMonths(tx, request.region)};
  });
  View view;
  view.list("breadcrumbs", way(nullptr, region, "", words))
      .set("add", edits ? words.link(articlesPath(region) + "/new") : std::string());
  setList(view, "articles", each(articles, [&](const Article& each) { return rowOf(each, words); }));
  setList(view, "drafts", each(drafts, [&](const Article& each) { return rowOf(each, words); }));
  setList(view, "months", each(months, [&](const store::MonthCount& each) {
            View item;
            item.set("href", words.link(articlesPath(region)) + "?month=" + each.month)
                .set("label", words.date(*Issued::parse(each.month)))
                .set("count", showNumber(each.count, words.locale()))
                .flag("is_current", month == each.month);
            return item;
          }));
  return host.page(request, "articles", std::move(view));
}

Response showArticle(const Request& request, Host& host) {
  const Article article = require(request, host);
  const view::Words words(request, host);
  View view;
  view.list("breadcrumbs", way(&article, words.region(article.region), "", words))
      .text("title", article.title, words.locale())
      .text("body", article.body, words.locale())
      .html("body", markdown(words.pick(article.body)))
      .set("author", article.author)
      .set("day", showDate(article.day, words.locale()))
      .set("image", article.image ? words.link(view::pathOf(article.id) + "/image") : std::string())
      .set("alt", article.imageAlt)
      .flag("is_draft", !article.isPublished)
      .set("edit", mayEdit(request, host, article.region) ? words.link(view::pathOf(article.id) + "/edit") : std::string());
  return host.page(request, "article", std::move(view),
                   {.title = words.pick(article.title), .description = excerpt(words.pick(article.body))});
}

Response articleImage(const Request& request, Host& host) {
  const Article article = require(request, host);
  if (!article.image) throw NotFound();
  return files::serve(host, *article.image);
}

Response newArticle(const Request& request, Host& host) {
  Form form(view::articleFields());
  form.fill("author", request.actor.name).fill("day", Date::today().text());
  return showForm(request, host, nullptr, form);
}

Response addArticle(const Request& request, Host& host) {
  Form form = Form::read(view::articleFields(), request.form);
  const auto written = read(request, host, form, {.region = request.region, .day = Date::today()});
  if (!written) return showForm(request, host, nullptr, form, 422);
  const auto id = host.write(request, [&](WriteTx& tx) { return operations::addArticle(tx, written->article, written->picture); });
  return host.redirect(request, view::pathOf(id), "publications.done.article_saved");
}

Response editArticle(const Request& request, Host& host) {
  const Article article = require(request, host);
  Form form(view::articleFields());
  form.fill("title", article.title)
      .fill("body", article.body)
      .fill("author", article.author)
      .fill("day", article.day.text())
      .fill("alt", article.imageAlt)
      .fill("published", article.isPublished ? "1" : "")
      .fill("revision", std::to_string(article.revision));
  return showForm(request, host, &article, form);
}

Response saveArticle(const Request& request, Host& host) {
  const Article stored = require(request, host);
  Form form = Form::read(view::articleFields(), request.form);
  const auto written = read(request, host, form, stored);
  if (!written) return showForm(request, host, &stored, form, 422);
  const bool isSaved = host.write(request, [&](WriteTx& tx) { return operations::saveArticle(tx, written->article, written->picture); });
  if (isSaved) return host.redirect(request, view::pathOf(stored.id), "publications.done.article_saved");
  form.error("", "publications.error.stale");
  form.fill("revision", std::to_string(stored.revision));
  return showForm(request, host, &stored, form, 409);
}

Response removeArticle(const Request& request, Host& host) {
  const Article article = require(request, host);
  host.write(request, [&](WriteTx& tx) { operations::removeArticle(tx, article.id); });
  return redirectWithUndo(request, host, articlesPath(view::Words(request, host).region(article.region)),
                          "publications.done.article_removed",
                          view::pathOf(article.id) + "/restore?revision=" + std::to_string(article.revision + 1));
}

Response restoreArticle(const Request& request, Host& host) {
  requireUndo(request, host, "revision");
  const ArticleId id = request.parameters.id<ArticleId>("article").value();
  const auto revision = parseId(request.form.text("revision")).value_or(0);
  if (!host.write(request, [&](WriteTx& tx) { return operations::restoreArticle(tx, id, revision); })) undoIsTooLate();
  return host.redirect(request, view::pathOf(id), "site.undone");
}

}  // namespace toimela::publications::handlers
