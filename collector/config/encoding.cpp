#include "collector/config/encoding.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view mend = "save it as CSV UTF-8";

struct Closing {
  void operator()(void* converter) const { iconv_close(static_cast<iconv_t>(converter)); }
};

Result<std::string> from_cp932(std::string_view bytes, const std::string& file) {
  const iconv_t opened = iconv_open("UTF-8", "CP932");
  // NOLINTNEXTLINE(performance-no-int-to-ptr): how iconv says no
  if (opened == reinterpret_cast<iconv_t>(-1))
    return fail(ErrorKind::config, file, "is not UTF-8, and this machine cannot read Shift_JIS", std::string(mend));
  const std::unique_ptr<void, Closing> converter(opened);
  std::string input(bytes), output(bytes.size() * 3 + 16, '\0');  // one byte of CP932 becomes three of UTF-8 at most
  char* from = input.data();
  char* to = output.data();
  std::size_t left = input.size(), room = output.size();
  if (iconv(opened, &from, &left, &to, &room) == static_cast<std::size_t>(-1)) {
    const auto line = 1 + std::ranges::count(bytes.substr(0, bytes.size() - left), '\n');
    return fail(ErrorKind::config, file + ":" + std::to_string(line), "holds bytes that are neither UTF-8 nor Shift_JIS", std::string(mend));
  }
  output.resize(output.size() - room);
  return output;
}

}  // namespace

Result<std::string> as_utf8(std::string_view bytes, const std::string& file) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return fail(ErrorKind::config, file, "is UTF-16", std::string(mend));
  if (bytes.starts_with(utf8_mark)) bytes.remove_prefix(utf8_mark.size());
  if (is_utf8(bytes)) return std::string(bytes);
  return from_cp932(bytes, file);
}

}  // namespace akashi
