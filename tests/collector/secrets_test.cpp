#include "collector/secrets.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <type_traits>

#include "catch.hpp"
#include "read_file.hpp"
#include "store_samples.hpp"

namespace akashi {
namespace {

using samples::TempDir, samples::why;

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) {
  out << value;
};
static_assert(!Streamable<Secret>);
static_assert(!fmt::is_formattable<Secret>::value);
static_assert(!std::is_convertible_v<Secret, std::string> && !std::is_convertible_v<Secret, std::string_view>);

std::string file_with(const TempDir& dir, const std::string& name, const std::string& bytes, mode_t mode = 0600) {
  const auto path = dir.file(name);
  std::ofstream(path, std::ios::binary) << bytes;
  REQUIRE(chmod(path.c_str(), mode) == 0);
  return path;
}

// A variable of the environment for as long as it lives.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) { setenv(name, value.c_str(), 1); }
  ~Variable() { unsetenv(name_); }

 private:
  const char* name_;
};

}  // namespace

TEST_CASE("secrets: from a file") {
  TempDir dir;
  SECTION("line ends behind it are cut off, nothing else") {
    const auto read = secret_from_file(file_with(dir, "token", " 1-12-abc 密 \r\n\n"));
    REQUIRE(why(read) == "ok");
    CHECK(read->secret.reveal() == " 1-12-abc 密 ");
    CHECK(read->warning.empty());
  }
  SECTION("others may read it: a warning that does not tell it") {
    const auto path = file_with(dir, "token", "tell-nobody", 0644);
    const auto read = secret_from_file(path);
    REQUIRE(why(read) == "ok");
    CHECK(read->warning == path + ": other users may read this secret (mode 0644); chmod 600 it");
  }
  SECTION("refused, and never told") {
    const auto missing = dir.file("missing");
    CHECK(why(secret_from_file(missing)) ==
          missing + ": the secret cannot be read (No such file or directory); write it there, readable for this user only");
    const auto empty = file_with(dir, "empty", "\n\n");
    CHECK(why(secret_from_file(empty)) == empty + ": the secret is empty; write it there");
    const auto lines = file_with(dir, "lines", "tell-nobody\nX-Header: y\n");
    CHECK(why(secret_from_file(lines)) == lines + ": the secret is not one line of text; write the secret alone, on one line");
    const auto zero = file_with(dir, "zero", std::string("a\0b", 3));
    CHECK_FALSE(secret_from_file(zero).has_value());
    const auto large = file_with(dir, "large", std::string(secret_bytes_max + 1, 'x'));
    CHECK(why(secret_from_file(large)) == large + ": the file is larger than 65536 bytes; name the file that holds the secret alone");
    CHECK(why(secret_from_file(dir.file(""))) == dir.file("") + ": a secret is read from a plain file, and this is none; name a file");
    const auto pipe = dir.file("pipe");
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    CHECK_FALSE(secret_from_file(pipe).has_value());
  }
  SECTION("the largest one") {
    CHECK(secret_from_file(file_with(dir, "largest", std::string(secret_bytes_max, 'x')))->secret.reveal().size() == secret_bytes_max);
  }
}

TEST_CASE("secrets: from the environment and from systemd") {
  TempDir dir;
  CHECK(why(secret_from_environment("AKASHI_TEST_NONE")) ==
        "$AKASHI_TEST_NONE: the environment has no such variable; set it where the program is started");
  {
    const Variable variable("AKASHI_TEST_TOKEN", "tell-nobody\n");
    CHECK(secret_from_environment("AKASHI_TEST_TOKEN")->secret.reveal() == "tell-nobody");
  }
  unsetenv("CREDENTIALS_DIRECTORY");
  CHECK(why(secret_from_credential("rt")) ==
        "credential rt: systemd gave this program no credentials; write LoadCredential=rt:/path/to/it into the unit");
  const Variable directory("CREDENTIALS_DIRECTORY", dir.file(""));
  file_with(dir, "rt", "tell-nobody\n", 0440);
  const auto read = secret_from_credential("rt");
  REQUIRE(why(read) == "ok");
  CHECK(read->secret.reveal() == "tell-nobody");
  CHECK(read->warning.empty());
  CHECK_FALSE(secret_from_credential("other").has_value());
  for (const char* name : {"", ".", "..", "../rt", "/etc/hostname"}) CHECK_FALSE(secret_from_credential(name).has_value());
}

