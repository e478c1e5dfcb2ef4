#include "collector/secrets.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "core/digest.hpp"

namespace akashi {

Secret::Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) { other.wipe(); }

Secret& Secret::operator=(const Secret& other) {
  if (this != &other) {
    wipe();
    bytes_ = other.bytes_;
  }
  return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe();
    bytes_ = std::move(other.bytes_);
    other.wipe();
  }
  return *this;
}

Secret::~Secret() { wipe(); }

// The whole room, not only the text: short texts live inside the string, and stay there when it is moved from.
void Secret::wipe() {
  bytes_.resize(bytes_.capacity());
  explicit_bzero(bytes_.data(), bytes_.size());
  bytes_.clear();
}

namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

struct File {
  Secret bytes;
  mode_t mode = 0;
};

std::unexpected<Error> unreadable(const std::string& path, const char* mend) {
  return fail(ErrorKind::config, path, fmt::format("the secret cannot be read ({})", std::strerror(errno)), mend);
}

Result<File> read_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));  // a named pipe would wait for ever
  if (file.get() < 0) return unreadable(path, "write it there, readable for this user only");
  struct stat about {};
  if (fstat(file.get(), &about) != 0) return unreadable(path, "look at the disk");
  if (!S_ISREG(about.st_mode)) return fail(ErrorKind::config, path, "a secret is read from a plain file, and this is none", "name a file");
  if (static_cast<std::size_t>(about.st_size) > secret_bytes_max) {
    return fail(ErrorKind::config, path, fmt::format("the file is larger than {} bytes", secret_bytes_max),
                "name the file that holds the secret alone");
  }
  std::string bytes(secret_bytes_max + 1, '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const auto got = ::read(file.get(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(path, "look at the disk");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  File read{Secret(bytes.substr(0, size)), about.st_mode};
  explicit_bzero(bytes.data(), bytes.size());
  return read;
}

bool open_to_others(mode_t mode) { return (mode & 077) != 0; }

Result<SecretRead> one_text(const std::string& where, const std::string& bytes, std::string warning) {
  if (bytes.size() > secret_bytes_max) return fail(ErrorKind::config, where, "the secret is too large", "give the secret alone");
  std::size_t size = bytes.size();
  while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r')) --size;
  if (size == 0) return fail(ErrorKind::config, where, "the secret is empty", "write it there");
  const bool plain = std::none_of(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
  if (!plain) return fail(ErrorKind::config, where, "the secret is not one line of text", "write the secret alone, on one line");
  return SecretRead{Secret(bytes.substr(0, size)), std::move(warning)};
}

}  // namespace

Result<SecretRead> secret_from_file(const std::string& path) {
  const auto file = read_file(path);
  if (!file) return std::unexpected(file.error());
  std::string warning;
  if (open_to_others(file->mode)) warning = fmt::format("{}: other users may read this secret (mode {:04o}); chmod 600 it", path, file->mode & 07777);
  return one_text(path, file->bytes.reveal(), std::move(warning));
}

Result<std::string> look_at_key(const std::string& path) {
  const auto file = read_file(path);
  if (!file) return std::unexpected(file.error());
  const auto& text = file->bytes.reveal();
  if (text.find("PRIVATE KEY-----") == std::string::npos)
    return fail(ErrorKind::config, path, "this is no key in PEM form", "name the key that belongs to the certificate");
  if (text.find("ENCRYPTED") != std::string::npos)
    return fail(ErrorKind::config, path, "the key is locked with a passphrase, which nobody is there to type",
                "store it without, readable for this user only");
  if (!open_to_others(file->mode)) return std::string();
  return fmt::format("{}: other users may read this key (mode {:04o}); chmod 600 it", path, file->mode & 07777);
}

Result<SecretRead> secret_from_environment(const std::string& variable) {
  const char* value = std::getenv(variable.c_str());
  if (value == nullptr) return fail(ErrorKind::config, "$" + variable, "the environment has no such variable", "set it where the program is started");
  return one_text("$" + variable, value, {});
}

