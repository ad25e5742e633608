#include "paper/blocks.h"

#include <cmark-gfm.h>

#include <memory>
#include <new>
#include <utility>

namespace toimela::trendcards::paper {

namespace {

struct Free {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};

/// Walks through a document once.
class Reader {
 public:
  void enter(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_STRONG: ++bold_; break;
      case CMARK_NODE_EMPH: ++italic_; break;
      case CMARK_NODE_LIST:
        lists_.push_back(cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? cmark_node_get_list_start(node) : -1);
        break;
      case CMARK_NODE_ITEM: beginItem(); break;
      case CMARK_NODE_PARAGRAPH: begin(Block::Kind::paragraph); break;
      case CMARK_NODE_HEADING: begin(Block::Kind::heading); break;
      case CMARK_NODE_CODE_BLOCK:
        begin(Block::Kind::paragraph);
        add(cmark_node_get_literal(node));
        break;
      case CMARK_NODE_TEXT:
      case CMARK_NODE_CODE: add(cmark_node_get_literal(node)); break;
      case CMARK_NODE_SOFTBREAK: add(" "); break;
      case CMARK_NODE_LINEBREAK: add("\n"); break;
      default: break;
    }
  }
  void leave(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_STRONG: --bold_; break;
      case CMARK_NODE_EMPH: --italic_; break;
      case CMARK_NODE_LIST: lists_.pop_back(); break;
      default: break;
    }
  }
  std::vector<Block> take() {
    std::erase_if(blocks_, [](const Block& block) { return block.runs.empty(); });
    return std::move(blocks_);
  }

 private:
  void beginItem() {
    int& number = lists_.back();
    mark_ = number < 0 ? "•" : std::to_string(number++) + ".";
  }
  void begin(Block::Kind kind) {
    const bool isItem = !lists_.empty();
    blocks_.push_back({isItem ? Block::Kind::item : kind, static_cast<int>(lists_.size()), std::exchange(mark_, {}), {}});
  }
  void add(const char* text) {
    if (!text || !*text || blocks_.empty()) return;
    const bool isBold = bold_ > 0, isItalic = italic_ > 0;
    auto& runs = blocks_.back().runs;
    if (!runs.empty() && runs.back().isBold == isBold && runs.back().isItalic == isItalic) runs.back().text += text;
    else runs.push_back({text, isBold, isItalic});
  }

  std::vector<Block> blocks_;
  std::vector<int> lists_;  ///< the next number of each list around; -1 for one with bullets
  std::string mark_;
  int bold_ = 0, italic_ = 0;
};

}  // namespace

std::vector<Block> blocksOf(std::string_view markdown) {
  const std::unique_ptr<cmark_node, Free> document(
      cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8));
  if (!document) throw std::bad_alloc();
  const std::unique_ptr<cmark_iter, Free> iterator(cmark_iter_new(document.get()));
  Reader reader;
  for (cmark_event_type event; (event = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE;) {
    cmark_node* node = cmark_iter_get_node(iterator.get());
    if (event == CMARK_EVENT_ENTER) reader.enter(node);
    else reader.leave(node);
  }
  return reader.take();
}

}  // namespace toimela::trendcards::paper
