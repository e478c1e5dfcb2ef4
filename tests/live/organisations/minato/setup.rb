# 港製作所 セキュリティ監視室 in Redmine: names, statuses and fields in Japanese, none of them Redmine's own.
I18n.locale = 'ja'
{ rest_api_enabled: '1', login_required: '1', notified_events: [], default_language: 'ja', text_formatting: 'textile', user_format: :lastname_firstname }.each { |name, value| Setting[name] = value }

require "#{ENV.fetch('REDMINE_HERE')}/making"

statuses = %w[起票 担当中 確認待ち 済 見送り].each_with_index.map { |name, at| made(IssueStatus, { name: name }, is_closed: %w[済 見送り].include?(name), position: at + 1) }
trackers = %w[通報 事案 調査 遮断 復旧 周知 事後報告 質問 定常作業 検証 選定 承認 委託報告].map { |name| made(Tracker, { name: name }, default_status: statuses[0]) }
made(IssuePriority, { name: '通常' }, position: 1, is_default: true, active: true)
work = %i[view_issues add_issues edit_issues add_issue_notes view_private_notes set_notes_private manage_issue_relations manage_subtasks view_wiki_pages view_wiki_edits edit_wiki_pages]
roles = { '室員' => work, '閲覧' => %i[view_issues view_private_notes view_wiki_pages view_wiki_edits] }.map do |name, permissions|
  [name, made(Role, { name: name }, permissions: permissions, issues_visibility: 'all', assignable: name == '室員')]
end.to_h
any_status_may_follow(statuses, trackers, roles['室員'])
{ '影響度' => %w[特大 大 中 小], '訓練区分' => %w[訓練], '期待との差' => %w[期待どおり 期待未達] }.each do |name, values|
  made(IssueCustomField, { name: name }, field_format: 'list', possible_values: values, is_for_all: true, trackers: trackers)
end
%w[実施日 所見 自社との照合].each { |name| made(IssueCustomField, { name: name }, field_format: name == '実施日' ? 'date' : 'string', is_for_all: true, trackers: trackers) }

project = made(Project, { identifier: 'kanshi' }, name: 'セキュリティ監視室', is_public: false, enabled_module_names: %w[issue_tracking wiki])
project.trackers = trackers
%w[ログ点検 構成 境界装置 独自シグネチャ 端末 端末追加検知 解析環境 相関分析 独自分析 室の設備 フォレンジック 証拠保全 監視 注意喚起 検体 クラウド 備品].each { |name| project.issue_categories.find_or_create_by!(name: name) }
keys = { 'admin' => administrator_key }
people = [%w[sato 佐藤 花子], %w[suzuki 鈴木 一郎], %w[takahashi 高橋 美咲], %w[tanaka 田中 元], %w[watanabe 渡辺 誠], %w[ito 伊藤 健], %w[mihari 見張り 窓口], %w[jido 自動 起票], %w[collector 証 閲覧]]
people.each do |login, last, first|
  user = person(login, first, last, 'minato.example', 'ja')
  keys[login] = user.api_key
  made(Member, { project_id: project.id, user_id: user.id }, roles: [roles[login == 'collector' ? '閲覧' : '室員']])
end
File.write(ENV.fetch('KEYS_FILE'), JSON.pretty_generate(keys))
