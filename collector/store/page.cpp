#include "collector/store/page.hpp"

#include <string_view>
#include <unordered_map>

#include "collector/store/polls.hpp"
#include "collector/store/records.hpp"
#include "collector/store/tallies.hpp"

namespace akashi {
namespace {

// Activities whose evidence is to be kept, by uid: their row.
using Judged = std::unordered_map<std::string_view, std::int64_t>;

Judged keep_activities(Tables& t, const std::vector<Activity>& activities) {
  Judged fresh;
  for (const auto& activity : activities) {
    const auto kept = keep_activity(t, activity);
    if (t.db.failed()) break;
    if (kept.fresh) fresh.emplace(activity.uid, kept.id);
  }
  return fresh;
}

void forget_judgement(Tables& t, const std::vector<std::string>& uids, Judged& judged) {
  for (const auto& uid : uids) {
    const auto id = find_activity(t, uid);
    if (t.db.failed()) return;
    if (id == 0) continue;  // nothing of it is kept; evidence for it will be refused below
    drop_evidence(t, id);
    judged.emplace(uid, id);
  }
}

void keep_judgements(Tables& t, const std::vector<Evidence>& evidence, const Judged& judged) {
  for (const auto& item : evidence) {
    if (t.db.failed()) return;
    if (const auto found = judged.find(item.uid); found != judged.end()) {
      keep_evidence(t, found->second, item);
    } else if (find_activity(t, item.uid) == 0) {
      t.db.refuse(our_mistake(t.db, "evidence for " + item.uid.substr(0, 200) + ", an activity that is not kept"));
    }  // else: a record read again, whose evidence is kept
  }
}

void keep_tallies(Tables& t, const PageCommit& page, std::int64_t stream, Instant at) {
  if (!page.tallies.empty() && page.tallied.empty()) {
    t.db.refuse(our_mistake(t.db, "tallies without the records behind them could be counted twice"));
    return;
  }
  remember_uids(t, stream, source_number(t, page.source), page.tallied, at);
  for (const auto& [key, share] : page.tallies) {
    if (t.db.failed()) return;
    merge_tally(t, key, share);
  }
}

}  // namespace

void keep_page(Tables& t, const PageCommit& page) {
  const auto stream = stream_number(t, page.source, page.stream);
  const auto started = poll_started(t, page.poll, stream);
  if (t.db.failed()) return;
  auto judged = keep_activities(t, page.activities);
  forget_judgement(t, page.rejudged, judged);
  keep_judgements(t, page.evidence, judged);
  for (const auto& state : page.cases) keep_case(t, state);
  for (const auto& document : page.documents) keep_document(t, document);
  keep_tallies(t, page, stream, started);
  for (const auto& span : page.coverage)
    add_coverage(t, span.source == page.source && span.stream == page.stream ? stream : stream_number(t, span.source, span.stream), span);
  add_manifest(t, page.poll, page.manifest);
  set_stream_state(t, stream, page.next_state);
}

void judge_again(Tables& t, const std::vector<std::string>& uids, const std::vector<Evidence>& evidence) {
  Judged judged;
  forget_judgement(t, uids, judged);
  for (const auto& item : evidence) {
    if (t.db.failed()) return;
    const auto found = judged.find(item.uid);
    if (found == judged.end()) {
      t.db.refuse(our_mistake(t.db, "evidence for " + item.uid.substr(0, 200) + ", which is not among the activities judged again"));
      return;
    }
    keep_evidence(t, found->second, item);
  }
}

}  // namespace akashi
