// What a program changes of a thing: what it left out stays as it is.
#pragma once

#include <set>
#include <string>

#include "toimela/request.h"

namespace toimela::trendcards::handlers {

/// The fields of a form, each as it came or, where it did not, as it is stored.
class Change {
 public:
  explicit Change(const Request& request);

  /// Did it come? An empty list of a JSON body is no field of the form, and came all the same.
  bool has(std::string_view name) const;
  /// A list comes as lines.
  Change& field(const std::string& name, const std::string& stored);
  const Fields& fields() const { return fields_; }

 private:
  const Fields& sent_;
  std::set<std::string, std::less<>> lists_;  ///< by the names of the JSON body
  Fields fields_;
};

}  // namespace toimela::trendcards::handlers
