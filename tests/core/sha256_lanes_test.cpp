#include "core/sha256_lanes.hpp"

#include <random>
#include <string>
#include <vector>

#include "catch.hpp"

namespace akashi {
namespace {

// Every digest against OpenSSL's; the digests asked for are surrounded by ones that must not be touched.
void check_each(const std::vector<std::string>& texts) {
  const std::vector<std::string_view> messages(texts.begin(), texts.end());
  std::vector<Digest> digests(messages.size() + 2);
  sha256_each(messages, std::span(digests).subspan(1, messages.size()));
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (digests[i + 1] != sha256(messages[i])) FAIL("message " << i << " of " << messages.size() << " with " << messages[i].size() << " bytes");
  }
  CHECK(digests.front() == Digest{});
  CHECK(digests.back() == Digest{});
}

std::string noise(std::mt19937& random, std::size_t length) {
  std::string text(length, '\0');
  for (char& c : text) c = static_cast<char>(random());
  return text;
}

TEST_CASE("every length around the block size has the digest that OpenSSL gives") {
  std::mt19937 random(1);
  std::vector<std::string> texts;
  for (std::size_t length = 0; length <= 300; ++length) texts.push_back(noise(random, length));
  check_each(texts);
}

TEST_CASE("lanes end at different times and nothing is mixed up") {
  std::mt19937 random(2);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> texts;
    const std::size_t count = random() % 20;
    for (std::size_t i = 0; i < count; ++i) texts.push_back(noise(random, random() % (random() % 4 == 0 ? 5000 : 200)));
    check_each(texts);
  }
}

TEST_CASE("no message, one message, and a message without bytes") {
  check_each({});
  check_each({"abc"});
  Digest digest{};
  const std::string_view nothing;
  sha256_each(std::span(&nothing, 1), std::span(&digest, 1));
  CHECK(hex(digest) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("a processor without the instructions leaves the digests alone") {
  Digest digest{};
  const std::string_view message = "abc";
  const bool able = sha256_each_in_lanes(std::span(&message, 1), std::span(&digest, 1));
  CHECK(digest == (able ? sha256("abc") : Digest{}));
}

}  // namespace
}  // namespace akashi