TEST_CASE("secrets: moved from, nothing stays behind") {
  Secret first(std::string("short"));
  const Secret second = std::move(first);
  CHECK(first.empty());  // NOLINT(bugprone-use-after-move): this is what is tested
  CHECK(second.reveal() == "short");
  Secret third(std::string(100, 'x'));
  third = second;
  CHECK(third == second);
}

TEST_CASE("the key of the pseudonyms is made once, and kept") {
  TempDir dir;
  const auto path = dir.file("pseudonym.key");
  const auto made = open_pseudonym_key(path);
  REQUIRE(why(made) == "ok");
  CHECK(made->created);
  CHECK(made->key.reveal().size() == 32);
  struct stat about {};
  REQUIRE(stat(path.c_str(), &about) == 0);
  CHECK((about.st_mode & 07777) == 0600);
  CHECK(read_file(path).size() == 65);
  CHECK(std::distance(std::filesystem::directory_iterator(dir.file("")), {}) == 1);
  const auto again = open_pseudonym_key(path);
  REQUIRE(why(again) == "ok");
  CHECK_FALSE(again->created);
  CHECK(again->key == made->key);
  CHECK(again->fingerprint == made->fingerprint);
  CHECK(made->fingerprint.size() == 64);
  CHECK(read_file(path).find(made->fingerprint) == std::string::npos);
  const auto other = open_pseudonym_key(dir.file("other.key"));
  CHECK_FALSE(other->key == made->key);
  CHECK_FALSE(other->fingerprint == made->fingerprint);
}

TEST_CASE("a key that cannot be trusted is refused and left as it is") {
  TempDir dir;
  const std::string good = std::string(64, 'a') + "\n";
  const auto open = file_with(dir, "open.key", good, 0640);
  CHECK(why(open_pseudonym_key(open)) ==
        open + ": other users may read the key of the pseudonyms (mode 0640); chmod 600 it, and make a new key if somebody may have read it");
  for (const std::string& bad : {std::string(), std::string(63, 'a'), std::string(64, 'g'), good + "\n", std::string(64, 'a') + "x"}) {
    const auto path = file_with(dir, "bad.key", bad);
    CHECK(why(open_pseudonym_key(path)) ==
          path + ": this is not a key of 64 hexadecimal digits; restore it from a backup: under another key the same people count as new ones");
    CHECK(read_file(path) == bad);
  }
  const auto nowhere = dir.file("none/pseudonym.key");
  CHECK(why(open_pseudonym_key(nowhere)) ==
        nowhere +
            ": the key of the pseudonyms cannot be written (No such file or directory); give this user the right to "
            "write in that directory, or put a key there");
  const auto dangling = dir.file("dangling.key");
  REQUIRE(symlink(dir.file("gone").c_str(), dangling.c_str()) == 0);
  CHECK_FALSE(open_pseudonym_key(dangling).has_value());
  CHECK_FALSE(std::filesystem::exists(dir.file("gone")));
}

TEST_CASE("several that start at once agree on one key") {
  TempDir dir;
  const auto path = dir.file("pseudonym.key");
  std::array<pid_t, 6> children{};
  for (std::size_t i = 0; i < children.size(); ++i) {
    children[i] = fork();
    REQUIRE(children[i] >= 0);
    if (children[i] == 0) {
      const auto key = open_pseudonym_key(path);
      if (key) std::ofstream(dir.file("saw-" + std::to_string(i))) << key->fingerprint;
      _exit(key ? 0 : 1);
    }
  }
  std::set<std::string> fingerprints;
  for (std::size_t i = 0; i < children.size(); ++i) {
    int status = 0;
    REQUIRE(waitpid(children[i], &status, 0) == children[i]);
    CHECK(status == 0);
    fingerprints.insert(read_file(dir.file("saw-" + std::to_string(i))));
  }
  CHECK(fingerprints.size() == 1);
}

}  // namespace akashi
