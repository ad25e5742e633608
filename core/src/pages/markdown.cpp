// Markdown of users → HTML that can not harm the page.
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <vector>

#include "pages/escape.h"
#include "toimela/search.h"
#include "toimela/view.h"

namespace toimela {

namespace {

template <auto release>
struct Released {
  template <class T>
  void operator()(T* what) const {
    release(what);
  }
};
using Parser = std::unique_ptr<cmark_parser, Released<cmark_parser_free>>;
using Document = std::unique_ptr<cmark_node, Released<cmark_node_free>>;

void freeText(char* text) { cmark_get_default_mem_allocator()->free(text); }
using Text = std::unique_ptr<char, Released<freeText>>;

constexpr int kOptions =
    CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8;  // the default is the safe mode

/// Anything with a scheme ("HTTPS:…") or a host of its own ("//…"), however it is written.
bool isExternal(std::string_view address) {
  const auto end = address.find_first_of(":/?#");
  return address.starts_with("//") ||
         (end != std::string_view::npos && address[end] == ':' && !address.starts_with("mailto:"));
}

// What people write grows two- or threefold; deep quotes of nothing, twentyfold.
constexpr std::size_t kAlwaysFits = 64 * 1024, kMostGrowth = 16;

bool isInLink(cmark_node* node) {
  for (cmark_node* outer = cmark_node_parent(node); outer; outer = cmark_node_parent(outer)) {
    if (cmark_node_get_type(outer) == CMARK_NODE_LINK) return true;
  }
  return false;
}

/// The page has its own first heading, and other people's servers are not told who reads it.
void adapt(cmark_node* document) {
  std::vector<cmark_node*> images;
  const std::unique_ptr<cmark_iter, Released<cmark_iter_free>> iterator(cmark_iter_new(document));
  while (cmark_iter_next(iterator.get()) != CMARK_EVENT_DONE) {
    cmark_node* node = cmark_iter_get_node(iterator.get());
    if (cmark_iter_get_event_type(iterator.get()) != CMARK_EVENT_ENTER) continue;
    if (cmark_node_get_type(node) == CMARK_NODE_HEADING) {
      cmark_node_set_heading_level(node, std::min(cmark_node_get_heading_level(node) + 1, 6));
    } else if (cmark_node_get_type(node) == CMARK_NODE_IMAGE &&
               isExternal(cmark_node_get_url(node))) {
      images.push_back(node);
    }
  }
  for (cmark_node* image : images) {
    if (isInLink(image)) {
      while (cmark_node* child = cmark_node_first_child(image))
        cmark_node_insert_before(image, child);
      cmark_node_free(image);
      continue;
    }
    cmark_node* link = cmark_node_new(CMARK_NODE_LINK);
    cmark_node_set_url(link, cmark_node_get_url(image));
    while (cmark_node* child = cmark_node_first_child(image)) cmark_node_append_child(link, child);
    if (!cmark_node_first_child(link)) {
      cmark_node* text = cmark_node_new(CMARK_NODE_TEXT);
      cmark_node_set_literal(text, cmark_node_get_url(image));
      cmark_node_append_child(link, text);
    }
    cmark_node_replace(image, link);
    cmark_node_free(image);
  }
}

/// The renderer writes every link as <a href="…">, and '<' in texts as &lt;.
std::string withRelations(std::string_view html) {
  static constexpr std::string_view kLink = "<a href=\"";
  std::string out;
  out.reserve(html.size() + html.size() / 8);
  for (std::size_t at = 0;;) {
    const std::size_t link = html.find(kLink, at);
    out.append(html.substr(at, link == html.npos ? link : link - at));
    if (link == html.npos) return out;
    at = link + kLink.size();
    out += isExternal(html.substr(at)) ? "<a rel=\"nofollow ugc noopener\" href=\"" : kLink;
  }
}

std::string render(std::string_view source) {
  // The library keeps the characters that its extensions look for in one table for all threads.
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  cmark_gfm_core_extensions_ensure_registered();
  const Parser parser(cmark_parser_new(kOptions));
  if (!parser) throw std::bad_alloc();
  for (const char* name : {"table", "autolink", "strikethrough"}) {
    if (cmark_syntax_extension* extension = cmark_find_syntax_extension(name)) {
      cmark_parser_attach_syntax_extension(parser.get(), extension);
    }
  }
  cmark_parser_feed(parser.get(), source.data(), source.size());
  const Document document(cmark_parser_finish(parser.get()));
  if (!document) throw std::bad_alloc();
  adapt(document.get());
  const Text html(cmark_render_html(document.get(), kOptions,
                                    cmark_parser_get_syntax_extensions(parser.get())));
  if (!html) throw std::bad_alloc();
  return withRelations(html.get());
}

}  // namespace

SafeHtml markdown(std::string_view source) {
  std::string html = render(source);
  // A few thousand references to one long address are megabytes of page, each time it is read.
  if (html.size() <= kAlwaysFits + kMostGrowth * source.size()) return SafeHtml(std::move(html));
  std::string plain = "<p>";
  pages::appendEscaped(plain, source);
  return SafeHtml(plain + "</p>\n");
}

namespace search {

std::string plainText(std::string_view source) {
  const toimela::Document document(cmark_parse_document(source.data(), source.size(), kOptions));
  if (!document) throw std::bad_alloc();
  std::string text;
  const std::unique_ptr<cmark_iter, Released<cmark_iter_free>> iterator(cmark_iter_new(document.get()));
  while (cmark_iter_next(iterator.get()) != CMARK_EVENT_DONE) {
    cmark_node* node = cmark_iter_get_node(iterator.get());
    const auto type = cmark_node_get_type(node);
    const bool isBegin = cmark_iter_get_event_type(iterator.get()) == CMARK_EVENT_ENTER;
    if (!isBegin && (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING)) text += '\n';
    if (isBegin && type == CMARK_NODE_SOFTBREAK) text += ' ';
    if (isBegin && type == CMARK_NODE_LINEBREAK) text += '\n';
    if (isBegin && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_CODE_BLOCK))
      text += cmark_node_get_literal(node);
  }
  return text;
}

}  // namespace search

}  // namespace toimela
