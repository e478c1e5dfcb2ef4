#include "core/digest.hpp"

#include <cctype>
#include <set>
#include <thread>
#include <vector>

#include "catch.hpp"

namespace akashi {
namespace {

TEST_CASE("SHA-256 gives the digests of FIPS 180-4") {
  CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(hex(sha256(std::string(1'000'000, 'a'))) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("HMAC-SHA-256 gives the codes of RFC 4231") {
  CHECK(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")) == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(hex(hmac_sha256("Jefe", "what do ya want for nothing?")) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  CHECK(hex(hmac_sha256("", "")) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_CASE("one message hashed by several threads at once gives one digest") {
  std::array<Digest, 4> seen{};
  {
    std::vector<std::jthread> threads;
    for (Digest& digest : seen) {
      threads.emplace_back([&digest] {
        for (int i = 0; i < 1000; ++i) digest = sha256("the same for all");
      });
    }
  }
  for (const Digest& digest : seen) CHECK(digest == sha256("the same for all"));
}

TEST_CASE("hex and digest_of_hex are each other's way back") {
  const Digest digest = sha256("abc");
  REQUIRE(digest_of_hex(hex(digest)));
  CHECK(*digest_of_hex(hex(digest)) == digest);
  std::string upper = hex(digest);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  CHECK(*digest_of_hex(upper) == digest);
}

TEST_CASE("what is not a digest is refused with the sentence that mends it") {
  CHECK(sentence(digest_of_hex("abc").error()) == "a digest of 3 characters; a SHA-256 is written as 64 hexadecimal digits");
  CHECK(sentence(digest_of_hex(std::string(63, '0') + "g").error()) ==
        "a digest with something else than hexadecimal digits; a SHA-256 is written as 64 hexadecimal digits");
}

TEST_CASE("random bytes are as many as asked for and never the same twice") {
  CHECK(random_bytes(0)->empty());
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) seen.insert(*random_bytes(16));
  CHECK(seen.size() == 100);
  CHECK(seen.begin()->size() == 16);
}

}  // namespace
}  // namespace akashi
