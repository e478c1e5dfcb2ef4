// Secrets: read from a file, an environment variable or a systemd credential, never from the config's text; never printed.
// Errors are ErrorKind::config and name the place, never the secret.
#pragma once

#include <iosfwd>
#include <string>

#include "core/result.hpp"

namespace akashi {

// Bytes that no log, error or dump can show: there is no way to print a Secret. Its memory is wiped when it dies.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
  Secret(const Secret&) = default;
  Secret& operator=(const Secret& other);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  [[nodiscard]] const std::string& reveal() const { return bytes_; }  // for the one who needs it: a header to send, a key to sign with
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  bool operator==(const Secret&) const = default;

  friend std::ostream& operator<<(std::ostream&, const Secret&) = delete;
  friend auto format_as(const Secret&) = delete;

 private:
  void wipe();
  std::string bytes_;
};

struct SecretRead {
  Secret secret;
  std::string warning;  // a sentence when others may read the file; else empty
};

inline constexpr std::size_t secret_bytes_max = 64 * 1024;

// One text; line ends behind it are cut off. Refused: no such place, nothing in it, too large, control characters inside (they would split a header).
[[nodiscard]] Result<SecretRead> secret_from_file(const std::string& path);
[[nodiscard]] Result<SecretRead> secret_from_environment(const std::string& variable);
// A file of that name in $CREDENTIALS_DIRECTORY, as systemd's LoadCredential= gives it.
[[nodiscard]] Result<SecretRead> secret_from_credential(const std::string& name);

// The key of a client's certificate, which the TLS library reads itself: is it there, a plain file, without a passphrase? Gives a warning when others
// may read it, or "".
[[nodiscard]] Result<std::string> look_at_key(const std::string& path);

struct PseudonymKey {
  Secret key;               // 32 bytes, for hmac_sha256()
  bool created = false;     // it did not exist; from now on the same person is another one than under an earlier key
  std::string fingerprint;  // tells keys apart without telling the key: keep it in the store and compare
};

// The key that turns names of people into pseudonyms: 64 hexadecimal digits in a file of mode 0600, made when missing.
// Refused, never replaced: a file that others may read, or that holds anything else.
[[nodiscard]] Result<PseudonymKey> open_pseudonym_key(const std::string& path);

}  // namespace akashi
