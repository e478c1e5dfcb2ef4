#include "core/csv.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace akashi {

namespace {

constexpr std::size_t rows_max = 100'000, fields_max = 200;

class Reader {
 public:
  Reader(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  Result<std::vector<CsvRow>> rows() {
    std::vector<CsvRow> found;
    while (at_ < text_.size()) {
      CsvRow row{line_, {}};
      if (auto read = fields(row); !read) return std::unexpected(read.error());
      if (std::ranges::all_of(row.fields, [](const std::string& field) { return trim(field).empty(); })) continue;
      found.push_back(std::move(row));
      if (found.size() > rows_max) return wrong("there are more than 100000 rows", "split the file");
    }
    return found;
  }

 private:
  std::unexpected<Error> wrong(std::string what, std::string mend) const {
    return fail(ErrorKind::config, file_ + ":" + std::to_string(line_), std::move(what), std::move(mend));
  }
  [[nodiscard]] bool ends() const { return at_ == text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }
  // Past the line end: LF, CRLF or CR.
  void next_line() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
  }

  Status fields(CsvRow& row) {
    for (;;) {
      std::string field;
      const bool quoted = at_ < text_.size() && text_[at_] == '"';
      if (auto read = quoted ? in_quotes(field) : Status{}; !read) return read;
      while (!quoted && !ends() && text_[at_] != ',') field += text_[at_++];
      row.fields.push_back(std::move(field));
      if (row.fields.size() > fields_max) return wrong("there are more than 200 fields in one row", "look for a quote that is missing");
      if (ends()) return next_line(), Status{};
      if (text_[at_] != ',') return wrong("there is text behind a closing quote", "double the quotes inside a quoted field");
      ++at_;
    }
  }

  Status in_quotes(std::string& field) {
    const int begun = line_;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] != '"') {
        field += text_[at_];
        continue;
      }
      if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') return ++at_, Status{};
      field += text_[++at_];
    }
    line_ = begun;
    return wrong("a quote that begins here is not closed", "close it, or double it where it belongs to the text");
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

Result<std::vector<CsvRow>> parse_csv(std::string_view text, const std::string& file) { return Reader(text, file).rows(); }

}  // namespace akashi
