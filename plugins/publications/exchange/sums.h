// How much went in or out.
#pragma once

namespace toimela::publications::exchange {

struct Sums {
  int added = 0, known = 0, wrong = 0, files = 0, articles = 0;
};

}  // namespace toimela::publications::exchange
