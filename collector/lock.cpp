#include "collector/lock.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace akashi {
namespace {

std::string holder(int descriptor) {
  std::array<char, 32> text{};
  const auto size = pread(descriptor, text.data(), text.size(), 0);
  std::string pid;
  for (ssize_t i = 0; i < size && text[static_cast<std::size_t>(i)] >= '0' && text[static_cast<std::size_t>(i)] <= '9'; ++i) {
    pid += text[static_cast<std::size_t>(i)];
  }
  return pid.empty() ? std::string("another process") : "process " + pid;
}

}  // namespace

Result<FileLock> FileLock::take(const std::string& path) {
  FileLock lock(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.descriptor_ < 0) {
    return fail(ErrorKind::storage, path, fmt::format("the lock file cannot be written ({})", std::strerror(errno)),
                "give this user the right to write in that directory");
  }
  if (flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) {
      return fail(ErrorKind::storage, path, fmt::format("the file cannot be locked ({})", std::strerror(errno)), "keep it on a local disk");
    }
    return fail(ErrorKind::config, path, fmt::format("{} works on this store already", holder(lock.descriptor_)),
                "stop it first, or give this one a store of its own");
  }
  const auto pid = fmt::format("{}\n", getpid());
  // Whose lock it is is a courtesy; a full disk must not keep the daemon from going on.
  if (ftruncate(lock.descriptor_, 0) == 0 && pwrite(lock.descriptor_, pid.data(), pid.size(), 0) < 0) errno = 0;
  return lock;
}

bool FileLock::held(const std::string& path) {
  struct stat file {};
  if (stat(path.c_str(), &file) != 0) return false;
  // "1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF"
  const auto inode = fmt::format(":{} ", file.st_ino);
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);)
    if (line.find("FLOCK") != std::string::npos && line.find("WRITE") != std::string::npos && line.find(inode) != std::string::npos) return true;
  return false;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace akashi