Result<SecretRead> secret_from_credential(const std::string& name) {
  const char* directory = std::getenv("CREDENTIALS_DIRECTORY");
  if (directory == nullptr || *directory == '\0') {
    return fail(ErrorKind::config, "credential " + name, "systemd gave this program no credentials",
                fmt::format("write LoadCredential={}:/path/to/it into the unit", name));
  }
  if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos) {
    return fail(ErrorKind::config, "credential " + name, "this is not the name of a credential", "name it as LoadCredential= does");
  }
  const auto path = (std::filesystem::path(directory) / name).string();
  const auto file = read_file(path);
  if (!file) return std::unexpected(file.error());
  return one_text(path, file->bytes.reveal(), {});  // systemd watches over who may read it
}

namespace {

constexpr const char* key_mend = "restore it from a backup: under another key the same people count as new ones";

Result<PseudonymKey> key_of(const std::string& path, const File& file) {
  if (open_to_others(file.mode)) {
    return fail(ErrorKind::config, path, fmt::format("other users may read the key of the pseudonyms (mode {:04o})", file.mode & 07777),
                "chmod 600 it, and make a new key if somebody may have read it");
  }
  std::string text = file.bytes.reveal();
  if (text.ends_with('\n')) text.pop_back();
  auto key = digest_of_hex(text);
  explicit_bzero(text.data(), text.size());
  if (!key) return fail(ErrorKind::config, path, "this is not a key of 64 hexadecimal digits", key_mend);
  PseudonymKey read{Secret(std::string(reinterpret_cast<const char*>(key->data()), key->size())), false, {}};
  explicit_bzero(key->data(), key->size());
  read.fingerprint = hex(hmac_sha256(read.key.reveal(), "akashi pseudonym key fingerprint"));
  return read;
}

bool write_all(int descriptor, const std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto put = write(descriptor, bytes.data() + done, bytes.size() - done);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    done += static_cast<std::size_t>(put);
  }
  return fsync(descriptor) == 0;
}

bool sync_directory_of(const std::string& path) {
  auto directory = std::filesystem::path(path).parent_path();
  if (directory.empty()) directory = ".";
  const Descriptor opened(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.get() >= 0 && fsync(opened.get()) == 0;
}

// Written under another name and linked into place, so that a crash leaves a whole key or none, and two that start at once agree on one.
Status create_key(const std::string& path) {
  auto random = random_bytes(32);
  if (!random) return std::unexpected(random.error());
  Digest raw{};
  std::copy(random->begin(), random->end(), raw.begin());
  const Secret text(hex(raw) + "\n");
  explicit_bzero(random->data(), random->size());
  explicit_bzero(raw.data(), raw.size());
  const auto fresh = fmt::format("{}.new-{}", path, getpid());
  const Descriptor file(open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  const bool written = file.get() >= 0 && fchmod(file.get(), 0600) == 0 && write_all(file.get(), text.reveal());
  const bool placed = written && (link(fresh.c_str(), path.c_str()) == 0 || errno == EEXIST);
  const int why = errno;
  if (file.get() >= 0) unlink(fresh.c_str());
  if (placed && sync_directory_of(path)) return {};
  return fail(ErrorKind::config, path, fmt::format("the key of the pseudonyms cannot be written ({})", std::strerror(why)),
              "give this user the right to write in that directory, or put a key there");
}

}  // namespace

Result<PseudonymKey> open_pseudonym_key(const std::string& path) {
  std::error_code error;
  const bool created = !std::filesystem::exists(std::filesystem::symlink_status(path, error)) && error.value() != EACCES;
  if (created) {
    if (auto made = create_key(path); !made) return std::unexpected(made.error());
  }
  const auto file = read_file(path);
  if (!file) return std::unexpected(file.error());
  auto key = key_of(path, *file);
  if (key) key->created = created;
  return key;
}

}  // namespace akashi
