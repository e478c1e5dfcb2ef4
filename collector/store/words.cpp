#include "collector/store/words.hpp"

namespace akashi {

// A number given inside a transaction that was rolled back names nothing any more.
void WordTable::forget_if_rolled_back() {
  if (rollbacks_ == db_.rollbacks()) return;
  rollbacks_ = db_.rollbacks();
  ids_.clear();
  texts_.clear();
}

void WordTable::remember(std::string_view text, std::int64_t id) {
  if (text.size() > cached_text_max) return;
  if (ids_.size() >= cached_max) ids_.clear();
  if (texts_.size() >= cached_max) texts_.clear();
  ids_.emplace(text, id);
  texts_.emplace(id, text);
}

std::int64_t WordTable::find(std::string_view text) {
  if (text.empty()) return 0;
  forget_if_rolled_back();
  if (const auto known = ids_.find(text); known != ids_.end()) return known->second;
  auto found = db_.query("SELECT id FROM word WHERE text = ?");
  if (!found.with(text).next()) return -1;
  const auto id = found.integer();
  remember(text, id);
  return id;
}

std::int64_t WordTable::keep(std::string_view text) {
  if (const auto known = find(text); known >= 0 || db_.failed()) return known;
  if (!db_.query("INSERT INTO word (text) VALUES (?)").with(text).run()) return -1;
  const auto id = db_.last_id();
  remember(text, id);
  return id;
}

std::string WordTable::text(std::int64_t id) {
  if (id == 0) return {};
  forget_if_rolled_back();
  if (const auto known = texts_.find(id); known != texts_.end()) return known->second;
  auto found = db_.query("SELECT text FROM word WHERE id = ?");
  if (!found.with(id).next()) {
    db_.refuse(
        {ErrorKind::storage, db_.path(), "the store is damaged (a word is missing)", "restore it from a backup, or move it away to start anew"});
    return {};
  }
  auto text = found.text();
  remember(text, id);
  return text;
}

}  // namespace akashi
