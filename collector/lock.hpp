// A lock file that one process at a time may hold. It names the holder's process id. The system lets go of it when the holder ends, however it ends;
// the file itself stays and means nothing when nobody holds it.
#pragma once

#include <string>

#include "core/result.hpp"

namespace akashi {

class FileLock {
 public:
  // Does not wait. When another process holds it: ErrorKind::config, and the sentence names its process id.
  [[nodiscard]] static Result<FileLock> take(const std::string& path);
  // Whether some process holds it. Only looks: it never gets in the way of one that is about to take it.
  [[nodiscard]] static bool held(const std::string& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace akashi
