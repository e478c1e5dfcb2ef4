#include "core/digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>

namespace akashi {
namespace {

[[noreturn]] void stop(const char* what) {
  std::fprintf(stderr, "akashi: OpenSSL could not compute %s; check its installation and the free memory\n", what);
  std::abort();
}

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Fetching the algorithm and allocating a context cost more than hashing a short message; both are done once a thread.
EVP_MD_CTX* context_of_thread() {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
  return context.get();
}

int value_of_digit(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

}  // namespace

Digest sha256(std::string_view message) {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Digest digest;
  EVP_MD_CTX* const context = context_of_thread();
  if (algorithm == nullptr || context == nullptr || EVP_DigestInit_ex(context, algorithm, nullptr) != 1 ||
      EVP_DigestUpdate(context, message.data(), message.size()) != 1 || EVP_DigestFinal_ex(context, digest.data(), nullptr) != 1) {
    stop("SHA-256");
  }
  return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view message) {
  Digest digest;
  if (key.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) stop("HMAC-SHA-256 with a key above 2 GB");
  const char* const bytes = key.empty() ? "" : key.data();
  const auto* const input = reinterpret_cast<const unsigned char*>(message.data());
  if (HMAC(EVP_sha256(), bytes, static_cast<int>(key.size()), input, message.size(), digest.data(), nullptr) == nullptr) stop("HMAC-SHA-256");
  return digest;
}

std::string hex(const Digest& digest) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text(2 * digest.size(), '\0');
  for (std::size_t i = 0; i < digest.size(); ++i) {
    text[2 * i] = digits[digest[i] >> 4U];
    text[2 * i + 1] = digits[digest[i] & 15U];
  }
  return text;
}

Result<Digest> digest_of_hex(std::string_view text) {
  constexpr const char* mend = "a SHA-256 is written as 64 hexadecimal digits";
  if (text.size() != 2 * Digest{}.size()) return fail(ErrorKind::schema, "", "a digest of " + std::to_string(text.size()) + " characters", mend);
  Digest digest;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    const int high = value_of_digit(text[2 * i]);
    const int low = value_of_digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return fail(ErrorKind::schema, "", "a digest with something else than hexadecimal digits", mend);
    digest[i] = static_cast<unsigned char>(high * 16 + low);
  }
  return digest;
}

Result<std::string> random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  const bool fits = count <= static_cast<std::size_t>(std::numeric_limits<int>::max());
  if (!fits || RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) {
    return fail(ErrorKind::transient, "", "the system gave no random bytes", "try again when the system has finished starting");
  }
  return bytes;
}

}  // namespace akashi
