// The codes that the values of an enumeration stand by: in the database, in addresses, in files.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace toimela {

template <class T>
struct CodeOf {
  T value;
  std::string_view code;
};

/// All values of an enumeration, in the order in which people are shown them, each with its code. The
/// one place where they are listed: codes are kept for ever, names in the source may change.
template <class T, std::size_t N>
class Codes {
 public:
  using Value = T;

  consteval explicit Codes(const CodeOf<T> (&entries)[N]) {
    for (std::size_t i = 0; i < N; ++i) {
      for (std::size_t j = 0; j < i; ++j)
        if (codes_[j] == entries[i].code || values_[j] == entries[i].value) throw "a code or a value stands twice";
      values_[i] = entries[i].value;
      codes_[i] = entries[i].code;
    }
  }

  constexpr auto begin() const { return values_.begin(); }
  constexpr auto end() const { return values_.end(); }
  constexpr std::size_t size() const { return N; }

  /// Empty for a value that is not listed.
  constexpr std::string_view code(T value) const {
    for (std::size_t i = 0; i < N; ++i)
      if (values_[i] == value) return codes_[i];
    return {};
  }
  constexpr std::optional<T> parse(std::string_view code) const {
    for (std::size_t i = 0; i < N; ++i)
      if (codes_[i] == code) return values_[i];
    return std::nullopt;
  }

 private:
  std::array<T, N> values_{};
  std::array<std::string_view, N> codes_{};
};

/// inline constexpr auto kKinds = codes<Kind>({{Kind::report, "report"}, …});
template <class T, std::size_t N>
consteval Codes<T, N> codes(const CodeOf<T> (&entries)[N]) {
  return Codes<T, N>(entries);
}

}  // namespace toimela
