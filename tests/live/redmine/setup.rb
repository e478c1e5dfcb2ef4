# What Redmine's REST API cannot create: settings, trackers, statuses, workflow, roles, custom fields, users with their keys.
I18n.locale = 'en'
{ rest_api_enabled: '1', login_required: '1', notified_events: [], default_language: 'en', text_formatting: 'textile', jsonp_enabled: '0' }.each { |name, value| Setting[name] = value }

require "#{ENV.fetch('REDMINE_HERE')}/making"

statuses = %w[New Triage Investigating Contained Closed Rejected].each_with_index.map do |name, at|
  made(IssueStatus, { name: name }, is_closed: %w[Closed Rejected].include?(name), position: at + 1)
end
trackers = ['Incident', 'Inquiry', 'Change', 'Tool check', 'Approval'].map { |name| made(Tracker, { name: name }, default_status: statuses[0]) }
%w[Low Normal High Urgent].each_with_index { |name, at| made(IssuePriority, { name: name }, position: at + 1, is_default: name == 'Normal', active: true) }

work = %i[view_issues add_issues edit_issues add_issue_notes edit_own_issue_notes view_private_notes set_notes_private set_issues_private manage_issue_relations manage_subtasks delete_issues
          view_wiki_pages view_wiki_edits edit_wiki_pages]
roles = {
  'Analyst' => [work, 'all'],
  'Reader' => [%i[view_issues view_private_notes view_wiki_pages view_wiki_edits], 'all'],
  'Restricted reader' => [%i[view_issues view_wiki_pages], 'default'], # no private notes, no private issues, no old versions of wiki pages
}.map { |name, (permissions, sees)| [name, made(Role, { name: name }, permissions: permissions, issues_visibility: sees, assignable: name == 'Analyst')] }.to_h
any_status_may_follow(statuses, trackers, roles['Analyst'])
{ 'Classification' => %w[Phishing Malware Intrusion Scan Leak], 'Severity' => %w[Low Medium High Critical] }.each do |name, values|
  made(IssueCustomField, { name: name }, field_format: 'list', possible_values: values, is_for_all: true, is_filter: true, trackers: trackers)
end

project = made(Project, { identifier: 'csirt' }, name: 'CSIRT', is_public: false, enabled_module_names: %w[issue_tracking wiki])
project.trackers = trackers
project.issue_categories.find_or_create_by!(name: 'Endpoint')
keys = { 'admin' => administrator_key }
people = [%w[asato Aiko Sato], %w[btanaka Bunta Tanaka], %w[cmori Chie Mori], %w[ciso Eiko Hayashi], %w[robot Auto Mation], %w[collector Akashi Reader],
          %w[restricted Akashi Restricted], %w[outsider No Member]]
people.each do |login, first, last|
  user = person(login, first, last, 'csirt.example', 'en')
  keys[login] = user.api_key
  role = { 'collector' => 'Reader', 'restricted' => 'Restricted reader', 'outsider' => nil }.fetch(login, 'Analyst')
  made(Member, { project_id: project.id, user_id: user.id }, roles: [roles[role]]) if role
end
File.write(ENV.fetch('KEYS_FILE'), JSON.pretty_generate(keys))
