// Where reading one list stands, page after page, and what a page says about going on. Pure: it asks for nothing.
// A walk ends when the tool says so, in the way its paging has: a full page is never the end of a list whose end nobody told, a page that comes
// again is an error, and a page that contradicts what the tool says about the list is a doubt.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "connectors/engine/asking.hpp"
#include "connectors/engine/stream_spec.hpp"

namespace akashi {

// A list in the tool and how it is asked for; what it points to belongs to the descriptor.
struct ListQuery {
  const RequestSpec* request = nullptr;
  const ListPath* records = nullptr;
  const PagingSpec* paging = nullptr;
  bool single = false, null_is_empty = false;
};

// One page of a list as it came.
struct ListPage {
  std::shared_ptr<Answered> answer;  // owns what the records view into
  std::vector<JsonValue> records;
  std::optional<std::uint64_t> total;  // when the tool says
  std::optional<bool> more;            // the same
  std::string next;                    // address of the next page
  std::string token;                   // of the next page
};

// What the answer says about the list besides its records.
void read_margins(const PagingSpec& paging, ListPage& page);

class Walk {
 public:
  Walk(const PagingSpec& paging, Paging kind) : paging_(paging), kind_(kind), limit_(static_cast<std::uint64_t>(paging.limit)) {}

  void place(Fillings& with) const;  // {limit} {page} {offset} {last} {token} of the page that comes next
  [[nodiscard]] const std::string& link() const { return link_; }
  [[nodiscard]] std::uint64_t seen() const { return seen_; }
  [[nodiscard]] std::uint64_t pages() const { return number_; }
  // The list became shorter while it was read by number: what stood behind the page at that time has moved up, past the next page's beginning.
  [[nodiscard]] bool moved() const { return moved_; }

  // The same page again, instead of the next one.
  [[nodiscard]] bool repeats(const ListPage& page);
  // Whether there is another page; nothing when its token or address has been followed before. `older`: it is known that the rest is older than
  // what is wanted. Looks at the records as they came.
  [[nodiscard]] std::optional<bool> goes_on(const ListPage& page, bool older);
  void follow(const std::string& confined) { link_ = confined; }
  // Half as many records from now on, without a gap; false when that cannot be.
  [[nodiscard]] bool shrink();

  std::vector<std::string> doubts;  // taken by the caller

 private:
  [[nodiscard]] bool numbered(const ListPage& page);
  [[nodiscard]] bool by_total(const ListPage& page, std::size_t count);
  [[nodiscard]] bool told_more(std::size_t count);
  [[nodiscard]] std::optional<bool> onwards(const ListPage& page);

  const PagingSpec& paging_;
  Paging kind_;
  std::uint64_t limit_;
  std::uint64_t number_ = 0;    // pages that were read
  std::uint64_t page_ = 0;      // the next one, from 0
  std::uint64_t position_ = 0;  // records before the next one
  std::uint64_t seen_ = 0;
  int empty_ = 0;
  bool was_short_ = false, moved_ = false;
  std::optional<std::uint64_t> total_;  // as the page before told it
  std::string link_, token_, previous_;
  std::set<std::string> met_;
};

}  // namespace akashi
