#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "collector/cli/opening.hpp"
#include "collector/clock.hpp"
#include "collector/store/sqlite_store.hpp"
#include "core/text.hpp"

namespace akashi {

namespace {

Error wrong_decision(std::string what, std::string mend) { return Error{ErrorKind::config, "decide", std::move(what), std::move(mend)}; }

Result<Decision> decision_on(const Proposal& proposal, const Arguments& arguments, Instant now) {
  if (proposal.state != ProposalState::open)
    return std::unexpected(
        wrong_decision(fmt::format("proposal {} is {}", proposal.id, name(proposal.state)), "`akashi proposals` lists the open ones"));
  if (blank(arguments.by)) return std::unexpected(wrong_decision("nobody decides", "give --as NAME"));
  if (is_policy(arguments.by))
    return std::unexpected(wrong_decision("a person cannot sign as a policy", "give the person's name; policies are written into the config"));
  if (blank(arguments.because)) return std::unexpected(wrong_decision("no reason is given", "give --because TEXT"));
  Decision decision{.proposal = proposal.id,
                    .verdict = arguments.verdict,
                    .score = {},
                    .by = arguments.by,
                    .because = arguments.because,
                    .at = now,
                    .digest = proposal.digest};
  if (arguments.verdict == "accept") decision.score = proposal.to;
  if (arguments.verdict == "amend") decision.score = arguments.score;
  if (arguments.verdict == "amend" && !arguments.score) return std::unexpected(wrong_decision("an amendment without a score", "give --score 1-5"));
  if (arguments.verdict != "amend" && arguments.score)
    return std::unexpected(wrong_decision("--score is only for amend", "leave it out, or say amend"));
  return decision;
}

}  // namespace

int command_decide(const Arguments& arguments, Desk desk) {
  const auto house = open_house(arguments, desk, false);
  if (!house) return static_cast<int>(Exit::wrong);
  auto store = open_store(house->config.store_path, OpenMode::decide);
  if (!store) return refuse(desk, store.error());
  const auto proposals = (*store)->proposals();
  if (!proposals) return refuse(desk, proposals.error());
  const auto found = std::ranges::find(*proposals, arguments.proposal, &Proposal::id);
  if (found == proposals->end())
    return refuse(desk, wrong_decision(fmt::format("there is no proposal {}", arguments.proposal), "`akashi proposals` lists them"));
  SystemClock clock;
  const auto decision = decision_on(*found, arguments, clock.now());
  if (!decision) return refuse(desk, decision.error());
  if (auto kept = (*store)->decide(*decision); !kept) return refuse(desk, kept.error());

  const Screen screen = screen_for(arguments, desk, house->config.language);
  const std::string score = decision->score ? std::to_string(*decision->score) : std::string(screen.tr("unchanged", "変更なし"));
  screen.item("", fmt::format(fmt::runtime(screen.tr("{}: {} by {}, score {}; reason: {}", "{}: {}、決定者 {}、スコア {}。理由: {}")), found->service,
                              decision->verdict, decision->by, score, decision->because));
  const Person* person = house->config.roster.named(decision->by);
  if (person == nullptr)
    screen.item("", screen.tr("(This name is not on the roster; the decision is kept under it as given.)",
                              "(この名前は名簿にない。決定はこの名前のまま記録した。)"));
  const auto profile = house->config.profile.find(found->service);
  if (profile != house->config.profile.end() && profile->second.as_is && decision->score)
    screen.item("", fmt::format(fmt::runtime(screen.tr("(The config sets as_is: {} by hand, which stays in force until it is changed there.)",
                                                       "(設定ファイルの as_is: {} が手動スコアとして優先される。変えるまでそのまま。)")),
                                *profile->second.as_is));
  return static_cast<int>(Exit::done);
}

}  // namespace akashi
