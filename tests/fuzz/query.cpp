// What is typed into the search, and the words of any text.
#include "promise.h"
#include "search/query.h"
#include "toimela/words.h"

using namespace toimela;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::textOf(data, size);
  const search::Typed typed = search::parseTyped(text);
  std::size_t words = typed.words.size();
  for (const auto& phrase : typed.phrases) {
    fuzz::promise(!phrase.empty());
    words += phrase.size();
  }
  fuzz::promise(words <= search::kMostWords);
  std::size_t end = 0;
  for (const search::Token& token : search::tokensOf(text, 1000)) {
    fuzz::promise(token.begin >= end && token.end > token.begin && token.end <= text.size());
    fuzz::promise(!token.word.empty() && token.word.size() <= search::kLongestWord);
    end = token.end;
  }
  for (const std::string& word : words::fold(text)) {
    const auto again = words::fold(word);
    fuzz::promise(again.size() == 1 && again.front() == word);
  }
  return 0;
}
