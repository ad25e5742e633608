#include <catch2/catch.hpp>

#include <set>

#include "access/sealed.h"
#include "access/totp.h"
#include "toimela/qr.h"

using namespace toimela;
using namespace toimela::access;

namespace {

/// Of RFC 6238, appendix B: the ASCII text "12345678901234567890".
const std::string kSecret = "12345678901234567890";

Instant at(std::int64_t seconds) { return Instant{std::chrono::seconds(seconds)}; }

}  // namespace

TEST_CASE("codes are those of RFC 6238's own examples") {
  // The appendix has eight digits; apps show the last six.
  const std::pair<std::int64_t, const char*> kExamples[] = {
      {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
      {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [seconds, code] : kExamples) {
    INFO(code);
    CHECK(totpStep(kSecret, code, at(seconds), 0) == seconds / 30);
    CHECK_FALSE(totpStep(kSecret + "!", code, at(seconds), 0));
  }
  CHECK(totpStep(kSecret, " 287 082 ", at(59), 0) == 1);
}

TEST_CASE("a code is taken a step early or late, and no further away") {
  const std::int64_t time = 1111111109, step = time / 30;
  CHECK(totpStep(kSecret, "081804", at(time - 30), 0) == step);
  CHECK(totpStep(kSecret, "081804", at(time + 30), 0) == step);
  CHECK_FALSE(totpStep(kSecret, "081804", at(time - 60), 0));
  CHECK_FALSE(totpStep(kSecret, "081804", at(time + 60), 0));
}

TEST_CASE("a code of a step that was used already, or of an earlier one, is refused") {
  const std::int64_t time = 1111111109, step = time / 30;
  CHECK(totpStep(kSecret, "081804", at(time), step - 1) == step);
  CHECK_FALSE(totpStep(kSecret, "081804", at(time), step));
  CHECK_FALSE(totpStep(kSecret, "081804", at(time), step + 1));
}

TEST_CASE("what is no code is refused") {
  for (const char* bad : {"", "28708", "2870822", "abcdef", "287082\n1"}) {
    INFO(bad);
    CHECK_FALSE(totpStep(kSecret, bad, at(59), 0));
  }
}

TEST_CASE("a secret is typed in groups, and an app reads it with issuer and account") {
  CHECK(shownTotpSecret(kSecret) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
  CHECK(totpAddress(kSecret, "Toimela", "aino+a@example.org") ==
        "otpauth://totp/Toimela:aino%2Ba%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=Toimela&algorithm=SHA1&digits=6&period=30");
  std::set<std::string> secrets;
  for (int i = 0; i < 50; ++i) {
    CHECK(newTotpSecret().size() == 20);
    secrets.insert(newTotpSecret());
  }
  CHECK(secrets.size() == 50);
}

TEST_CASE("a sealed text opens with its own secret and context only, and not when it was changed") {
  const std::string sealed = seal("palvelun salaisuus", "second-factor:1", kSecret);
  CHECK(sealed.find(kSecret) == std::string::npos);
  CHECK(unseal("palvelun salaisuus", "second-factor:1", sealed) == kSecret);
  CHECK_FALSE(unseal("toinen salaisuus", "second-factor:1", sealed));
  CHECK_FALSE(unseal("palvelun salaisuus", "second-factor:2", sealed));
  for (std::size_t i = 0; i < sealed.size(); i += 7) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    INFO(i);
    CHECK_FALSE(unseal("palvelun salaisuus", "second-factor:1", changed));
  }
  CHECK_FALSE(unseal("palvelun salaisuus", "second-factor:1", "lyhyt"));
  CHECK_FALSE(unseal("palvelun salaisuus", "second-factor:1", "ei base64urlia!"));
  // A fresh nonce each time.
  CHECK(seal("s", "c", kSecret) != seal("s", "c", kSecret));
  CHECK(unseal("s", "c", seal("s", "c", "")) == "");
}

TEST_CASE("a QR code is drawn with its three finders and a quiet zone around") {
  const QrDrawing drawing = drawQr("otpauth://totp/Toimela:a@example.org?secret=GEZDGNBV");
  const int modules = drawing.size - 8;
  CHECK((modules - 17) % 4 == 0);
  // The upper edges of the finders: seven dark modules at the corners.
  CHECK(drawing.path.starts_with("M4 4h7v1h-7z"));
  CHECK(drawing.path.find("M" + std::to_string(4 + modules - 7) + " 4h7v1h-7z") !=
        std::string::npos);
  CHECK(drawing.path.find("M4 " + std::to_string(4 + modules - 1) + "h7v1h-7z") !=
        std::string::npos);
  CHECK_THROWS(drawQr(std::string(5000, 'x')));
}
